package dev.lowland.core.kernel.scalar;

/**
 * Inner products of lines in the partial sums of {@link dev.lowland.core.kernel.contract.SumOrder}, each term a fused
 * multiply-add.
 */
public final class ScalarPartialSums {
    private ScalarPartialSums() {}

    /** Σ_k x[xStart + k] y[yStart + k] over k in [0, inner). */
    public static double sum(int inner, double[] x, int xStart, double[] y, int yStart) {
        double p0 = 0, p1 = 0, p2 = 0, p3 = 0;
        double p4 = 0, p5 = 0, p6 = 0, p7 = 0;
        int block = inner & ~7;
        for (int k = 0; k < block; k += 8) {
            int p = xStart + k;
            int q = yStart + k;
            p0 = Math.fma(x[p], y[q], p0);
            p1 = Math.fma(x[p + 1], y[q + 1], p1);
            p2 = Math.fma(x[p + 2], y[q + 2], p2);
            p3 = Math.fma(x[p + 3], y[q + 3], p3);
            p4 = Math.fma(x[p + 4], y[q + 4], p4);
            p5 = Math.fma(x[p + 5], y[q + 5], p5);
            p6 = Math.fma(x[p + 6], y[q + 6], p6);
            p7 = Math.fma(x[p + 7], y[q + 7], p7);
        }
        double total = ScalarReductions.combine(p0, p1, p2, p3, p4, p5, p6, p7);
        return rest(total, inner - block, x, xStart + block, 1, y, yStart + block, 1);
    }

    /** The same for terms that lie apart: Σ_k x[xStart + k·xStep] y[yStart + k·yStep]. */
    static double sum(int inner, double[] x, int xStart, int xStep, double[] y, int yStart, int yStep) {
        double p0 = 0, p1 = 0, p2 = 0, p3 = 0;
        double p4 = 0, p5 = 0, p6 = 0, p7 = 0;
        int block = inner & ~7;
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < block; k += 8) {
            p0 = Math.fma(x[p], y[q], p0);
            p1 = Math.fma(x[p + xStep], y[q + yStep], p1);
            p2 = Math.fma(x[p + 2 * xStep], y[q + 2 * yStep], p2);
            p3 = Math.fma(x[p + 3 * xStep], y[q + 3 * yStep], p3);
            p4 = Math.fma(x[p + 4 * xStep], y[q + 4 * yStep], p4);
            p5 = Math.fma(x[p + 5 * xStep], y[q + 5 * yStep], p5);
            p6 = Math.fma(x[p + 6 * xStep], y[q + 6 * yStep], p6);
            p7 = Math.fma(x[p + 7 * xStep], y[q + 7 * yStep], p7);
            p += 8 * xStep;
            q += 8 * yStep;
        }
        double total = ScalarReductions.combine(p0, p1, p2, p3, p4, p5, p6, p7);
        return rest(total, inner - block, x, p, xStep, y, q, yStep);
    }

    /** The terms that are left over, added to a total one after the other. */
    public static double rest(
            double total, int count, double[] x, int xStart, int xStep, double[] y, int yStart, int yStep) {
        double sum = total;
        int p = xStart;
        int q = yStart;
        for (int k = 0; k < count; k++) {
            sum = Math.fma(x[p], y[q], sum);
            p += xStep;
            q += yStep;
        }
        return sum;
    }
}
