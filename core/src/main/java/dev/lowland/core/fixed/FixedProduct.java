package dev.lowland.core.fixed;

import dev.lowland.core.fixed.Pen.At;
import java.util.Arrays;

/**
 * C = op(A)·op(B), or C += op(A)·op(B), of small matrices: what {@code MatrixKernels.multiply} computes where
 * {@code SumOrder} has one block. Each entry is summed in increasing k from +0 by fused multiply-adds.
 *
 * <p>Vectors lie along the rows of C, or along a C of one column; a few rows times a few vectors are summed in
 * registers. Where neither operand lies so, or C is narrower than a vector, it is written in plain doubles.
 */
public final class FixedProduct extends FixedLoop {

    /** The most fused multiply-adds of a product that is written in doubles. */
    private static final int MOST_SCALAR = 256;

    /** The most fused multiply-adds of a product: above, sizes cost little beside the work. */
    private static final int MOST = 20_000;

    /** Sums that are held at a time: with wide vectors there are twice as many registers. */
    private static final int SUMS_OF_WIDE = 9;

    private static final int C = 2;

    private final boolean add;
    private final int rows;
    private final int columns;
    private final int inner;
    private final boolean swapped;
    private final int aOffset;
    private final int aRow;
    private final int aStep;
    private final int bOffset;
    private final int bStep;
    private final int bColumn;
    private final int cOffset;

    /**
     * A product of row-major matrices.
     *
     * @param leftTransposed whether A is stored transposed
     * @param rightTransposed whether B is stored transposed
     * @param add whether the product is added to C instead of replacing it
     * @param rows rows of op(A) and C
     * @param columns columns of op(B) and C
     * @param inner columns of op(A), rows of op(B): few enough to be summed in one block
     * @param aOffset first entry of A
     * @param bOffset first entry of B
     * @param cOffset first entry of C
     */
    public FixedProduct(
            boolean leftTransposed,
            boolean rightTransposed,
            boolean add,
            int rows,
            int columns,
            int inner,
            int aOffset,
            int bOffset,
            int cOffset) {
        this.add = add;
        this.inner = inner;
        this.cOffset = cOffset;
        int left = leftTransposed ? 1 : inner;
        int leftStep = leftTransposed ? rows : 1;
        int rightStep = rightTransposed ? 1 : columns;
        int right = rightTransposed ? inner : 1;
        // A column is the transpose of a row, and the factors of a term may be exchanged.
        this.swapped = columns == 1 && rows > 1;
        this.rows = swapped ? 1 : rows;
        this.columns = swapped ? rows : columns;
        this.aOffset = swapped ? bOffset : aOffset;
        this.aRow = swapped ? right : left;
        this.aStep = swapped ? rightStep : leftStep;
        this.bOffset = swapped ? aOffset : bOffset;
        this.bStep = swapped ? leftStep : rightStep;
        this.bColumn = swapped ? left : right;
    }

    @Override
    public int arrays() {
        return 3;
    }

    private boolean vectors(int width) {
        return width > 1 && bColumn == 1 && columns >= width;
    }

    @Override
    boolean suits(int width) {
        long terms = (long) rows * columns * inner;
        return terms > 0 && terms <= (vectors(width) ? MOST : MOST_SCALAR);
    }

    @Override
    void write(Pen pen) {
        if (!vectors(pen.width())) {
            writeScalar(pen.scalar());
            return;
        }
        int[] starts = starts(columns, pen.width());
        int most = pen.width() == 8 ? 4 : 3;
        for (int v = 0; v < starts.length; ) {
            int left = starts.length - v;
            // The last two vectors may overlap, and then belong to one panel: both are read before either is written.
            int count = left > most ? Math.min(most, left - 2) : left;
            panel(pen, Arrays.copyOfRange(starts, v, v + count));
            v += count;
        }
    }

    /** Some vectors of columns, all rows. */
    private void panel(Pen pen, int[] starts) {
        int tile = Math.max(1, Math.min(rows, (pen.width() == 8 ? SUMS_OF_WIDE : HELD) / starts.length));
        int tiles = rows / tile;
        boolean straight = rows * inner * starts.length <= STRAIGHT;
        int turns = straight ? 1 : tiles;
        int[] strides = {tile * aRow, tile * columns};
        pen.loop(turns, new At[] {Pen.at(aOffset), Pen.at(cOffset)}, strides, at -> {
            for (int t = 0; t < tiles / turns; t++) {
                tile(pen, tile, starts, at[0].plus(t * strides[0]), at[1].plus(t * strides[1]));
            }
        });
        int rest = rows - tiles * tile;
        if (rest > 0) {
            int row = tiles * tile;
            tile(pen, rest, starts, Pen.at(aOffset + row * aRow), Pen.at(cOffset + row * columns));
        }
    }

    private void tile(Pen pen, int height, int[] starts, At a, At c) {
        int[] sums = pen.take(height * starts.length);
        for (int sum : sums) {
            pen.constant(0, sum);
        }
        int[] right = pen.take(starts.length);
        int left = pen.take();
        int turns = inner * height * starts.length <= STRAIGHT ? 1 : inner;
        int arrayA = swapped ? 1 : 0;
        pen.loop(turns, new At[] {a, Pen.at(bOffset)}, new int[] {aStep, bStep}, at -> {
            for (int k = 0; k < inner / turns; k++) {
                for (int v = 0; v < starts.length; v++) {
                    pen.load(1 - arrayA, at[1].plus(k * bStep + starts[v]), right[v]);
                }
                for (int i = 0; i < height; i++) {
                    pen.spread(arrayA, at[0].plus(k * aStep + i * aRow), left);
                    for (int v = 0; v < starts.length; v++) {
                        pen.fma(left, right[v], sums[i * starts.length + v]);
                    }
                }
            }
        });
        if (add) {
            int before = pen.take();
            for (int i = 0; i < height; i++) {
                for (int v = 0; v < starts.length; v++) {
                    int sum = sums[i * starts.length + v];
                    pen.load(C, c.plus(i * columns + starts[v]), before);
                    pen.add(before, sum, sum);
                }
            }
        }
        for (int i = 0; i < height; i++) {
            for (int v = 0; v < starts.length; v++) {
                pen.store(sums[i * starts.length + v], C, c.plus(i * columns + starts[v]));
            }
        }
    }

    private void writeScalar(Pen pen) {
        int x = pen.take();
        int y = pen.take();
        int sum = pen.take();
        int arrayA = swapped ? 1 : 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                At c = Pen.at(cOffset + i * columns + j);
                pen.constant(0, sum);
                for (int k = 0; k < inner; k++) {
                    pen.load(arrayA, Pen.at(aOffset + i * aRow + k * aStep), x);
                    pen.load(1 - arrayA, Pen.at(bOffset + k * bStep + j * bColumn), y);
                    pen.fma(x, y, sum);
                }
                if (add) {
                    pen.load(C, c, x);
                    pen.add(x, sum, sum);
                }
                pen.store(sum, C, c);
            }
        }
    }
}
