package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.SumOrder;

/**
 * Matrix products in plain Java: a block of 4 × 4 results in local variables, one fused multiply-add a term, in the
 * order of {@link SumOrder}.
 *
 * <p>The four forms share one block kernel that reads each operand through two strides.
 */
public final class ScalarMatrix {
    private ScalarMatrix() {}

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
        int aRow = form.leftTransposed() ? 1 : inner;
        int aStep = form.leftTransposed() ? rows : 1;
        int bStep = form.rightTransposed() ? 1 : columns;
        int bColumn = form.rightTransposed() ? inner : 1;
        if (inner == 1) {
            for (int i = 0; i < rows; i++) {
                outer(add, columns, a[aOffset + i], b, bOffset, c, cOffset + i * columns);
            }
            return;
        }
        if (SumOrder.isPartial(form, rows, columns, inner)) {
            for (int e = 0; e < rows * columns; e++) {
                int aStart = aOffset + e / columns * aRow;
                int bStart = bOffset + e % columns * bColumn;
                double sum = ScalarPartialSums.sum(inner, a, aStart, b, bStart);
                c[cOffset + e] = add ? c[cOffset + e] + sum : sum;
            }
            return;
        }
        int k = 0;
        do {
            int depth = SumOrder.depth(inner - k);
            int aStart = aOffset + k * aStep;
            int bStart = bOffset + k * bStep;
            blocks(add || k > 0, rows, columns, depth, a, aStart, aRow, aStep, b, bStart, bStep, bColumn, c, cOffset);
            k += depth;
        } while (k < inner);
    }

    /** The product over a block of the inner axis. */
    private static void blocks(
            boolean add,
            int rows,
            int columns,
            int inner,
            double[] a,
            int aOffset,
            int aRow,
            int aStep,
            double[] b,
            int bOffset,
            int bStep,
            int bColumn,
            double[] c,
            int cOffset) {
        int blockRows = rows & ~3;
        int blockColumns = columns & ~3;
        for (int j = 0; j < blockColumns; j += 4) {
            int bStart = bOffset + j * bColumn;
            for (int i = 0; i < blockRows; i += 4) {
                int cStart = cOffset + i * columns + j;
                block(add, inner, a, aOffset + i * aRow, aRow, aStep, b, bStart, bStep, bColumn, c, cStart, columns, 1);
            }
        }
        for (int i = blockRows; i < rows; i++) {
            int aStart = aOffset + i * aRow;
            strips(add, columns, inner, a, aStart, aStep, b, bOffset, bColumn, bStep, c, cOffset + i * columns, 1);
        }
        for (int j = blockColumns; j < columns; j++) {
            int bStart = bOffset + j * bColumn;
            strips(add, blockRows, inner, b, bStart, bStep, a, aOffset, aRow, aStep, c, cOffset + j, columns);
        }
    }

    /** A row of products, each a sum of one term. */
    private static void outer(boolean add, int n, double factor, double[] x, int xStart, double[] c, int cStart) {
        if (add) {
            for (int j = 0; j < n; j++) {
                c[cStart + j] += Math.fma(factor, x[xStart + j], 0.0);
            }
        } else {
            for (int j = 0; j < n; j++) {
                c[cStart + j] = Math.fma(factor, x[xStart + j], 0.0);
            }
        }
    }

    /** One line x against so many lines y, yLine apart: the results are cStep apart. */
    static void strips(
            boolean add,
            int lines,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yLine,
            int yStep,
            double[] c,
            int cStart,
            int cStep) {
        int j = 0;
        for (; j + 8 <= lines; j += 8) {
            strip8(add, inner, x, xStart, xStep, y, yStart + j * yLine, yLine, yStep, c, cStart + j * cStep, cStep);
        }
        for (; j + 4 <= lines; j += 4) {
            strip4(add, inner, x, xStart, xStep, y, yStart + j * yLine, yLine, yStep, c, cStart + j * cStep, cStep);
        }
        for (; j < lines; j++) {
            single(add, inner, x, xStart, xStep, y, yStart + j * yLine, yStep, c, cStart + j * cStep);
        }
    }

    /** A block of 4 × 4: entries of a row of C are cColumn apart. */
    static void block(
            boolean add,
            int inner,
            double[] a,
            int aStart,
            int aRow,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            int bColumn,
            double[] c,
            int cStart,
            int cRow,
            int cColumn) {
        double c00 = 0, c01 = 0, c02 = 0, c03 = 0;
        double c10 = 0, c11 = 0, c12 = 0, c13 = 0;
        double c20 = 0, c21 = 0, c22 = 0, c23 = 0;
        double c30 = 0, c31 = 0, c32 = 0, c33 = 0;
        int a0 = aStart;
        int b0 = bStart;
        for (int k = 0; k < inner; k++) {
            double y0 = b[b0];
            double y1 = b[b0 + bColumn];
            double y2 = b[b0 + 2 * bColumn];
            double y3 = b[b0 + 3 * bColumn];
            double x0 = a[a0];
            c00 = Math.fma(x0, y0, c00);
            c01 = Math.fma(x0, y1, c01);
            c02 = Math.fma(x0, y2, c02);
            c03 = Math.fma(x0, y3, c03);
            double x1 = a[a0 + aRow];
            c10 = Math.fma(x1, y0, c10);
            c11 = Math.fma(x1, y1, c11);
            c12 = Math.fma(x1, y2, c12);
            c13 = Math.fma(x1, y3, c13);
            double x2 = a[a0 + 2 * aRow];
            c20 = Math.fma(x2, y0, c20);
            c21 = Math.fma(x2, y1, c21);
            c22 = Math.fma(x2, y2, c22);
            c23 = Math.fma(x2, y3, c23);
            double x3 = a[a0 + 3 * aRow];
            c30 = Math.fma(x3, y0, c30);
            c31 = Math.fma(x3, y1, c31);
            c32 = Math.fma(x3, y2, c32);
            c33 = Math.fma(x3, y3, c33);
            a0 += aStep;
            b0 += bStep;
        }
        store(add, c00, c01, c02, c03, c, cStart, cColumn);
        store(add, c10, c11, c12, c13, c, cStart + cRow, cColumn);
        store(add, c20, c21, c22, c23, c, cStart + 2 * cRow, cColumn);
        store(add, c30, c31, c32, c33, c, cStart + 3 * cRow, cColumn);
    }

    /** Eight lines, as many sums as it takes to hide how long one addition takes. */
    private static void strip8(
            boolean add,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yLine,
            int yStep,
            double[] c,
            int cStart,
            int cStep) {
        double c0 = 0, c1 = 0, c2 = 0, c3 = 0;
        double c4 = 0, c5 = 0, c6 = 0, c7 = 0;
        int x0 = xStart;
        int y0 = yStart;
        for (int k = 0; k < inner; k++) {
            double factor = x[x0];
            c0 = Math.fma(factor, y[y0], c0);
            c1 = Math.fma(factor, y[y0 + yLine], c1);
            c2 = Math.fma(factor, y[y0 + 2 * yLine], c2);
            c3 = Math.fma(factor, y[y0 + 3 * yLine], c3);
            c4 = Math.fma(factor, y[y0 + 4 * yLine], c4);
            c5 = Math.fma(factor, y[y0 + 5 * yLine], c5);
            c6 = Math.fma(factor, y[y0 + 6 * yLine], c6);
            c7 = Math.fma(factor, y[y0 + 7 * yLine], c7);
            x0 += xStep;
            y0 += yStep;
        }
        store(add, c0, c1, c2, c3, c, cStart, cStep);
        store(add, c4, c5, c6, c7, c, cStart + 4 * cStep, cStep);
    }

    private static void strip4(
            boolean add,
            int inner,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yLine,
            int yStep,
            double[] c,
            int cStart,
            int cStep) {
        double c0 = 0, c1 = 0, c2 = 0, c3 = 0;
        int x0 = xStart;
        int y0 = yStart;
        for (int k = 0; k < inner; k++) {
            double factor = x[x0];
            c0 = Math.fma(factor, y[y0], c0);
            c1 = Math.fma(factor, y[y0 + yLine], c1);
            c2 = Math.fma(factor, y[y0 + 2 * yLine], c2);
            c3 = Math.fma(factor, y[y0 + 3 * yLine], c3);
            x0 += xStep;
            y0 += yStep;
        }
        store(add, c0, c1, c2, c3, c, cStart, cStep);
    }

    private static void single(
            boolean add,
            int inner,
            double[] a,
            int aStart,
            int aStep,
            double[] b,
            int bStart,
            int bStep,
            double[] c,
            int cStart) {
        double sum = 0;
        int a0 = aStart;
        int b0 = bStart;
        for (int k = 0; k < inner; k++) {
            sum = Math.fma(a[a0], b[b0], sum);
            a0 += aStep;
            b0 += bStep;
        }
        c[cStart] = add ? c[cStart] + sum : sum;
    }

    private static void store(
            boolean add, double c0, double c1, double c2, double c3, double[] c, int cStart, int cStep) {
        if (add) {
            c[cStart] += c0;
            c[cStart + cStep] += c1;
            c[cStart + 2 * cStep] += c2;
            c[cStart + 3 * cStep] += c3;
        } else {
            c[cStart] = c0;
            c[cStart + cStep] = c1;
            c[cStart + 2 * cStep] = c2;
            c[cStart + 3 * cStep] = c3;
        }
    }
}
