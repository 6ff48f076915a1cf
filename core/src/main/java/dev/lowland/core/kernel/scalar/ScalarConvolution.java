package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.Window;
import java.util.Arrays;

/**
 * The three convolutions of {@link dev.lowland.core.kernel.contract.ImageKernels}: the same loops over filter, channel
 * and tap, and inside them along rows of pixels, or along lanes where there are several. Where a tap sees padding, its
 * factor meets a zero.
 */
public final class ScalarConvolution {
    private static final double[] ZERO = {0};

    private ScalarConvolution() {}

    static void response(
            LaneProducts products,
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
            int begin = Math.min(w.outputWidth(), ScalarTaps.first(w, kx));
            int end = Math.max(begin, ScalarTaps.endColumn(w, kx));
            int count = end - begin;
            int weight = fOffset + row * fEntry;
            int top = Math.min(w.outputHeight(), ScalarTaps.first(w, ky));
            int bottom = Math.max(top, ScalarTaps.endRow(w, ky));
            int plane = yOffset + filter * w.outputSize() * lanes;
            addPadding(
                    products,
                    w.outputHeight(),
                    w.outputWidth(),
                    top,
                    bottom,
                    begin,
                    end,
                    lanes,
                    f,
                    weight,
                    fShared,
                    y,
                    plane,
                    w.outputWidth() * lanes,
                    lanes);
            for (int oy = top; oy < bottom; oy++) {
                int source = xOffset + (channel * w.inputSize() + pixel(w, oy, begin, ky, kx)) * xEntry;
                int target = plane + (oy * w.outputWidth() + begin) * lanes;
                if (lanes == 1) {
                    gather(count, f[weight], x, source, w.stride(), y, target);
                } else {
                    for (int ox = 0; ox < count; ox++) {
                        int seen = source + ox * w.stride() * xEntry;
                        products.add(lanes, f, weight, fShared, x, seen, xShared, y, target + ox * lanes);
                    }
                }
            }
        }
    }

    static void image(
            LaneProducts products,
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
            int count = Math.max(0, ScalarTaps.endColumn(w, kx) - begin);
            int first = ScalarTaps.first(w, ky);
            int lines = Math.max(0, ScalarTaps.endRow(w, ky) - first);
            int weight = fOffset + row * fEntry;
            // The pixels that this tap sees from some position, inside the response or outside.
            int stride = w.stride();
            int firstRow = Math.floorMod(ky - w.padding(), stride);
            int firstColumn = Math.floorMod(kx - w.padding(), stride);
            int height = (w.height() - firstRow + stride - 1) / stride;
            int width = (w.width() - firstColumn + stride - 1) / stride;
            int top = Math.min(height, (first * stride + ky - w.padding()) / stride);
            int before = Math.min(width, (begin * stride + kx - w.padding()) / stride);
            int plane = xOffset + (channel * w.inputSize() + firstRow * w.width() + firstColumn) * lanes;
            int xRow = stride * w.width() * lanes;
            int xStep = stride * lanes;
            addPadding(
                    products,
                    height,
                    width,
                    top,
                    top + lines,
                    before,
                    before + count,
                    lanes,
                    f,
                    weight,
                    fShared,
                    x,
                    plane,
                    xRow,
                    xStep);
            for (int r = 0; r < lines; r++) {
                int source = yOffset + (filter * w.outputSize() + (first + r) * w.outputWidth() + begin) * yEntry;
                int target = plane + (top + r) * xRow + before * xStep;
                if (lanes == 1) {
                    scatter(count, f[weight], y, source, x, target, stride);
                } else {
                    for (int ox = 0; ox < count; ox++) {
                        int seen = target + ox * xStep;
                        products.add(lanes, f, weight, fShared, y, source + ox * yEntry, yShared, x, seen);
                    }
                }
            }
        }
    }

    static void filters(
            LaneProducts products,
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
        if (lanes == 1) {
            int step;
            for (int filter = 0; filter < filters; filter += step) {
                step = filter + 4 <= filters ? 4 : 1;
                int start = fOffset + filter * channels * w.filterSize();
                for (int row = 0; row < channels * w.filterSize(); row++) {
                    int plane = xOffset + row / w.filterSize() * w.inputSize();
                    int tap = row % w.filterSize();
                    int response = yOffset + filter * w.outputSize();
                    if (step == 4) {
                        ScalarFilterTaps.addToFour(
                                w, add, tap, x, plane, y, response, f, start + row, channels * w.filterSize());
                    } else {
                        ScalarFilterTaps.addToOne(w, add, tap, x, plane, y, response, f, start + row);
                    }
                }
            }
            return;
        }
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
            int begin = Math.min(w.outputWidth(), ScalarTaps.first(w, kx));
            int end = Math.max(begin, ScalarTaps.endColumn(w, kx));
            int count = end - begin;
            int weight = fOffset + row * lanes;
            for (int oy = 0; oy < w.outputHeight(); oy++) {
                int line = yOffset + (filter * w.outputSize() + oy * w.outputWidth()) * yEntry;
                if (oy < ScalarTaps.first(w, ky) || oy >= ScalarTaps.endRow(w, ky)) {
                    addZeros(products, w.outputWidth(), lanes, y, line, yShared, f, weight);
                    continue;
                }
                int image = xOffset + (channel * w.inputSize() + pixel(w, oy, begin, ky, kx)) * xEntry;
                int response = line + begin * yEntry;
                addZeros(products, begin, lanes, y, line, yShared, f, weight);
                for (int ox = 0; ox < count; ox++) {
                    int seen = image + ox * w.stride() * xEntry;
                    products.add(lanes, y, response + ox * yEntry, yShared, x, seen, xShared, f, weight);
                }
                addZeros(products, w.outputWidth() - end, lanes, y, line + end * yEntry, yShared, f, weight);
            }
        }
    }

    static int pixel(Window w, int oy, int ox, int ky, int kx) {
        return (oy * w.stride() + ky - w.padding()) * w.width() + ox * w.stride() + kx - w.padding();
    }

    /** y_i += factor · x_{i·xStride}. */
    private static void gather(int n, double factor, double[] x, int xStart, int xStride, double[] y, int yStart) {
        if (xStride == 1) {
            for (int i = 0; i < n; i++) {
                y[yStart + i] = Math.fma(factor, x[xStart + i], y[yStart + i]);
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yStart + i] = Math.fma(factor, x[xStart + i * xStride], y[yStart + i]);
        }
    }

    /** y_{i·yStride} += factor · x_i. */
    private static void scatter(int n, double factor, double[] x, int xStart, double[] y, int yStart, int yStride) {
        if (yStride == 1) {
            gather(n, factor, x, xStart, 1, y, yStart);
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yStart + i * yStride] = Math.fma(factor, x[xStart + i], y[yStart + i * yStride]);
        }
    }

    /**
     * A factor, one a lane or shared, times 0 to the entries of a plane that lie outside the rows [top, bottom) or the
     * columns [begin, end).
     */
    private static void addPadding(
            LaneProducts products,
            int rows,
            int columns,
            int top,
            int bottom,
            int begin,
            int end,
            int lanes,
            double[] a,
            int aStart,
            boolean aShared,
            double[] c,
            int cStart,
            int cRow,
            int cColumn) {
        for (int r = 0; r < rows; r++) {
            boolean inside = r >= top && r < bottom;
            int line = cStart + r * cRow;
            int left = inside ? begin : columns;
            for (int i = 0; i < left; i++) {
                addZero(products, lanes, a, aStart, aShared, c, line + i * cColumn);
            }
            for (int i = inside ? end : columns; i < columns; i++) {
                addZero(products, lanes, a, aStart, aShared, c, line + i * cColumn);
            }
        }
    }

    /** Each of n factors, one a lane or shared, times 0 to one entry of c. */
    private static void addZeros(
            LaneProducts products, int n, int lanes, double[] a, int aStart, boolean aShared, double[] c, int cStart) {
        int step = aShared ? 1 : lanes;
        for (int i = 0; i < n; i++) {
            addZero(products, lanes, a, aStart + i * step, aShared, c, cStart);
        }
    }

    private static void addZero(
            LaneProducts products, int lanes, double[] a, int aStart, boolean aShared, double[] c, int cStart) {
        if (lanes == 1) {
            c[cStart] = Math.fma(a[aStart], 0.0, c[cStart]);
        } else {
            products.add(lanes, ZERO, 0, true, a, aStart, aShared, c, cStart);
        }
    }
}
