package dev.lowland.core.kernel.vector.image;

import dev.lowland.core.kernel.contract.Window;
import dev.lowland.core.kernel.vector.machine.Vectors;
import java.util.Arrays;

/**
 * The three convolutions of a single run in tiles of registers, as matrix products one operand of which is read where
 * it is: what tap k sees from neighbouring positions are neighbours in an image with a margin, so a table of offsets,
 * one a term, takes the place of the matrix of all that all positions see.
 *
 * <p>Response: rows of a tile are filters, vectors run along the positions. Image: rows are channels, a tap looks the
 * other way, and each of the stride² classes of pixels, which the same taps see, is a convolution of its own. Filters:
 * rows are filters, the terms are positions, vectors run along the channels of a pixel and on to its neighbour.
 *
 * <p>Every sum is one chain of fused multiply-adds in the order of
 * {@link dev.lowland.core.kernel.contract.ImageKernels}; a block of terms goes on from where the last one ended.
 */
public final class VectorConvolution {
    private static final int LANES = Vectors.SPECIES.length();
    private static final int PANEL = 2 * LANES;

    private static final int TILE = VectorConvolutionTile.ROWS;

    /** Terms of a sum that are added before the next ones are laid out. */
    private static final int INNER_BLOCK = 512;

    private static final int POSITION_BLOCK = 256;
    private static final int ROW_BLOCK = VectorConvolutionScratch.RESULT_ROWS;
    private static final int IMAGE = VectorConvolutionScratch.IMAGE;
    private static final int RESULT_ROW = VectorConvolutionScratch.RESULT_COLUMNS;

    /** Below this many terms the plain loops win. */
    private static final int SMALL = 512;

    private VectorConvolution() {}

    /** Whether the tiles win over plain loops, and the scratch memory holds what they need. */
    public static boolean pays(Window w, int channels, int filters) {
        long terms = (long) channels * filters * w.filterSize() * w.outputSize();
        long row = w.width() + 2L * w.padding() + w.filterWidth() + 2L * PANEL * w.stride();
        return terms >= SMALL
                && w.filterSize() <= INNER_BLOCK
                && (long) w.filterHeight() * panelled(w.filterWidth()) <= RESULT_ROW
                && w.outputWidth() <= VectorConvolutionScratch.TERMS
                && row * w.filterHeight() <= IMAGE;
    }

    public static void response(
            Window w,
            int channels,
            int filters,
            double[] x,
            int xOffset,
            double[] f,
            int fOffset,
            double[] y,
            int yOffset) {
        VectorConvolutionScratch scratch = VectorConvolutionScratch.POOL.take();
        int stride = w.stride();
        int taps = w.filterSize();
        int width = w.outputWidth();
        int pitch = Math.max(width, LANES) + (w.filterWidth() - 1) / stride;
        int rowSize = stride * pitch;
        int planes = share(channels, Math.min(INNER_BLOCK / taps, IMAGE / (w.filterHeight() * rowSize)));
        int rows = Math.min(w.outputHeight(), (IMAGE / (planes * rowSize) - w.filterHeight()) / stride + 1);
        int planeSize = ((rows - 1) * stride + w.filterHeight()) * rowSize;
        for (int c = 0; c < channels; c += planes) {
            int block = Math.min(planes, channels - c);
            for (int t = 0; t < block * taps; t++) {
                int ky = t % taps / w.filterWidth();
                int kx = t % w.filterWidth();
                scratch.offsets[t] = t / taps * planeSize + ky * rowSize + kx % stride * pitch + kx / stride;
            }
            for (int gy = 0; gy < w.outputHeight(); gy += rows) {
                int count = Math.min(rows, w.outputHeight() - gy);
                VectorConvolutionLayout.planes(
                        block,
                        w.height(),
                        w.width(),
                        (count - 1) * stride + w.filterHeight(),
                        gy * stride - w.padding(),
                        -w.padding(),
                        stride,
                        pitch,
                        planeSize,
                        x,
                        xOffset + c * w.inputSize(),
                        scratch.image);
                for (int i = 0; i < filters; i += ROW_BLOCK) {
                    int height = Math.min(ROW_BLOCK, filters - i);
                    int start = fOffset + (i * channels + c) * taps;
                    VectorConvolutionLayout.rows(
                            TILE, height, block * taps, f, start, channels * taps, scratch.factors);
                    positions(
                            c > 0,
                            height,
                            block * taps,
                            count,
                            width,
                            scratch,
                            stride * rowSize,
                            y,
                            yOffset + i * w.outputSize() + gy * width,
                            w.outputSize(),
                            width,
                            1);
                }
            }
        }
        VectorConvolutionScratch.POOL.give(scratch);
    }

    public static void image(
            Window w,
            int channels,
            int filters,
            double[] y,
            int yOffset,
            double[] f,
            int fOffset,
            double[] x,
            int xOffset) {
        VectorConvolutionScratch scratch = VectorConvolutionScratch.POOL.take();
        if (w.stride() > Math.min(w.filterHeight(), w.filterWidth())) {
            Arrays.fill(x, xOffset, xOffset + channels * w.inputSize(), 0);
        }
        for (int py = 0; py < Math.min(w.stride(), w.height()); py++) {
            for (int px = 0; px < Math.min(w.stride(), w.width()); px++) {
                pixels(w, py, px, channels, filters, y, yOffset, f, fOffset, x, xOffset, scratch);
            }
        }
        VectorConvolutionScratch.POOL.give(scratch);
    }

    /**
     * The pixels (py + gy·stride, px + gx·stride), which every stride-th tap sees, from position (gy + top − ty, gx +
     * left − tx).
     */
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
            VectorConvolutionScratch scratch) {
        int stride = w.stride();
        int firstRow = (py + w.padding()) % stride;
        int firstColumn = (px + w.padding()) % stride;
        int tapRows = (w.filterHeight() - firstRow + stride - 1) / stride;
        int tapColumns = (w.filterWidth() - firstColumn + stride - 1) / stride;
        if (tapRows <= 0 || tapColumns <= 0) {
            return;
        }
        int taps = tapRows * tapColumns;
        int width = (w.width() - px + stride - 1) / stride;
        int height = (w.height() - py + stride - 1) / stride;
        int pitch = Math.max(width, LANES) + tapColumns - 1;
        int planes = share(filters, Math.min(INNER_BLOCK / taps, IMAGE / (tapRows * pitch)));
        int rows = Math.min(height, IMAGE / (planes * pitch) - tapRows + 1);
        int planeSize = (rows - 1 + tapRows) * pitch;
        for (int filter = 0; filter < filters; filter += planes) {
            int block = Math.min(planes, filters - filter);
            for (int t = 0; t < block * taps; t++) {
                int ty = t % taps / tapColumns;
                int tx = t % tapColumns;
                scratch.offsets[t] = t / taps * planeSize + (tapRows - 1 - ty) * pitch + tapColumns - 1 - tx;
            }
            for (int gy = 0; gy < height; gy += rows) {
                int count = Math.min(rows, height - gy);
                VectorConvolutionLayout.planes(
                        block,
                        w.outputHeight(),
                        w.outputWidth(),
                        count - 1 + tapRows,
                        gy + (py + w.padding()) / stride - (tapRows - 1),
                        (px + w.padding()) / stride - (tapColumns - 1),
                        1,
                        pitch,
                        planeSize,
                        y,
                        yOffset + filter * w.outputSize(),
                        scratch.image);
                for (int i = 0; i < channels; i += ROW_BLOCK) {
                    VectorConvolutionLayout.taps(
                            w,
                            TILE,
                            firstRow,
                            firstColumn,
                            tapRows,
                            tapColumns,
                            Math.min(ROW_BLOCK, channels - i),
                            block,
                            f,
                            fOffset + (filter * channels + i) * w.filterSize(),
                            channels * w.filterSize(),
                            scratch.factors);
                    positions(
                            filter > 0,
                            Math.min(ROW_BLOCK, channels - i),
                            block * taps,
                            count,
                            width,
                            scratch,
                            pitch,
                            x,
                            xOffset + i * w.inputSize() + (py + gy * stride) * w.width() + px,
                            w.inputSize(),
                            stride * w.width(),
                            stride);
                }
            }
        }
    }

    public static void filters(
            Window w,
            boolean add,
            int channels,
            int filters,
            double[] x,
            int xOffset,
            double[] y,
            int yOffset,
            double[] f,
            int fOffset) {
        VectorConvolutionScratch scratch = VectorConvolutionScratch.POOL.take();
        int stride = w.stride();
        int taps = w.filterSize();
        int width = w.outputWidth();
        int columns = (width - 1) * stride + w.filterWidth();
        int most = RESULT_ROW / w.filterHeight() / PANEL * PANEL / w.filterWidth();
        int planes = share(channels, Math.min(most, IMAGE / (w.filterHeight() * columns)));
        int rows = Math.min(
                Math.max(1, Math.min(POSITION_BLOCK / width, w.outputHeight())),
                (IMAGE / (planes * columns) - w.filterHeight()) / stride + 1);
        for (int c = 0; c < channels; c += planes) {
            int block = Math.min(planes, channels - c);
            int panelled = panelled(w.filterWidth() * block);
            for (int q = 0; q < rows * width; q++) {
                scratch.offsets[q] = (q / width * columns + q % width) * stride * block;
            }
            for (int i = 0; i < filters; i += ROW_BLOCK) {
                int height = Math.min(ROW_BLOCK, filters - i);
                int target = fOffset + (i * channels + c) * taps;
                if (add) {
                    filterBlock(w, true, block, height, scratch, panelled, f, target, channels * taps);
                }
                for (int gy = 0; gy < w.outputHeight(); gy += rows) {
                    int count = Math.min(rows, w.outputHeight() - gy);
                    VectorConvolutionLayout.pixels(
                            block,
                            w.height(),
                            w.width(),
                            (count - 1) * stride + w.filterHeight(),
                            gy * stride - w.padding(),
                            columns,
                            -w.padding(),
                            x,
                            xOffset + c * w.inputSize(),
                            scratch.image);
                    int start = yOffset + i * w.outputSize() + gy * width;
                    VectorConvolutionLayout.rows(
                            TILE, height, count * width, y, start, w.outputSize(), scratch.factors);
                    for (int ky = 0; ky < w.filterHeight(); ky++) {
                        for (int j = 0; j < panelled; j += PANEL) {
                            channels(
                                    add || gy > 0,
                                    height,
                                    count * width,
                                    scratch,
                                    ky * columns * block + j,
                                    ky * panelled + j);
                        }
                    }
                }
                filterBlock(w, false, block, height, scratch, panelled, f, target, channels * taps);
            }
        }
        VectorConvolutionScratch.POOL.give(scratch);
    }

    private static void filterBlock(
            Window w,
            boolean toResults,
            int channels,
            int filters,
            VectorConvolutionScratch scratch,
            int panelled,
            double[] f,
            int fStart,
            int fFilter) {
        double[] results = scratch.results;
        VectorConvolutionLayout.filters(
                w, toResults, channels, filters, results, RESULT_ROW, panelled, f, fStart, fFilter);
    }

    /** The least multiple of a panel that is not below n. */
    private static int panelled(int n) {
        return (n + PANEL - 1) / PANEL * PANEL;
    }

    /** As few blocks of at most {@code most} as possible, of nearly equal size. */
    private static int share(int count, int most) {
        int blocks = (count + most - 1) / most;
        return (count + blocks - 1) / blocks;
    }

    /**
     * C(row, gy, gx) = Σ_k factor(row, k) image[gy·rowStep + gx + offsets[k]], from +0 or from what C holds, vectors
     * along gx. The last vector of a row begins early enough to end with it, where a row has a vector.
     */
    private static void positions(
            boolean add,
            int height,
            int depth,
            int rows,
            int width,
            VectorConvolutionScratch scratch,
            int rowStep,
            double[] c,
            int cStart,
            int cPlane,
            int cRow,
            int cStep) {
        int inRow = (width + LANES - 1) / LANES;
        int last = Math.max(0, width - LANES);
        boolean direct = !add && cStep == 1 && width >= LANES;
        for (int v = 0; v < rows * inRow; v += 2) {
            int u = Math.min(v + 1, rows * inRow - 1);
            int vx = Math.min(v % inRow * LANES, last);
            int ux = Math.min(u % inRow * LANES, last);
            int b0 = v / inRow * rowStep + vx;
            int b1 = u / inRow * rowStep + ux;
            int c0 = cStart + v / inRow * cRow + vx * cStep;
            int c1 = cStart + u / inRow * cRow + ux * cStep;
            int count;
            for (int i = 0; i < height; i += count) {
                count = rows(height - i);
                int t0 = c0 + i * cPlane;
                int t1 = c1 + i * cPlane;
                if (direct) {
                    tile(false, count, i, depth, scratch, b0, b1, c, t0, t1, cPlane);
                } else {
                    int n = Math.min(LANES, width);
                    int from = v % inRow * LANES - vx;
                    int skip = u > v ? u % inRow * LANES - ux : n;
                    if (add) {
                        fetch(count, from, n, c, t0, cPlane, cStep, scratch.tile, 0);
                        fetch(count, skip, n, c, t1, cPlane, cStep, scratch.tile, LANES);
                    }
                    tile(add, count, i, depth, scratch, b0, b1, scratch.tile, 0, LANES, PANEL);
                    bring(count, from, n, scratch.tile, 0, c, t0, cPlane, cStep);
                    bring(count, skip, n, scratch.tile, LANES, c, t1, cPlane, cStep);
                }
            }
        }
    }

    /** results(row, rStart + j) = Σ_q factor(row, q) image[bStart + offsets[q] + j], likewise, for a panel of j. */
    private static void channels(
            boolean add, int height, int depth, VectorConvolutionScratch scratch, int bStart, int rStart) {
        int count;
        for (int i = 0; i < height; i += count) {
            count = rows(height - i);
            int target = rStart + i * RESULT_ROW;
            tile(
                    add,
                    count,
                    i,
                    depth,
                    scratch,
                    bStart,
                    bStart + LANES,
                    scratch.results,
                    target,
                    target + LANES,
                    RESULT_ROW);
        }
    }

    /** Rows of the next tile. */
    private static int rows(int left) {
        return left >= TILE ? TILE : left >= 4 ? 4 : 1;
    }

    /** A tile of so many rows, from what c holds or from zeros. */
    private static void tile(
            boolean add,
            int count,
            int row,
            int depth,
            VectorConvolutionScratch scratch,
            int b0,
            int b1,
            double[] c,
            int c0,
            int c1,
            int cRow) {
        double[] a = scratch.factors;
        double[] b = scratch.image;
        int[] offsets = scratch.offsets;
        int start = row / TILE * TILE * depth + row % TILE;
        double[] s = add ? c : VectorConvolutionScratch.ZEROS;
        int s0 = add ? c0 : 0;
        int s1 = add ? c1 : 0;
        int sRow = add ? cRow : 0;
        switch (count) {
            case 8 ->
                VectorConvolutionTile.rows8(depth, a, start, b, b0, b1, offsets, s, s0, s1, sRow, c, c0, c1, cRow);
            case 4 ->
                VectorConvolutionTile.rows4(depth, a, start, b, b0, b1, offsets, s, s0, s1, sRow, c, c0, c1, cRow);
            default ->
                VectorConvolutionTile.rows1(depth, a, start, b, b0, b1, offsets, s, s0, s1, sRow, c, c0, c1, cRow);
        }
    }

    /** One vector of the rows of a tile from c, but for the lanes before {@code from} and from {@code to} on. */
    private static void fetch(
            int count, int from, int to, double[] c, int cStart, int cPlane, int cStep, double[] tile, int tileStart) {
        for (int r = 0; r < count; r++) {
            for (int j = from; j < to; j++) {
                tile[tileStart + r * PANEL + j] = c[cStart + r * cPlane + j * cStep];
            }
        }
    }

    /** The way back. */
    private static void bring(
            int count, int from, int to, double[] tile, int tileStart, double[] c, int cStart, int cPlane, int cStep) {
        for (int r = 0; r < count; r++) {
            for (int j = from; j < to; j++) {
                c[cStart + r * cPlane + j * cStep] = tile[tileStart + r * PANEL + j];
            }
        }
    }
}
