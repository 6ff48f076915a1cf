package dev.lowland.core.kernel;

import java.util.Arrays;

/** The pooling loops of {@link ImageKernels}: over planes, taps and positions. */
final class ScalarPooling {
    private ScalarPooling() {}

    static void sum(Window w, int planes, int lanes, double[] x, double[] out) {
        Arrays.fill(out, 0, planes * w.outputSize() * lanes, 0);
        for (int plane = 0; plane < planes; plane++) {
            for (int tap = 0; tap < w.kernelSize(); tap++) {
                int ky = tap / w.kernelWidth();
                int kx = tap % w.kernelWidth();
                int begin = w.first(kx);
                int count = w.endColumn(kx) - begin;
                for (int oy = w.first(ky); oy < w.endRow(ky); oy++) {
                    int seen = (plane * w.inputSize() + pixel(w, oy, begin, ky, kx)) * lanes;
                    int position = (plane * w.outputSize() + oy * w.outputWidth() + begin) * lanes;
                    if (lanes == 1) {
                        gather(count, x, seen, w.stride(), out, position);
                    } else {
                        for (int ox = 0; ox < count; ox++) {
                            add(lanes, x, seen + ox * w.stride() * lanes, out, position + ox * lanes);
                        }
                    }
                }
            }
        }
    }

    static void spread(Window w, int planes, int lanes, double[] x, double[] out) {
        Arrays.fill(out, 0, planes * w.inputSize() * lanes, 0);
        for (int plane = 0; plane < planes; plane++) {
            for (int tap = 0; tap < w.kernelSize(); tap++) {
                int ky = tap / w.kernelWidth();
                int kx = tap % w.kernelWidth();
                int begin = w.first(kx);
                int count = w.endColumn(kx) - begin;
                for (int oy = w.first(ky); oy < w.endRow(ky); oy++) {
                    int seen = (plane * w.inputSize() + pixel(w, oy, begin, ky, kx)) * lanes;
                    int position = (plane * w.outputSize() + oy * w.outputWidth() + begin) * lanes;
                    if (lanes == 1) {
                        scatter(count, x, position, out, seen, w.stride());
                    } else {
                        for (int ox = 0; ox < count; ox++) {
                            add(lanes, x, position + ox * lanes, out, seen + ox * w.stride() * lanes);
                        }
                    }
                }
            }
        }
    }

    static void argMax(Window w, int planes, int lanes, double[] x, double[] out) {
        for (int plane = 0; plane < planes; plane++) {
            for (int position = 0; position < w.outputSize(); position++) {
                int top = position / w.outputWidth() * w.stride() - w.padding();
                int left = position % w.outputWidth() * w.stride() - w.padding();
                int target = (plane * w.outputSize() + position) * lanes;
                for (int l = 0; l < lanes; l++) {
                    out[target + l] = argMax(w, top, left, x, plane * w.inputSize() * lanes + l, lanes);
                }
            }
        }
    }

    /** The pixel, of those of the window at (top, left), at which x[start + pixel·stride] is largest. */
    private static int argMax(Window w, int top, int left, double[] x, int start, int stride) {
        int best = -1;
        double largest = Double.NEGATIVE_INFINITY;
        for (int y = Math.max(0, top); y < Math.min(w.height(), top + w.kernelHeight()); y++) {
            for (int column = Math.max(0, left); column < Math.min(w.width(), left + w.kernelWidth()); column++) {
                int pixel = y * w.width() + column;
                double here = x[start + pixel * stride];
                if (!Double.isNaN(largest) && !(here < largest)) {
                    best = pixel;
                    largest = here;
                }
            }
        }
        return best;
    }

    private static int pixel(Window w, int oy, int ox, int ky, int kx) {
        return (oy * w.stride() + ky - w.padding()) * w.width() + ox * w.stride() + kx - w.padding();
    }

    /** out_i += x_{i·stride}. */
    private static void gather(int n, double[] x, int xStart, int stride, double[] out, int outStart) {
        if (stride == 2) {
            for (int i = 0; i < n; i++) {
                out[outStart + i] += x[xStart + 2 * i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            out[outStart + i] += x[xStart + i * stride];
        }
    }

    /** out_{i·stride} += x_i. */
    private static void scatter(int n, double[] x, int xStart, double[] out, int outStart, int stride) {
        if (stride == 2) {
            for (int i = 0; i < n; i++) {
                out[outStart + 2 * i] += x[xStart + i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            out[outStart + i * stride] += x[xStart + i];
        }
    }

    private static void add(int n, double[] x, int xStart, double[] out, int outStart) {
        for (int i = 0; i < n; i++) {
            out[outStart + i] += x[xStart + i];
        }
    }
}
