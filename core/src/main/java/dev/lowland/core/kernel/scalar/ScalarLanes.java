package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.MatrixForm;

/**
 * Matrix products of many lanes at once in plain Java. The lanes of an entry lie side by side, so the innermost loops
 * walk along lanes, where the compiler vectorises them.
 */
public final class ScalarLanes {
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
        for (int i = 0; i < rows; i++) {
            int aStart = aOffset + i * aRow;
            for (int j = 0; j < columns; j++) {
                int bStart = bOffset + j * bColumn;
                int cStart = cOffset + (i * columns + j) * lanes;
                if (add) {
                    addEntry(inner, lanes, a, aStart, aStep, aLane, b, bStart, bStep, bLane, c, cStart);
                } else if (aShared && bShared) {
                    setShared(inner, lanes, a, aStart, aStep, b, bStart, bStep, c, cStart);
                } else if (aShared) {
                    setScaled(inner, lanes, a, aStart, aStep, b, bStart, bStep, c, cStart);
                } else if (bShared) {
                    setScaled(inner, lanes, b, bStart, bStep, a, aStart, aStep, c, cStart);
                } else {
                    setLaned(inner, lanes, a, aStart, aStep, b, bStart, bStep, c, cStart);
                }
            }
        }
    }

    private static void setLaned(
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
        clear(lanes, c, cStart);
        int a0 = aStart;
        int b0 = bStart;
        for (int k = 0; k < inner; k++) {
            for (int l = 0; l < lanes; l++) {
                c[cStart + l] += a[a0 + l] * b[b0 + l];
            }
            a0 += aStep;
            b0 += bStep;
        }
    }

    /** The entries of x are shared by all lanes, those of y are not. */
    private static void setScaled(
            int inner,
            int lanes,
            double[] x,
            int xStart,
            int xStep,
            double[] y,
            int yStart,
            int yStep,
            double[] c,
            int cStart) {
        clear(lanes, c, cStart);
        int x0 = xStart;
        int y0 = yStart;
        for (int k = 0; k < inner; k++) {
            double factor = x[x0];
            for (int l = 0; l < lanes; l++) {
                c[cStart + l] += factor * y[y0 + l];
            }
            x0 += xStep;
            y0 += yStep;
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

    /** Adding needs the whole sum before it meets C, so each lane is summed in a local variable. */
    private static void addEntry(
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
        int blockLanes = lanes & ~3;
        for (int l = 0; l < blockLanes; l += 4) {
            double c0 = 0, c1 = 0, c2 = 0, c3 = 0;
            int a0 = aStart + l * aLane;
            int b0 = bStart + l * bLane;
            for (int k = 0; k < inner; k++) {
                c0 += a[a0] * b[b0];
                c1 += a[a0 + aLane] * b[b0 + bLane];
                c2 += a[a0 + 2 * aLane] * b[b0 + 2 * bLane];
                c3 += a[a0 + 3 * aLane] * b[b0 + 3 * bLane];
                a0 += aStep;
                b0 += bStep;
            }
            c[cStart + l] += c0;
            c[cStart + l + 1] += c1;
            c[cStart + l + 2] += c2;
            c[cStart + l + 3] += c3;
        }
        for (int l = blockLanes; l < lanes; l++) {
            c[cStart + l] += laneSum(inner, a, aStart + l * aLane, aStep, b, bStart + l * bLane, bStep);
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

    private static void clear(int n, double[] c, int cStart) {
        for (int l = 0; l < n; l++) {
            c[cStart + l] = 0;
        }
    }
}
