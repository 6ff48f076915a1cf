package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.MatrixForm;

/**
 * Matrix products in plain Java: a block of 4 × 4 results in local variables, one multiplication and one addition a
 * term.
 *
 * <p>The four forms share one block kernel that reads each operand through two strides. Every result is summed over the
 * whole inner axis in increasing k, from +0, and then stored or added; so a single product, a product with one lane and
 * any split of the rows or columns have the same bits.
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
        int blockRows = rows & ~3;
        int blockColumns = columns & ~3;
        for (int j = 0; j < blockColumns; j += 4) {
            int bStart = bOffset + j * bColumn;
            for (int i = 0; i < blockRows; i += 4) {
                int cStart = cOffset + i * columns + j;
                block(add, inner, a, aOffset + i * aRow, aRow, aStep, b, bStart, bStep, bColumn, c, cStart, columns, 1);
            }
            for (int i = blockRows; i < rows; i++) {
                int cStart = cOffset + i * columns + j;
                strip(add, inner, a, aOffset + i * aRow, aStep, b, bStart, bColumn, bStep, c, cStart, 1);
            }
        }
        for (int j = blockColumns; j < columns; j++) {
            int bStart = bOffset + j * bColumn;
            for (int i = 0; i < blockRows; i += 4) {
                int cStart = cOffset + i * columns + j;
                strip(add, inner, b, bStart, bStep, a, aOffset + i * aRow, aRow, aStep, c, cStart, columns);
            }
            for (int i = blockRows; i < rows; i++) {
                single(add, inner, a, aOffset + i * aRow, aStep, b, bStart, bStep, c, cOffset + i * columns + j);
            }
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
            c00 += x0 * y0;
            c01 += x0 * y1;
            c02 += x0 * y2;
            c03 += x0 * y3;
            double x1 = a[a0 + aRow];
            c10 += x1 * y0;
            c11 += x1 * y1;
            c12 += x1 * y2;
            c13 += x1 * y3;
            double x2 = a[a0 + 2 * aRow];
            c20 += x2 * y0;
            c21 += x2 * y1;
            c22 += x2 * y2;
            c23 += x2 * y3;
            double x3 = a[a0 + 3 * aRow];
            c30 += x3 * y0;
            c31 += x3 * y1;
            c32 += x3 * y2;
            c33 += x3 * y3;
            a0 += aStep;
            b0 += bStep;
        }
        store(add, c00, c01, c02, c03, c, cStart, cColumn);
        store(add, c10, c11, c12, c13, c, cStart + cRow, cColumn);
        store(add, c20, c21, c22, c23, c, cStart + 2 * cRow, cColumn);
        store(add, c30, c31, c32, c33, c, cStart + 3 * cRow, cColumn);
    }

    /** One line x against four lines y, y + yLine, … : four results, cStep apart. */
    static void strip(
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
            c0 += factor * y[y0];
            c1 += factor * y[y0 + yLine];
            c2 += factor * y[y0 + 2 * yLine];
            c3 += factor * y[y0 + 3 * yLine];
            x0 += xStep;
            y0 += yStep;
        }
        store(add, c0, c1, c2, c3, c, cStart, cStep);
    }

    static void single(
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
            sum += a[a0] * b[b0];
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
