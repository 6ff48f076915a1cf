package dev.lowland.core.kernel.vector.matrix;

import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.SumOrder;
import dev.lowland.core.kernel.scalar.ScalarMatrix;
import dev.lowland.core.kernel.vector.machine.ScratchPool;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products with vectors along the columns of C.
 *
 * <p>Tiles of C, a few rows × two vectors of columns, are summed in registers. The inner axis is cut into the blocks of
 * {@link SumOrder}, so that a panel of B (a block of the inner axis × the columns of a tile) and a tile's rows of A
 * stay in the first-level cache together; the rows are cut into blocks of {@value #ROW_BLOCK}, whose part of A stays in
 * the second.
 *
 * <p>As little as possible is copied. A is read where it lies; only a large one stored transposed is copied, tile by
 * tile. A panel of B is read where it lies if B is small or few rows need it; else the first tile copies it while it
 * computes. Only a B stored transposed is copied first, as vectors must lie along its columns. The last panel is not
 * filled up: its two vectors overlap, and what is common is computed twice.
 *
 * <p>Products with a vector go to {@link VectorLines}, those of two vectors to {@link VectorOuter}, small and narrow
 * ones to the scalar twin.
 */
public final class VectorMatrix {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;
    private static final int WIDTH = SPECIES.length();

    /** Columns of a panel. */
    private static final int PANEL = 2 * WIDTH;

    /** Rows of a tile: 8 × 2 accumulators need more than 16 registers, which come with vectors of 8. */
    private static final int TILE = WIDTH == 8 ? 8 : 4;

    private static final int ROW_BLOCK = 256;

    /** Up to this many numbers, half of a first-level cache, a block is read where it lies. */
    private static final int RESIDENT = 4096;

    /** From this many panels on, copying a transposed A pays. */
    private static final int PANELS_TO_PACK = 4;

    /** From this many rows on, copying an incomplete panel of B pays. */
    private static final int ROWS_TO_PACK = 2 * TILE;

    /** Below this many terms, the scalar twin wins. */
    private static final int SMALL = 128;

    /** Below this many terms, it wins where B must be transposed. */
    private static final int SMALL_TRANSPOSED = 1024;

    private static final int BLOCK_START = SumOrder.LONGEST * PANEL;
    private static final int SCRATCH = BLOCK_START + ROW_BLOCK * SumOrder.LONGEST;

    private static final ScratchPool<double[]> POOL = ScratchPool.of(() -> new double[SCRATCH]);

    private VectorMatrix() {}

    public static void multiply(
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
        // A vector is its own transpose.
        boolean left = form.leftTransposed() && rows > 1 && inner > 1;
        boolean right = form.rightTransposed() && columns > 1 && inner > 1;
        long terms = (long) rows * columns * inner;
        if (SumOrder.isPartial(form, rows, columns, inner)) {
            project(add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
            return;
        }
        if (inner == 1 && terms >= WIDTH && (columns >= WIDTH || columns == 1)) {
            outer(add, rows, columns, a, aOffset, b, bOffset, c, cOffset);
            return;
        }
        if (terms < SMALL || !combine(left, right, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset)) {
            if (columns >= WIDTH && terms >= (right ? SMALL_TRANSPOSED : SMALL)) {
                blocked(left, right, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
            } else {
                ScalarMatrix.multiply(form, add, rows, columns, inner, a, aOffset, b, bOffset, c, cOffset);
            }
        }
    }

    /** Two vectors; a column is the product of a row with one number. */
    private static void outer(
            boolean add,
            int rows,
            int columns,
            double[] a,
            int aOffset,
            double[] b,
            int bOffset,
            double[] c,
            int cOffset) {
        boolean column = columns == 1;
        double[] left = column ? b : a;
        double[] right = column ? a : b;
        int leftStart = column ? bOffset : aOffset;
        int rightStart = column ? aOffset : bOffset;
        int height = column ? 1 : rows;
        int width = column ? rows : columns;
        if (add) {
            VectorOuter.add(height, width, left, leftStart, right, rightStart, c, cOffset);
        } else {
            VectorOuter.set(height, width, left, leftStart, right, rightStart, c, cOffset);
        }
    }

    /** Inner products of lines: few rows of A with all of B, or few columns of B with all of A. */
    private static void project(
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
        if (rows <= columns) {
            for (int i = 0; i < rows; i++) {
                int aStart = aOffset + i * inner;
                VectorLines.project(add, columns, inner, a, aStart, b, bOffset, c, cOffset + i * columns, 1);
            }
        } else {
            for (int j = 0; j < columns; j++) {
                int bStart = bOffset + j * inner;
                VectorLines.project(add, rows, inner, b, bStart, a, aOffset, c, cOffset + j, columns);
            }
        }
    }

    /**
     * Few vectors and a matrix whose rows they add up. Returns false, with nothing done, where the memory order does
     * not allow it.
     */
    private static boolean combine(
            boolean left,
            boolean right,
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
        if (rows < 4 && !right && columns >= 2 * PANEL) {
            int aRow = left ? 1 : inner;
            int aStep = left ? rows : 1;
            for (int i = 0; i < rows; i++) {
                int aStart = aOffset + i * aRow;
                VectorLines.combine(add, columns, inner, a, aStart, aStep, b, bOffset, c, cOffset + i * columns);
            }
            return true;
        }
        if (columns == 1 && left && rows >= WIDTH) {
            VectorLines.combine(add, rows, inner, b, bOffset, 1, a, aOffset, c, cOffset);
            return true;
        }
        return false;
    }

    private static void blocked(
            boolean left,
            boolean right,
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
        int block = SumOrder.depth(inner);
        boolean copyA = left && columns > (PANELS_TO_PACK - 1) * PANEL && (long) rows * block > RESIDENT;
        boolean copyB = right || (rows > TILE && (long) block * columns > RESIDENT);
        boolean copyLast = columns % PANEL != 0 && rows >= ROWS_TO_PACK;
        boolean copies = copyA || copyB || copyLast;
        double[] scratch = copies ? POOL.take() : b;
        int aRow = left ? 1 : inner;
        int aStep = left ? rows : 1;
        int depth;
        for (int k = 0; k < inner; k += depth) {
            depth = SumOrder.depth(inner - k);
            int bStart = bOffset + (right ? k : k * columns);
            int bStride = right ? inner : columns;
            for (int i = 0; i < rows; i += ROW_BLOCK) {
                int height = Math.min(ROW_BLOCK, rows - i);
                int aStart = aOffset + i * aRow + k * aStep;
                int cStart = cOffset + i * columns;
                if (copyA) {
                    VectorPacking.tiles(TILE, height, depth, a, aStart, aStep, scratch, BLOCK_START);
                    panels(
                            right,
                            copyB,
                            add || k > 0,
                            height,
                            columns,
                            depth,
                            scratch,
                            BLOCK_START,
                            1,
                            TILE,
                            TILE * depth,
                            b,
                            bStart,
                            bStride,
                            c,
                            cStart,
                            scratch);
                } else {
                    panels(
                            right,
                            copyB,
                            add || k > 0,
                            height,
                            columns,
                            depth,
                            a,
                            aStart,
                            aRow,
                            aStep,
                            TILE * aRow,
                            b,
                            bStart,
                            bStride,
                            c,
                            cStart,
                            scratch);
                }
            }
        }
        if (copies) {
            POOL.give(scratch);
        }
    }

    /**
     * All rows of a block of A against all panels of B.
     *
     * @param tileStride distance of the tiles of A; within a tile rows are aRow apart
     */
    private static void panels(
            boolean right,
            boolean copy,
            boolean add,
            int height,
            int columns,
            int depth,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            int tileStride,
            double[] b,
            int bStart,
            int bStride,
            double[] c,
            int cStart,
            double[] scratch) {
        int j = 0;
        while (j < columns) {
            int rest = columns - j;
            // Every panel has at least one vector's columns; so one and a half panels are half a panel and one.
            int width = rest > PANEL && rest < PANEL + WIDTH ? WIDTH : Math.min(rest, PANEL);
            int next = width - WIDTH;
            int start = bStart + (right ? j * bStride : j);
            int target = cStart + j;
            double[] panel = scratch;
            int panelStart = 0;
            int panelStep = PANEL;
            int panelNext = WIDTH;
            int row = 0;
            if (right) {
                VectorPacking.transposedPanel(depth, b, start, bStride, next, scratch);
                panelNext = next > 0 ? WIDTH : 0;
            } else if (next == WIDTH && copy && height >= 8 && TILE == 8) {
                VectorTiles.copying(add, depth, a, aStart, aRow, aStep, b, start, bStride, c, target, columns, scratch);
                row = 8;
            } else if (copy || (next != WIDTH && height >= ROWS_TO_PACK)) {
                VectorPacking.panel(depth, b, start, bStride, next, scratch);
            } else {
                panel = b;
                panelStart = start;
                panelStep = bStride;
                panelNext = next;
            }
            // Tiles of 8 rows read two neighbouring vectors of B.
            int tile = panelNext == WIDTH ? TILE : 4;
            while (row < height) {
                int count = VectorTiles.rows(tile, height - row);
                int tileStart = aStart + row / TILE * tileStride + row % TILE * aRow;
                VectorTiles.sum(
                        add,
                        count,
                        depth,
                        a,
                        tileStart,
                        aRow,
                        aStep,
                        panel,
                        panelStart,
                        panelStep,
                        panelNext,
                        c,
                        target + row * columns,
                        columns,
                        next);
                row += count;
            }
            j += width;
        }
    }
}
