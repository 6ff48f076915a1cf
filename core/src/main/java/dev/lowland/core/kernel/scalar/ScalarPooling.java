package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.Window;
import java.util.Arrays;

/**
 * The pooling loops of {@link dev.lowland.core.kernel.contract.ImageKernels}: over planes, taps and positions; both
 * taps at once where pairs of pixels are pooled.
 */
public final class ScalarPooling {
    private ScalarPooling() {}

    /** Whether every position sees pairs of neighbours that no other one sees, all of them inside the image. */
    private static boolean pairs(Window w, int lanes) {
        return lanes == 1 && w.filterWidth() == 2 && w.stride() == 2 && w.padding() == 0;
    }

    static void sum(Window w, int planes, int lanes, double[] x, double[] out) {
        if (pairs(w, lanes)) {
            sumPairs(w, planes, x, out);
            return;
        }
        Arrays.fill(out, 0, planes * w.outputSize() * lanes, 0);
        for (int plane = 0; plane < planes; plane++) {
            for (int tap = 0; tap < w.filterSize(); tap++) {
                int ky = tap / w.filterWidth();
                int kx = tap % w.filterWidth();
                int begin = ScalarTaps.first(w, kx);
                int count = ScalarTaps.endColumn(w, kx) - begin;
                for (int oy = ScalarTaps.first(w, ky); oy < ScalarTaps.endRow(w, ky); oy++) {
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

    private static void sumPairs(Window w, int planes, double[] x, double[] out) {
        int count = w.outputWidth();
        int position = 0;
        for (int plane = 0; plane < planes; plane++) {
            for (int oy = 0; oy < w.outputHeight(); oy++) {
                for (int ky = 0; ky < w.filterHeight(); ky++) {
                    int seen = plane * w.inputSize() + (oy * 2 + ky) * w.width();
                    if (ky == 0) {
                        for (int i = 0; i < count; i++) {
                            out[position + i] = 0 + x[seen + 2 * i] + x[seen + 2 * i + 1];
                        }
                    } else {
                        for (int i = 0; i < count; i++) {
                            out[position + i] = out[position + i] + x[seen + 2 * i] + x[seen + 2 * i + 1];
                        }
                    }
                }
                position += count;
            }
        }
    }

    static void spread(Window w, int planes, int lanes, double[] x, double[] out) {
        if (pairs(w, lanes) && w.filterHeight() <= 2) {
            spreadPairs(w, planes, x, out);
            return;
        }
        Arrays.fill(out, 0, planes * w.inputSize() * lanes, 0);
        for (int plane = 0; plane < planes; plane++) {
            for (int tap = 0; tap < w.filterSize(); tap++) {
                int ky = tap / w.filterWidth();
                int kx = tap % w.filterWidth();
                int begin = ScalarTaps.first(w, kx);
                int count = ScalarTaps.endColumn(w, kx) - begin;
                for (int oy = ScalarTaps.first(w, ky); oy < ScalarTaps.endRow(w, ky); oy++) {
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

    /** Every pixel is seen once at most, so that it is written and not added to. */
    private static void spreadPairs(Window w, int planes, double[] x, double[] out) {
        int count = w.outputWidth();
        int width = w.width();
        for (int plane = 0; plane < planes; plane++) {
            for (int y = 0; y < w.height(); y++) {
                int position = (plane * w.outputHeight() + y / 2) * count;
                int seen = (plane * w.height() + y) * width;
                if (y / 2 >= w.outputHeight() || y % 2 >= w.filterHeight()) {
                    Arrays.fill(out, seen, seen + width, 0);
                } else {
                    for (int i = 0; i < count; i++) {
                        double value = 0 + x[position + i];
                        out[seen + 2 * i] = value;
                        out[seen + 2 * i + 1] = value;
                    }
                    Arrays.fill(out, seen + 2 * count, seen + width, 0);
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

    /** The pixel, of those of the window at (top, left), at which x[xStart + pixel·xStride] is largest. */
    private static int argMax(Window w, int top, int left, double[] x, int xStart, int xStride) {
        int best = -1;
        double largest = Double.NEGATIVE_INFINITY;
        for (int y = Math.max(0, top); y < Math.min(w.height(), top + w.filterHeight()); y++) {
            for (int column = Math.max(0, left); column < Math.min(w.width(), left + w.filterWidth()); column++) {
                int pixel = y * w.width() + column;
                double here = x[xStart + pixel * xStride];
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

    /** out_i += x_{i·xStride}. */
    private static void gather(int n, double[] x, int xStart, int xStride, double[] out, int outStart) {
        for (int i = 0; i < n; i++) {
            out[outStart + i] += x[xStart + i * xStride];
        }
    }

    /** out_{i·outStride} += x_i. */
    private static void scatter(int n, double[] x, int xStart, double[] out, int outStart, int outStride) {
        for (int i = 0; i < n; i++) {
            out[outStart + i * outStride] += x[xStart + i];
        }
    }

    private static void add(int n, double[] x, int xStart, double[] out, int outStart) {
        for (int i = 0; i < n; i++) {
            out[outStart + i] += x[xStart + i];
        }
    }
}
