package dev.lowland.core.kernel.scalar;

/** The loops of {@link dev.lowland.core.kernel.contract.PowerKernels}. */
public final class ScalarPowers {
    private ScalarPowers() {}

    static void rsqrt(int n, double[] x, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = 1 / Math.sqrt(x[i]);
        }
    }

    static void power(int n, int exponent, double[] x, double[] out) {
        long size = Math.abs((long) exponent);
        for (int i = 0; i < n; i++) {
            double positive = power(x[i], size);
            out[i] = exponent < 0 ? 1 / positive : positive;
        }
    }

    private static double power(double x, long exponent) {
        double result = 1;
        double square = x;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }
}
