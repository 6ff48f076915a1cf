package dev.lowland.optim.fluctuation;

/**
 * Variance of one mode of the heavy ball under noise: x_{k+1} = (1 + β − a)x_k − βx_{k−1} + ε_k with Var ε_k = v, from
 * x_0 = x_{−1} = 0. Here a = ηh.
 */
final class HeavyBallVariance {

    /** M^m, where M = ((1 + β − a, −β), (1, 0)) takes (x_k, x_{k−1}) on by one step. */
    private double p00 = 1;

    private double p01;
    private double p10;
    private double p11 = 1;

    /** Covariance of (x_m, x_{m−1}) under noise of variance 1. */
    private double c00;

    private double c01;
    private double c11;

    private HeavyBallVariance() {}

    /**
     * Var x_k. Without momentum by its closed form v(1 − (1−a)^{2k})/(a(2−a)), accurate as a → 0; otherwise in O(log
     * k).
     */
    static double afterSteps(double a, double momentum, double v, long steps) {
        if (steps == 0) {
            return 0;
        }
        if (momentum == 0 && a != 2 && a != 0) {
            double logarithm = a < 1 ? Math.log1p(-a) : Math.log(a - 1);
            return v * -Math.expm1(2.0 * steps * logarithm) / (a * (2 - a));
        }
        HeavyBallVariance sum = new HeavyBallVariance();
        for (int bit = 63 - Long.numberOfLeadingZeros(steps); bit >= 0; bit--) {
            sum.twice();
            if ((steps >>> bit & 1) != 0) {
                sum.once(1 + momentum - a, -momentum);
            }
        }
        return v * sum.c00;
    }

    /** From m to 2m: C ← C + P C Pᵀ, P ← P². */
    private void twice() {
        double a00 = p00 * c00 + p01 * c01;
        double a01 = p00 * c01 + p01 * c11;
        double a10 = p10 * c00 + p11 * c01;
        double a11 = p10 * c01 + p11 * c11;
        c00 += a00 * p00 + a01 * p01;
        c01 += a00 * p10 + a01 * p11;
        c11 += a10 * p10 + a11 * p11;
        multiply(p00, p01, p10, p11);
    }

    /** From m to m + 1: C ← M C Mᵀ + diag(1, 0), P ← P M. */
    private void once(double m0, double m1) {
        double next00 = m0 * (m0 * c00 + m1 * c01) + m1 * (m0 * c01 + m1 * c11) + 1;
        double next01 = m0 * c00 + m1 * c01;
        c11 = c00;
        c01 = next01;
        c00 = next00;
        multiply(m0, m1, 1, 0);
    }

    private void multiply(double m00, double m01, double m10, double m11) {
        double n00 = p00 * m00 + p01 * m10;
        double n01 = p00 * m01 + p01 * m11;
        double n10 = p10 * m00 + p11 * m10;
        double n11 = p10 * m01 + p11 * m11;
        p00 = n00;
        p01 = n01;
        p10 = n10;
        p11 = n11;
    }
}
