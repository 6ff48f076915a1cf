package dev.lowland.core.kernel.scalar;

/**
 * Sums in the order of {@link dev.lowland.core.kernel.contract.ReductionKernels}, in plain Java: eight partial sums in
 * local variables.
 */
public final class ScalarReductions {
    private ScalarReductions() {}

    public static double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        double p0 = 0, p1 = 0, p2 = 0, p3 = 0, p4 = 0, p5 = 0, p6 = 0, p7 = 0;
        int block = n & ~7;
        for (int i = 0; i < block; i += 8) {
            int s = xOffset + i;
            int t = yOffset + i;
            p0 += x[s] * y[t];
            p1 += x[s + 1] * y[t + 1];
            p2 += x[s + 2] * y[t + 2];
            p3 += x[s + 3] * y[t + 3];
            p4 += x[s + 4] * y[t + 4];
            p5 += x[s + 5] * y[t + 5];
            p6 += x[s + 6] * y[t + 6];
            p7 += x[s + 7] * y[t + 7];
        }
        double total = combine(p0, p1, p2, p3, p4, p5, p6, p7);
        for (int i = block; i < n; i++) {
            total += x[xOffset + i] * y[yOffset + i];
        }
        return total;
    }

    public static double sum(int n, double[] x, int xOffset) {
        return sum(n, x, xOffset, 1);
    }

    /** The same order for terms that lie {@code xStride} apart. */
    public static double sum(int n, double[] x, int xOffset, int xStride) {
        double p0 = 0, p1 = 0, p2 = 0, p3 = 0, p4 = 0, p5 = 0, p6 = 0, p7 = 0;
        int block = n & ~7;
        int s = xOffset;
        for (int i = 0; i < block; i += 8) {
            p0 += x[s];
            p1 += x[s + xStride];
            p2 += x[s + 2 * xStride];
            p3 += x[s + 3 * xStride];
            p4 += x[s + 4 * xStride];
            p5 += x[s + 5 * xStride];
            p6 += x[s + 6 * xStride];
            p7 += x[s + 7 * xStride];
            s += 8 * xStride;
        }
        double total = combine(p0, p1, p2, p3, p4, p5, p6, p7);
        for (int i = block; i < n; i++) {
            total += x[s];
            s += xStride;
        }
        return total;
    }

    /** The one place that knows how the eight partial sums meet. */
    public static double combine(
            double p0, double p1, double p2, double p3, double p4, double p5, double p6, double p7) {
        return ((p0 + p4) + (p2 + p6)) + ((p1 + p5) + (p3 + p7));
    }

    public static void sumMiddle(int outer, int n, int inner, double[] x, double[] out) {
        if (inner == 1) {
            for (int o = 0; o < outer; o++) {
                out[o] = sum(n, x, o * n);
            }
            return;
        }
        for (int o = 0; o < outer; o++) {
            int target = o * inner;
            for (int i = 0; i < inner; i++) {
                out[target + i] = 0;
            }
            for (int k = 0; k < n; k++) {
                int source = (o * n + k) * inner;
                for (int i = 0; i < inner; i++) {
                    out[target + i] += x[source + i];
                }
            }
        }
    }

    static void sumLanes(int outer, int n, int lanes, double[] x, double[] out) {
        for (int o = 0; o < outer; o++) {
            for (int l = 0; l < lanes; l++) {
                out[o * lanes + l] = sum(n, x, o * n * lanes + l, lanes);
            }
        }
    }
}
