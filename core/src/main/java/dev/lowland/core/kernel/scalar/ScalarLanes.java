package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.SumOrder;
import java.util.Arrays;

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
        int aLane = aShared ? 0 : 1;
        int bLane = bShared ? 0 : 1;
        boolean partial = SumOrder.isPartial(form, rows, columns, inner);
        if (partial || (aShared && bShared && !add)) {
            for (int e = 0; e < rows * columns; e++) {
                int aStart = aOffset + e / columns * aRow;
                int bStart = bOffset + e % columns * bColumn;
                int cStart = cOffset + e * lanes;
                if (aShared && bShared && !add) {
                    double sum = sum(partial, inner, a, aStart, aStep, b, bStart, bStep);
                    Arrays.fill(c, cStart, cStart + lanes, sum);
                } else {
                    lines(add, inner, lanes, a, aStart, aStep, aLane, b, bStart, bStep, bLane, c, cStart);
                }
            }
            return;
        }
        int k = 0;
        do {
            int depth = SumOrder.depth(inner - k);
            int aStart = aOffset + k * aStep;
            int bStart = bOffset + k * bStep;
            for (int l = 0; l < lanes; l += LINE) {
                multiplyLine(
                        add || k > 0,
                        rows,
                        columns,
                        depth,
                        Math.min(LINE, lanes - l),
                        a,
                        aStart + l * aLane,
                        aRow,
                        aStep,
                        aLane,
                        b,
                        bStart + l * bLane,
                        bStep,
                        bColumn,
                        bLane,
                        c,
                        cOffset + l,
                        lanes);
            }
            k += depth;
        } while (k < inner);
    }

    /** An entry of C in partial sums, lane by lane. */
    public static void lines(
            boolean add,
            int inner,
            int lanes,
            double[] a,
            int aStart,
            int aStep,
            int aLane,
            double[] b,
            int bStart,
            int bStep,
            int bLane,
            double[] c,
            int cStart) {
        for (int l = 0; l < lanes; l++) {
            double sum = ScalarPartialSums.sum(inner, a, aStart + l * aLane, aStep, b, bStart + l * bLane, bStep);
            c[cStart + l] = add ? c[cStart + l] + sum : sum;
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
            for (int i = 0; i < blockRows; i += 4) {
                int aStart = aOffset + i * aRow;
                int bStart = bOffset + j * bColumn;
                int cStart = cOffset + i * cRow + j * cEntry;
                for (int l = 0; l < lanes; l++) {
                    ScalarMatrix.block(
                            add, inner, a, aStart, aRow, aStep, b, bStart, bStep, bColumn, c, cStart, cRow, cEntry);
                    aStart += aLane;
                    bStart += bLane;
                    cStart++;
                }
            }
        }
        for (int i = blockRows; i < rows; i++) {
            int aStart = aOffset + i * aRow;
            int cStart = cOffset + i * cRow;
            strips(
                    add, columns, inner, lanes, a, aStart, aStep, aLane, b, bOffset, bColumn, bStep, bLane, c, cStart,
                    cEntry);
        }
        for (int j = blockColumns; j < columns; j++) {
            int bStart = bOffset + j * bColumn;
            int cStart = cOffset + j * cEntry;
            strips(
                    add, blockRows, inner, lanes, b, bStart, bStep, bLane, a, aOffset, aRow, aStep, aLane, c, cStart,
                    cRow);
        }
    }

    /** One line x against so many lines y, yLine apart; four of them for all lanes before the next four. */
    private static void strips(
            boolean add,
            int lines,
            int inner,
            int lanes,
            double[] x,
            int xStart,
            int xStep,
            int xLane,
            double[] y,
            int yStart,
            int yLine,
            int yStep,
            int yLane,
            double[] c,
            int cStart,
            int cStep) {
        for (int j = 0; j < lines; j += 4) {
            int count = Math.min(4, lines - j);
            int p = xStart;
            int q = yStart + j * yLine;
            int t = cStart + j * cStep;
            for (int l = 0; l < lanes; l++) {
                ScalarMatrix.strips(add, count, inner, x, p, xStep, y, q, yLine, yStep, c, t, cStep);
                p += xLane;
                q += yLane;
                t++;
            }
        }
    }

    /** An entry of C of which all lanes share both lines. */
    private static double sum(
            boolean partial, int inner, double[] a, int aStart, int aStep, double[] b, int bStart, int bStep) {
        if (partial) {
            return ScalarPartialSums.sum(inner, a, aStart, aStep, b, bStart, bStep);
        }
        int depth = SumOrder.depth(inner);
        double sum = laneSum(depth, a, aStart, aStep, b, bStart, bStep);
        for (int k = depth; k < inner; k += depth) {
            depth = SumOrder.depth(inner - k);
            sum += laneSum(depth, a, aStart + k * aStep, aStep, b, bStart + k * bStep, bStep);
        }
        return sum;
    }

    /** Σ_k a[aStart + k·aStep] b[bStart + k·bStep] over one block, in increasing k, from +0. */
    public static double laneSum(int depth, double[] a, int aStart, int aStep, double[] b, int bStart, int bStep) {
        return ScalarPartialSums.rest(0, depth, a, aStart, aStep, b, bStart, bStep);
    }
}
