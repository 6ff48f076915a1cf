package dev.lowland.core.kernel;

import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products with vectors along the columns of C.
 *
 * <p>The blocking is that of Goto and van de Geijn. The inner axis is cut into blocks of {@value #INNER_BLOCK}, the rows into blocks
 * of {@value #ROW_BLOCK}. A panel of B, two vectors of columns wide, is copied to scratch memory without gaps, filled up with zeros, and
 * stays in the first-level cache while all row tiles of A pass it; A is copied too if enough panels will read it. The four forms
 * differ only in how they are copied.
 *
 * <p>Each block's sums are fused multiply-adds in increasing k from +0; the blocks are added to C in increasing k. The order depends on
 * the shape alone. Products with a vector go to {@link VectorLines}, small ones to the scalar twin.
 */
final class VectorMatrix {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;

    /** Columns of a panel. */
    private static final int PANEL = 2 * SPECIES.length();

    /** Rows of a tile: 8 × 2 accumulators need more than 16 registers, which come with vectors of 8. */
    private static final int TILE = SPECIES.length() == 8 ? 8 : 4;

    private static final int INNER_BLOCK = 256;
    private static final int ROW_BLOCK = 168;

    /** From this many panels on, copying A pays. */
    private static final int PANELS_TO_PACK = 4;

    /** Below this many terms, a block in the scalar twin wins. */
    private static final int SMALL = 2048;

    /** The same for a matrix and a vector. */
    private static final int SMALL_LINE = 128;

    private static final int PANEL_START = 0;
    private static final int TILE_START = INNER_BLOCK * PANEL;
    private static final int BLOCK_START = TILE_START + TILE * PANEL;
    private static final int SCRATCH = BLOCK_START + ROW_BLOCK * INNER_BLOCK;

    private static final ScratchPool POOL =
            new ScratchPool(SCRATCH, 2 * Runtime.getRuntime().availableProcessors());

    private VectorMatrix() {}

    static void multiply(
            MatrixForm form,
            boolean add,
            int rows,
            int columns,
            int inner,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset) {
        long terms = (long) rows * columns * inner;
        if (rows >= 4 && columns >= SPECIES.length() && inner >= 4 && terms >= SMALL) {
            blocked(form, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
        } else if (terms < SMALL_LINE || !lines(form, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset)) {
            ScalarMatrix.multiply(form, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
        }
    }

    /** A matrix and few vectors, where the memory order allows it. Returns false, with nothing done, where it does not. */
    private static boolean lines(
            MatrixForm form,
            boolean add,
            int rows,
            int columns,
            int inner,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset) {
        int aRow = form.leftTransposed() ? 1 : inner;
        int aStep = form.leftTransposed() ? rows : 1;
        int bStep = form.rightTransposed() ? 1 : columns;
        int bColumn = form.rightTransposed() ? inner : 1;
        int width = SPECIES.length();
        if (rows < 4 && !form.rightTransposed() && columns >= width) {
            for (int i = 0; i < rows; i++) {
                VectorLines.combine(
                        add,
                        columns,
                        inner,
                        a,
                        aOffset + i * aRow,
                        aStep,
                        b,
                        bOffset,
                        columns,
                        c,
                        cOffset + i * columns);
            }
            return true;
        }
        if (rows < 4 && form.rightTransposed() && aStep == 1 && inner >= width) {
            for (int i = 0; i < rows; i++) {
                VectorLines.project(
                        add, columns, inner, a, aOffset + i * aRow, b, bOffset, inner, c, cOffset + i * columns, 1);
            }
            return true;
        }
        if (columns < 4 && !form.leftTransposed() && bStep == 1 && inner >= width) {
            for (int j = 0; j < columns; j++) {
                VectorLines.project(
                        add, rows, inner, b, bOffset + j * bColumn, a, aOffset, inner, c, cOffset + j, columns);
            }
            return true;
        }
        if (columns == 1 && form.leftTransposed() && rows >= width) {
            VectorLines.combine(add, rows, inner, b, bOffset, bStep, a, aOffset, rows, c, cOffset);
            return true;
        }
        return false;
    }

    private static void blocked(
            MatrixForm form,
            boolean add,
            int rows,
            int columns,
            int inner,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset) {
        double[] scratch = POOL.take();
        for (int k = 0; k < inner; k += INNER_BLOCK) {
            int depth = Math.min(INNER_BLOCK, inner - k);
            for (int i = 0; i < rows; i += ROW_BLOCK) {
                int height = Math.min(ROW_BLOCK, rows - i);
                int aRow = form.leftTransposed() ? 1 : inner;
                int aStep = form.leftTransposed() ? rows : 1;
                int aStart = aOffset + i * aRow + k * aStep;
                boolean packed = columns > (PANELS_TO_PACK - 1) * PANEL;
                if (packed) {
                    VectorPacking.rows(TILE, height, depth, a, aStart, aRow, aStep, scratch, BLOCK_START);
                }
                for (int j = 0; j < columns; j += PANEL) {
                    int width = Math.min(PANEL, columns - j);
                    if (form.rightTransposed()) {
                        VectorPacking.transposedPanel(
                                PANEL, width, depth, b, bOffset + j * inner + k, inner, scratch, PANEL_START);
                    } else {
                        VectorPacking.panel(
                                PANEL, width, depth, b, bOffset + k * columns + j, columns, scratch, PANEL_START);
                    }
                    int cStart = cOffset + i * columns + j;
                    if (packed) {
                        sweep(
                                add || k > 0,
                                height,
                                width,
                                depth,
                                scratch,
                                BLOCK_START,
                                1,
                                TILE,
                                TILE * depth,
                                scratch,
                                c,
                                cStart,
                                columns);
                    } else {
                        sweep(
                                add || k > 0,
                                height,
                                width,
                                depth,
                                a,
                                aStart,
                                aRow,
                                aStep,
                                TILE * aRow,
                                scratch,
                                c,
                                cStart,
                                columns);
                    }
                }
            }
        }
        POOL.give(scratch);
    }

    /**
     * All rows of a block of A against one panel of B.
     *
     * @param tileStride distance of the tiles of A; within a tile rows are aRow apart
     */
    private static void sweep(
            boolean add,
            int height,
            int width,
            int depth,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            int tileStride,
            double[] scratch,
            double[] c,
            int cStart,
            int cRow) {
        int row = 0;
        while (row < height) {
            int left = height - row;
            int count = left >= TILE ? TILE : left >= 4 ? 4 : left >= 2 ? 2 : 1;
            int start = aStart + row / TILE * tileStride + row % TILE * aRow;
            int target = cStart + row * cRow;
            if (width == PANEL) {
                tile(add, count, depth, a, start, aRow, aStep, scratch, c, target, cRow);
            } else {
                tile(false, count, depth, a, start, aRow, aStep, scratch, scratch, TILE_START, PANEL);
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
            int aStep,
            double[] scratch,
            double[] c,
            int cStart,
            int cRow) {
        switch (count) {
            case 8 -> {
                if (add) {
                    VectorTileHigh.add8(depth, a, aStart, aRow, aStep, scratch, PANEL_START, c, cStart, cRow);
                } else {
                    VectorTileHigh.set8(depth, a, aStart, aRow, aStep, scratch, PANEL_START, c, cStart, cRow);
                }
            }
            case 4 -> {
                if (add) {
                    VectorTileLow.add4(depth, a, aStart, aRow, aStep, scratch, PANEL_START, c, cStart, cRow);
                } else {
                    VectorTileLow.set4(depth, a, aStart, aRow, aStep, scratch, PANEL_START, c, cStart, cRow);
                }
            }
            case 2 -> {
                if (add) {
                    VectorTileLow.add2(depth, a, aStart, aRow, aStep, scratch, PANEL_START, c, cStart, cRow);
                } else {
                    VectorTileLow.set2(depth, a, aStart, aRow, aStep, scratch, PANEL_START, c, cStart, cRow);
                }
            }
            default -> {
                if (add) {
                    VectorTileLow.add1(depth, a, aStart, aRow, aStep, scratch, PANEL_START, c, cStart, cRow);
                } else {
                    VectorTileLow.set1(depth, a, aStart, aRow, aStep, scratch, PANEL_START, c, cStart, cRow);
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
