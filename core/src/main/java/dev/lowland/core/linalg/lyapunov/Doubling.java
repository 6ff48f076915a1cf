package dev.lowland.core.linalg.lyapunov;

/**
 * Σ_{j&lt;k} M_a^j E (M_b^j)ᵀ for the 2 × 2 matrices M = [[1 + β − η(h + γ), −β], [1, 0]] of two modes and E = e_1e_1ᵀ,
 * of which the entry (1, 1) is the covariance after k steps. From k to 2k: Σ_2k = Σ_k + M_a^k Σ_k (M_b^k)ᵀ, so a number
 * of steps is built from its binary digits.
 *
 * <p>Matrices are four numbers by rows.
 */
final class Doubling {
    private final double[] stepA;
    private final double[] stepB;

    Doubling(Recursion recursion, double ha, double hb) {
        this.stepA = matrix(recursion, ha);
        this.stepB = matrix(recursion, hb);
    }

    private static double[] matrix(Recursion recursion, double h) {
        double beta = recursion.momentum();
        return new double[] {1 + beta - recursion.learningRate() * recursion.pull(h), -beta, 1, 0};
    }

    double after(long steps) {
        double[] sum = {0, 0, 0, 0};
        double[] powerA = {1, 0, 0, 1};
        double[] powerB = {1, 0, 0, 1};
        for (int bit = 63 - Long.numberOfLeadingZeros(steps | 1); bit >= 0; bit--) {
            double[] moved = congruence(powerA, sum, powerB);
            for (int e = 0; e < 4; e++) {
                sum[e] += moved[e];
            }
            powerA = product(powerA, powerA);
            powerB = product(powerB, powerB);
            if ((steps >>> bit & 1) == 1) {
                sum = congruence(stepA, sum, stepB);
                sum[0] += 1;
                powerA = product(stepA, powerA);
                powerB = product(stepB, powerB);
            }
        }
        return sum[0];
    }

    private static double[] congruence(double[] a, double[] s, double[] b) {
        return product(product(a, s), new double[] {b[0], b[2], b[1], b[3]});
    }

    private static double[] product(double[] a, double[] b) {
        return new double[] {
            a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]
        };
    }
}
