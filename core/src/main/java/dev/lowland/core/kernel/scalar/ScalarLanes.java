package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.MatrixForm;

/**
 * Matrix products of many lanes at once in plain Java: the blocks of {@link ScalarMatrix}, each for the lanes of a
 * cache line before the next block. The compiler does not make vectors of loops along lanes that read two arrays and
 * add to a third, and a sum that stays in a register costs two loads a term less.
 */
public final class ScalarLanes {

    /** Lanes of an entry that lie in one cache line, if it begins there. */
    private static final int LINE = 8;

    private ScalarLanes() {}

    public static void multiply(
            MatrixForm form,
            boolean add,
            int rows,
            int columns,
            int inner,
            int lanes,
            double[] a,
            int aOffset,
            boolean aShared,
            double[] b,
            int bOffset,
            boolean bShared,
            double[] c,
            int cOffset) {
        int aEntry = aShared ? 1 : lanes;
        int bEntry = bShared ? 1 : lanes;
        int aRow = (form.leftTransposed() ? 1 : inner) * aEntry;
        int aStep = (form.leftTransposed() ? rows : 1) * aEntry;
        int bStep = (form.rightTransposed() ? 1 : columns) * bEntry;
        int bColumn = (form.rightTransposed() ? inner : 1) * bEntry;
        if (aShared && bShared && !add) {
            for (int e = 0; e < rows * columns; e++) {
                int aStart = aOffset + e / columns * aRow;
                int bStart = bOffset + e % columns * bColumn;
                setShared(inner, lanes, a, aStart, aStep, b, bStart, bStep, c, cOffset + e * lanes);
            }
            return;
        }
        int aLane = aShared ? 0 : 1;
        int bLane = bShared ? 0 : 1;
        for (int l = 0; l < lanes; l += LINE) {
            multiplyLine(
                    add,
                    rows,
                    columns,
                    inner,
                    Math.min(LINE, lanes - l),
                    a,
                    aOffset + l * aLane,
                    aRow,
                    aStep,
                    aLane,
                    b,
                    bOffset + l * bLane,
                    bStep,
                    bColumn,
                    bLane,
                    c,
                    cOffset + l,
                    lanes);
        }
    }

    /**
     * The product for some neighbouring lanes, with strides: of A from row to row, from term to term and from lane to
     * lane, of B from term to term, from column to column and from lane to lane. Entries of C are {@code cEntry} apart,
     * its lanes 1.
     */
    private static void multiplyLine(
            boolean add,
            int rows,
            int columns,
            int inner,
            int lanes,
            double[] a,
            int aOffset,
            int aRow,
            int aStep,
            int aLane,
            double[] b,
            int bOffset,
            int bStep,
            int bColumn,
            int bLane,
            double[] c,
            int cOffset,
            int cEntry) {
        int blockRows = rows & ~3;
        int blockColumns = columns & ~3;
        int cRow = columns * cEntry;
        for (int j = 0; j < blockColumns; j += 4) {
            for (int i = 0; i < rows; i += i < blockRows ? 4 : 1) {
                int aStart = aOffset + i * aRow;
                int bStart = bOffset + j * bColumn;
                int cStart = cOffset + i * cRow + j * cEntry;
                for (int l = 0; l < lanes; l++) {
                    if (i < blockRows) {
                        ScalarMatrix.block(
                                add, inner, a, aStart, aRow, aStep, b, bStart, bStep, bColumn, c, cStart, cRow, cEntry);
                    } else {
                        ScalarMatrix.strip(add, inner, a, aStart, aStep, b, bStart, bColumn, bStep, c, cStart, cEntry);
                    }
                    aStart += aLane;
                    bStart += bLane;
                    cStart++;
                }
            }
        }
        for (int j = blockColumns; j < columns; j++) {
            for (int i = 0; i < rows; i += i < blockRows ? 4 : 1) {
                int aStart = aOffset + i * aRow;
                int bStart = bOffset + j * bColumn;
                int cStart = cOffset + i * cRow + j * cEntry;
                for (int l = 0; l < lanes; l++) {
                    if (i < blockRows) {
                        ScalarMatrix.strip(add, inner, b, bStart, bStep, a, aStart, aRow, aStep, c, cStart, cRow);
                    } else {
                        ScalarMatrix.single(add, inner, a, aStart, aStep, b, bStart, bStep, c, cStart);
                    }
                    aStart += aLane;
                    bStart += bLane;
                    cStart++;
                }
            }
        }
    }

    private static void setShared(
            int inner,
            int lanes,
            double[] a,
            int aStart,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            double[] c,
            int cStart) {
        double sum = laneSum(inner, a, aStart, aStep, b, bStart, bStep);
        for (int l = 0; l < lanes; l++) {
            c[cStart + l] = sum;
        }
    }

    /** Σ_k a[aStart + k·aStep] b[bStart + k·bStep] in increasing k, from +0. */
    public static double laneSum(int inner, double[] a, int aStart, int aStep, double[] b, int bStart, int bStep) {
        double sum = 0;
        int a0 = aStart;
        int b0 = bStart;
        for (int k = 0; k < inner; k++) {
            sum += a[a0] * b[b0];
            a0 += aStep;
            b0 += bStep;
        }
        return sum;
    }
}
