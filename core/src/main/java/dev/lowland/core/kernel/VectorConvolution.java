package dev.lowland.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.VectorSpecies;

/**
 * The three convolutions of a single run as matrix products in tiles of registers, without the matrix of all that all positions see: a
 * panel of it, or a block, is copied to scratch memory just before it is read.
 *
 * <p>With U(Ck, q) = x(C, p), p the pixel that tap k sees from position q: the response is f·U, vectors along the positions. The image is a product of
 * the same kind in which a tap looks the other way, one for each of the stride² classes of pixels that the same taps see. The filters are the
 * transpose of U·yᵀ, vectors along the filters.
 *
 * <p>Sums are fused multiply-adds; their order depends on the shape alone. What lies outside the image counts as 0, also to a factor that is not
 * finite.
 */
final class VectorConvolution {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;
    private static final int PANEL = 2 * SPECIES.length();
    private static final int TILE = SPECIES.length() == 8 ? 8 : 4;

    /** Terms of a block of sums, as long as a plane has no more taps. */
    private static final int INNER_BLOCK = 256;

    private static final int ROW_BLOCK = 168;
    private static final int POSITION_BLOCK = 128;
    private static final int FILTER_BLOCK = 64;

    /** Rows of a block of positions are this far apart, not a power of two. */
    private static final int PITCH = POSITION_BLOCK + SPECIES.length();

    /** Below this many terms the plain loops win. */
    private static final int SMALL = 512;

    private static final int PANEL_START = 0;
    private static final int TILE_START = PANEL_START + INNER_BLOCK * PANEL;
    private static final int RESULT_START = TILE_START + TILE * PANEL;
    private static final int BLOCK_START = RESULT_START + INNER_BLOCK * FILTER_BLOCK;
    private static final int SCRATCH = BLOCK_START + INNER_BLOCK * INNER_BLOCK;

    private static final ScratchPool POOL =
            new ScratchPool(SCRATCH, 2 * Runtime.getRuntime().availableProcessors());

    private VectorConvolution() {}

    /** Whether the products win over plain loops, and the scratch memory holds what they need. */
    static boolean pays(Window w, int channels, int filters) {
        long terms = (long) channels * filters * w.kernelSize() * w.outputSize();
        return terms >= SMALL && w.kernelSize() <= INNER_BLOCK;
    }

    static void response(
            Window w,
            int channels,
            int filters,
            double[] x,
            int xOffset,
            double[] f,
            int fOffset,
            double[] y,
            int yOffset) {
        double[] scratch = POOL.take();
        int taps = w.kernelSize();
        int columns = channels * taps;
        int positions = w.outputSize();
        int gridWidth = w.outputWidth();
        int planes = INNER_BLOCK / taps;
        for (int c = 0; c < channels; c += planes) {
            int block = Math.min(planes, channels - c);
            for (int i = 0; i < filters; i += ROW_BLOCK) {
                int height = Math.min(ROW_BLOCK, filters - i);
                for (int q = 0; q < positions; q += PANEL) {
                    int width = Math.min(PANEL, positions - q);
                    VectorUnfolding.unfold(
                            block,
                            w.height(),
                            w.width(),
                            w.kernelHeight(),
                            w.kernelWidth(),
                            1,
                            -w.padding(),
                            -w.padding(),
                            w.stride(),
                            gridWidth,
                            q,
                            width,
                            x,
                            xOffset + c * w.inputSize(),
                            scratch,
                            PANEL_START,
                            PANEL);
                    sweep(
                            c > 0,
                            height,
                            width,
                            block * taps,
                            f,
                            fOffset + i * columns + c * taps,
                            columns,
                            scratch,
                            y,
                            yOffset + i * positions + q,
                            positions);
                }
            }
        }
        POOL.give(scratch);
    }

    static void image(
            Window w,
            int channels,
            int filters,
            double[] y,
            int yOffset,
            double[] f,
            int fOffset,
            double[] x,
            int xOffset) {
        double[] scratch = POOL.take();
        if (w.stride() > 1) {
            Arrays.fill(x, xOffset, xOffset + channels * w.inputSize(), 0);
        }
        for (int py = 0; py < Math.min(w.stride(), w.height()); py++) {
            for (int px = 0; px < Math.min(w.stride(), w.width()); px++) {
                pixels(w, py, px, channels, filters, y, yOffset, f, fOffset, x, xOffset, scratch);
            }
        }
        POOL.give(scratch);
    }

    /** The pixels (py + gy·stride, px + gx·stride), which see the taps (ty·stride + ..., tx·stride + ...) only. */
    private static void pixels(
            Window w,
            int py,
            int px,
            int channels,
            int filters,
            double[] y,
            int yOffset,
            double[] f,
            int fOffset,
            double[] x,
            int xOffset,
            double[] scratch) {
        int stride = w.stride();
        int firstRow = (py + w.padding()) % stride;
        int firstColumn = (px + w.padding()) % stride;
        int tapRows = Math.max(0, (w.kernelHeight() - firstRow + stride - 1) / stride);
        int tapColumns = Math.max(0, (w.kernelWidth() - firstColumn + stride - 1) / stride);
        int taps = tapRows * tapColumns;
        if (taps == 0) {
            return;
        }
        int gridWidth = (w.width() - px + stride - 1) / stride;
        int pixels = (w.height() - py + stride - 1) / stride * gridWidth;
        int planes = INNER_BLOCK / taps;
        for (int i = 0; i < channels; i += ROW_BLOCK) {
            int height = Math.min(ROW_BLOCK, channels - i);
            for (int filter = 0; filter < filters; filter += planes) {
                int block = Math.min(planes, filters - filter);
                int start = fOffset + (filter * channels + i) * w.kernelSize();
                turned(w, firstRow, firstColumn, tapRows, tapColumns, channels, height, block, f, start, scratch);
                for (int p = 0; p < pixels; p += PANEL) {
                    int width = Math.min(PANEL, pixels - p);
                    VectorUnfolding.unfold(
                            block,
                            w.outputHeight(),
                            w.outputWidth(),
                            tapRows,
                            tapColumns,
                            -1,
                            (py + w.padding()) / stride,
                            (px + w.padding()) / stride,
                            1,
                            gridWidth,
                            p,
                            width,
                            y,
                            yOffset + filter * w.outputSize(),
                            scratch,
                            PANEL_START,
                            PANEL);
                    int depth = block * taps;
                    int target = xOffset + i * w.inputSize();
                    if (stride == 1) {
                        sweep(
                                filter > 0,
                                height,
                                width,
                                depth,
                                scratch,
                                BLOCK_START,
                                depth,
                                scratch,
                                x,
                                target + p,
                                w.inputSize());
                    } else {
                        sweep(
                                false,
                                height,
                                PANEL,
                                depth,
                                scratch,
                                BLOCK_START,
                                depth,
                                scratch,
                                scratch,
                                RESULT_START,
                                PANEL);
                        scatter(w, py, px, gridWidth, p, width, height, scratch, x, target);
                    }
                }
            }
        }
    }

    /** scratch[BLOCK_START + C·depth + F·taps + k] = f(F, C, k) for the taps of one class. */
    private static void turned(
            Window w,
            int firstRow,
            int firstColumn,
            int tapRows,
            int tapColumns,
            int channels,
            int height,
            int block,
            double[] f,
            int fStart,
            double[] scratch) {
        int stride = w.stride();
        int taps = tapRows * tapColumns;
        for (int c = 0; c < height; c++) {
            int target = BLOCK_START + c * block * taps;
            for (int filter = 0; filter < block; filter++) {
                int source = fStart + (filter * channels + c) * w.kernelSize();
                if (stride == 1) {
                    System.arraycopy(f, source, scratch, target, taps);
                    target += taps;
                    continue;
                }
                for (int ty = 0; ty < tapRows; ty++) {
                    int row = source + (firstRow + ty * stride) * w.kernelWidth() + firstColumn;
                    for (int tx = 0; tx < tapColumns; tx++) {
                        scratch[target++] = f[row + tx * stride];
                    }
                }
            }
        }
    }

    /** Adds a panel of results to the pixels of one class. */
    private static void scatter(
            Window w,
            int py,
            int px,
            int gridWidth,
            int from,
            int width,
            int height,
            double[] scratch,
            double[] x,
            int xStart) {
        for (int j = 0; j < width; j++) {
            int gy = (from + j) / gridWidth;
            int gx = (from + j) % gridWidth;
            int target = xStart + (py + gy * w.stride()) * w.width() + px + gx * w.stride();
            int source = RESULT_START + j;
            for (int c = 0; c < height; c++) {
                x[target] += scratch[source];
                target += w.inputSize();
                source += PANEL;
            }
        }
    }

    static void filters(
            Window w,
            int channels,
            int filters,
            boolean add,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset,
            double[] f,
            int fOffset) {
        double[] scratch = POOL.take();
        int taps = w.kernelSize();
        int columns = channels * taps;
        int positions = w.outputSize();
        int planes = INNER_BLOCK / taps;
        for (int c = 0; c < channels; c += planes) {
            int block = Math.min(planes, channels - c);
            int height = block * taps;
            for (int i = 0; i < filters; i += FILTER_BLOCK) {
                int count = Math.min(FILTER_BLOCK, filters - i);
                for (int q = 0; q < positions; q += POSITION_BLOCK) {
                    int depth = Math.min(POSITION_BLOCK, positions - q);
                    VectorUnfolding.unfold(
                            block,
                            w.height(),
                            w.width(),
                            w.kernelHeight(),
                            w.kernelWidth(),
                            1,
                            -w.padding(),
                            -w.padding(),
                            w.stride(),
                            w.outputWidth(),
                            q,
                            depth,
                            x,
                            xOffset + c * w.inputSize(),
                            scratch,
                            BLOCK_START,
                            PITCH);
                    for (int j = 0; j < count; j += PANEL) {
                        VectorUnfolding.transpose(
                                PANEL,
                                Math.min(PANEL, count - j),
                                depth,
                                y,
                                yOffset + (i + j) * positions + q,
                                positions,
                                scratch,
                                PANEL_START);
                        sweep(
                                q > 0,
                                height,
                                PANEL,
                                depth,
                                scratch,
                                BLOCK_START,
                                PITCH,
                                scratch,
                                scratch,
                                RESULT_START + j,
                                FILTER_BLOCK);
                    }
                }
                transposed(add, height, count, scratch, f, fOffset + i * columns + c * taps, columns);
            }
        }
        POOL.give(scratch);
    }

    /** f(F, t) (+)= result(t, F). */
    private static void transposed(
            boolean add, int height, int count, double[] scratch, double[] f, int fStart, int columns) {
        for (int i = 0; i < count; i++) {
            int target = fStart + i * columns;
            int source = RESULT_START + i;
            if (add) {
                for (int t = 0; t < height; t++) {
                    f[target + t] += scratch[source + t * FILTER_BLOCK];
                }
            } else {
                for (int t = 0; t < height; t++) {
                    f[target + t] = scratch[source + t * FILTER_BLOCK];
                }
            }
        }
    }

    /** C (+)= A·B for the rows of a block of A and the panel of B. */
    private static void sweep(
            boolean add,
            int height,
            int width,
            int depth,
            double[] a,
            int aStart,
            int aRow,
            double[] scratch,
            double[] c,
            int cStart,
            int cRow) {
        int row = 0;
        while (row < height) {
            int left = height - row;
            int count = left >= TILE ? TILE : left >= 4 ? 4 : 1;
            int start = aStart + row * aRow;
            int target = cStart + row * cRow;
            if (width == PANEL) {
                tile(add, count, depth, a, start, aRow, scratch, c, target, cRow);
            } else {
                tile(false, count, depth, a, start, aRow, scratch, scratch, TILE_START, PANEL);
                copyTile(add, count, width, scratch, c, target, cRow);
            }
            row += count;
        }
    }

    private static void tile(
            boolean add,
            int count,
            int depth,
            double[] a,
            int aStart,
            int aRow,
            double[] scratch,
            double[] c,
            int cStart,
            int cRow) {
        switch (count) {
            case 8 -> {
                if (add) {
                    VectorConvolutionTile.add8(depth, a, aStart, aRow, scratch, PANEL_START, c, cStart, cRow);
                } else {
                    VectorConvolutionTile.set8(depth, a, aStart, aRow, scratch, PANEL_START, c, cStart, cRow);
                }
            }
            case 4 -> {
                if (add) {
                    VectorConvolutionTile.add4(depth, a, aStart, aRow, scratch, PANEL_START, c, cStart, cRow);
                } else {
                    VectorConvolutionTile.set4(depth, a, aStart, aRow, scratch, PANEL_START, c, cStart, cRow);
                }
            }
            default -> {
                if (add) {
                    VectorConvolutionTile.add1(depth, a, aStart, scratch, PANEL_START, c, cStart);
                } else {
                    VectorConvolutionTile.set1(depth, a, aStart, scratch, PANEL_START, c, cStart);
                }
            }
        }
    }

    /** The columns of a tile that C has, from scratch memory. */
    private static void copyTile(
            boolean add, int count, int width, double[] scratch, double[] c, int cStart, int cRow) {
        for (int r = 0; r < count; r++) {
            int source = TILE_START + r * PANEL;
            int target = cStart + r * cRow;
            if (add) {
                for (int j = 0; j < width; j++) {
                    c[target + j] += scratch[source + j];
                }
            } else {
                System.arraycopy(scratch, source, c, target, width);
            }
        }
    }
}
