package dev.lowland.core.kernel.vector.image;

import dev.lowland.core.kernel.contract.Window;
import java.util.Arrays;

/**
 * Lays out images, responses and filters for the tiles of {@link VectorConvolution}, with zeros for what lies outside.
 */
public final class VectorConvolutionLayout {
    private VectorConvolutionLayout() {}

    /**
     * Planes with a margin, their columns sorted by their remainder modulo the stride: out[plane·planeSize + (R·stride
     * + s)·pitch + g] is the pixel (R + firstRow, g·stride + s + firstColumn) for R &lt; rows, s &lt; stride, g &lt;
     * pitch.
     */
    static void planes(
            int planes,
            int height,
            int width,
            int rows,
            int firstRow,
            int firstColumn,
            int stride,
            int pitch,
            int planeSize,
            double[] x,
            int xStart,
            double[] out) {
        for (int plane = 0; plane < planes; plane++) {
            int target = plane * planeSize;
            for (int row = firstRow; row < firstRow + rows; row++) {
                if (row < 0 || row >= height) {
                    Arrays.fill(out, target, target + stride * pitch, 0);
                    target += stride * pitch;
                    continue;
                }
                int source = xStart + (plane * height + row) * width;
                for (int s = 0; s < stride; s++) {
                    int column = firstColumn + s;
                    int begin = column >= 0 ? 0 : Math.min(pitch, (stride - 1 - column) / stride);
                    int end = column >= width ? 0 : Math.min(pitch, (width - 1 - column) / stride + 1);
                    copy(begin, Math.max(begin, end), pitch, x, source + column, stride, out, target);
                    target += pitch;
                }
            }
        }
    }

    private static void copy(
            int begin, int end, int pitch, double[] x, int xStart, int xStride, double[] out, int outStart) {
        for (int g = 0; g < begin; g++) {
            out[outStart + g] = 0;
        }
        if (xStride == 1) {
            System.arraycopy(x, xStart + begin, out, outStart + begin, end - begin);
        } else {
            for (int g = begin; g < end; g++) {
                out[outStart + g] = x[xStart + g * xStride];
            }
        }
        for (int g = end; g < pitch; g++) {
            out[outStart + g] = 0;
        }
    }

    /**
     * Pixels with a margin, all channels of a pixel side by side: out[(R·columns + c)·planes + plane] is the pixel (R +
     * firstRow, c + firstColumn).
     */
    static void pixels(
            int planes,
            int height,
            int width,
            int rows,
            int firstRow,
            int columns,
            int firstColumn,
            double[] x,
            int xStart,
            double[] out) {
        int begin = Math.min(columns, Math.max(0, -firstColumn));
        int end = Math.max(begin, Math.min(columns, width - firstColumn));
        int size = columns * planes;
        for (int row = 0; row < rows; row++) {
            int target = row * size;
            int r = row + firstRow;
            if (r < 0 || r >= height) {
                Arrays.fill(out, target, target + size, 0);
                continue;
            }
            Arrays.fill(out, target, target + begin * planes, 0);
            for (int plane = 0; plane < planes; plane++) {
                int source = xStart + (plane * height + r) * width + firstColumn;
                int at = target + begin * planes + plane;
                for (int c = begin; c < end; c++) {
                    out[at] = x[source + c];
                    at += planes;
                }
            }
            Arrays.fill(out, target + end * planes, target + size, 0);
        }
    }

    /**
     * Rows as a tile reads them: out[(r / tile·depth + k)·tile + r % tile] = a[aStart + r·aRow + k] for r &lt; height,
     * k &lt; depth.
     */
    static void rows(int tile, int height, int depth, double[] a, int aStart, int aRow, double[] out) {
        for (int r = 0; r < height; r++) {
            int source = aStart + r * aRow;
            int target = r / tile * tile * depth + r % tile;
            for (int k = 0; k < depth; k++) {
                out[target] = a[source + k];
                target += tile;
            }
        }
    }

    /**
     * The same for the taps (ty·stride + firstRow, tx·stride + firstColumn) of each filter: the rows are channels, k =
     * F·taps + tap, depth = filters·taps.
     */
    static void taps(
            Window w,
            int tile,
            int firstRow,
            int firstColumn,
            int tapRows,
            int tapColumns,
            int channels,
            int filters,
            double[] f,
            int fStart,
            int fFilter,
            double[] out) {
        int stride = w.stride();
        int depth = filters * tapRows * tapColumns;
        for (int c = 0; c < channels; c++) {
            int target = c / tile * tile * depth + c % tile;
            for (int filter = 0; filter < filters; filter++) {
                int source = fStart + filter * fFilter + c * w.filterSize();
                for (int ty = 0; ty < tapRows; ty++) {
                    int row = source + (firstRow + ty * stride) * w.filterWidth() + firstColumn;
                    for (int tx = 0; tx < tapColumns; tx++) {
                        out[target] = f[row + tx * stride];
                        target += tile;
                    }
                }
            }
        }
    }

    /** f(F, C, (ky, kx)) = results[F·resultRow + ky·panelled + kx·channels + C]; or the other way round. */
    static void filters(
            Window w,
            boolean toResults,
            int channels,
            int filters,
            double[] results,
            int resultRow,
            int panelled,
            double[] f,
            int fStart,
            int fFilter) {
        for (int filter = 0; filter < filters; filter++) {
            int entry = fStart + filter * fFilter;
            for (int c = 0; c < channels; c++) {
                for (int ky = 0; ky < w.filterHeight(); ky++) {
                    int place = filter * resultRow + ky * panelled + c;
                    for (int kx = 0; kx < w.filterWidth(); kx++) {
                        if (toResults) {
                            results[place] = f[entry];
                        } else {
                            f[entry] = results[place];
                        }
                        place += channels;
                        entry++;
                    }
                }
            }
        }
    }
}
