package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.Window;
import java.util.Arrays;

/**
 * The three convolutions of {@link dev.lowland.core.kernel.contract.ImageKernels}: the same loops over filter, channel
 * and tap, and inside them along rows of pixels, or along lanes where there are several.
 */
public final class ScalarConvolution {
    private ScalarConvolution() {}

    static void response(
            Window w,
            int channels,
            int filters,
            int lanes,
            double[] x,
            int xOffset,
            boolean xShared,
            double[] f,
            int fOffset,
            boolean fShared,
            double[] y,
            int yOffset) {
        int xEntry = xShared ? 1 : lanes;
        int fEntry = fShared ? 1 : lanes;
        int rows = filters * channels * w.filterSize();
        Arrays.fill(y, yOffset, yOffset + filters * w.outputSize() * lanes, 0);
        for (int row = 0; row < rows; row++) {
            int tap = row % w.filterSize();
            int channel = row / w.filterSize() % channels;
            int filter = row / w.filterSize() / channels;
            int ky = tap / w.filterWidth();
            int kx = tap % w.filterWidth();
            int begin = ScalarTaps.first(w, kx);
            int count = ScalarTaps.endColumn(w, kx) - begin;
            int weight = fOffset + row * fEntry;
            for (int oy = ScalarTaps.first(w, ky); oy < ScalarTaps.endRow(w, ky); oy++) {
                int source = xOffset + (channel * w.inputSize() + pixel(w, oy, begin, ky, kx)) * xEntry;
                int target = yOffset + (filter * w.outputSize() + oy * w.outputWidth() + begin) * lanes;
                if (lanes == 1) {
                    gather(count, f[weight], x, source, w.stride(), y, target);
                } else {
                    for (int ox = 0; ox < count; ox++) {
                        int seen = source + ox * w.stride() * xEntry;
                        addProducts(lanes, f, weight, fShared, x, seen, xShared, y, target + ox * lanes);
                    }
                }
            }
        }
    }

    static void image(
            Window w,
            int channels,
            int filters,
            int lanes,
            double[] y,
            int yOffset,
            boolean yShared,
            double[] f,
            int fOffset,
            boolean fShared,
            double[] x,
            int xOffset) {
        int yEntry = yShared ? 1 : lanes;
        int fEntry = fShared ? 1 : lanes;
        int rows = filters * channels * w.filterSize();
        Arrays.fill(x, xOffset, xOffset + channels * w.inputSize() * lanes, 0);
        for (int row = 0; row < rows; row++) {
            int tap = row % w.filterSize();
            int channel = row / w.filterSize() % channels;
            int filter = row / w.filterSize() / channels;
            int ky = tap / w.filterWidth();
            int kx = tap % w.filterWidth();
            int begin = ScalarTaps.first(w, kx);
            int count = ScalarTaps.endColumn(w, kx) - begin;
            int weight = fOffset + row * fEntry;
            for (int oy = ScalarTaps.first(w, ky); oy < ScalarTaps.endRow(w, ky); oy++) {
                int source = yOffset + (filter * w.outputSize() + oy * w.outputWidth() + begin) * yEntry;
                int target = xOffset + (channel * w.inputSize() + pixel(w, oy, begin, ky, kx)) * lanes;
                if (lanes == 1) {
                    scatter(count, f[weight], y, source, x, target, w.stride());
                } else {
                    for (int ox = 0; ox < count; ox++) {
                        int seen = target + ox * w.stride() * lanes;
                        addProducts(lanes, f, weight, fShared, y, source + ox * yEntry, yShared, x, seen);
                    }
                }
            }
        }
    }

    static void filters(
            Window w,
            boolean add,
            int channels,
            int filters,
            int lanes,
            double[] x,
            int xOffset,
            boolean xShared,
            double[] y,
            int yOffset,
            boolean yShared,
            double[] f,
            int fOffset) {
        int xEntry = xShared ? 1 : lanes;
        int yEntry = yShared ? 1 : lanes;
        int rows = filters * channels * w.filterSize();
        if (!add) {
            Arrays.fill(f, fOffset, fOffset + rows * lanes, 0);
        }
        for (int row = 0; row < rows; row++) {
            int tap = row % w.filterSize();
            int channel = row / w.filterSize() % channels;
            int filter = row / w.filterSize() / channels;
            int ky = tap / w.filterWidth();
            int kx = tap % w.filterWidth();
            int begin = ScalarTaps.first(w, kx);
            int count = ScalarTaps.endColumn(w, kx) - begin;
            int weight = fOffset + row * lanes;
            for (int oy = ScalarTaps.first(w, ky); oy < ScalarTaps.endRow(w, ky); oy++) {
                int image = xOffset + (channel * w.inputSize() + pixel(w, oy, begin, ky, kx)) * xEntry;
                int response = yOffset + (filter * w.outputSize() + oy * w.outputWidth() + begin) * yEntry;
                if (lanes == 1) {
                    f[weight] = dot(count, f[weight], x, image, w.stride(), y, response);
                } else {
                    for (int ox = 0; ox < count; ox++) {
                        int seen = image + ox * w.stride() * xEntry;
                        addProducts(lanes, y, response + ox * yEntry, yShared, x, seen, xShared, f, weight);
                    }
                }
            }
        }
    }

    private static int pixel(Window w, int oy, int ox, int ky, int kx) {
        return (oy * w.stride() + ky - w.padding()) * w.width() + ox * w.stride() + kx - w.padding();
    }

    /** y_i += factor · x_{i·xStride}. */
    private static void gather(int n, double factor, double[] x, int xStart, int xStride, double[] y, int yStart) {
        if (xStride == 1) {
            for (int i = 0; i < n; i++) {
                y[yStart + i] += factor * x[xStart + i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yStart + i] += factor * x[xStart + i * xStride];
        }
    }

    /** y_{i·yStride} += factor · x_i. */
    private static void scatter(int n, double factor, double[] x, int xStart, double[] y, int yStart, int yStride) {
        if (yStride == 1) {
            gather(n, factor, x, xStart, 1, y, yStart);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yStart + i * yStride] += factor * x[xStart + i];
        }
    }

    /** start + Σ x_{i·xStride} y_i, one term after the other. */
    private static double dot(int n, double start, double[] x, int xStart, int xStride, double[] y, int yStart) {
        double sum = start;
        for (int i = 0; i < n; i++) {
            sum += y[yStart + i] * x[xStart + i * xStride];
        }
        return sum;
    }

    /** c_l += a_l · b_l, where a shared factor is the same in all lanes. */
    private static void addProducts(
            int lanes,
            double[] a,
            int aStart,
            boolean aShared,
            double[] b,
            int bStart,
            boolean bShared,
            double[] c,
            int cStart) {
        if (aShared && bShared) {
            double product = a[aStart] * b[bStart];
            for (int l = 0; l < lanes; l++) {
                c[cStart + l] += product;
            }
        } else if (aShared) {
            gather(lanes, a[aStart], b, bStart, 1, c, cStart);
        } else if (bShared) {
            gather(lanes, b[bStart], a, aStart, 1, c, cStart);
        } else {
            for (int l = 0; l < lanes; l++) {
                c[cStart + l] += a[aStart + l] * b[bStart + l];
            }
        }
    }
}
