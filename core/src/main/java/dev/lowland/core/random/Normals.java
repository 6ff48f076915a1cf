package dev.lowland.core.random;

import dev.lowland.core.function.Logarithms;

/**
 * Two independent standard normal numbers from two 64-bit ones: the method of Box and Muller without branches.
 *
 * <p>With radius √(−2 log u) and an angle in the first quadrant, φ = π/4 + x, |x| ≤ π/4, the pair is
 * √(−2 log u)·(cos φ, sin φ) = √(−log u)·(cos x − sin x, cos x + sin x); two bits choose the signs, that is, the quadrant. u has 53 bits,
 * so no number exceeds √(108 log 2) = 8.66, which cuts off 5·10⁻¹⁸ of the probability.
 *
 * <p>Reference: G. E. P. Box, M. E. Muller, <i>A note on the generation of random normal deviates</i>, Annals of Mathematical
 * Statistics 29, 1958.
 */
final class Normals {
    private static final double HALF_PI = 0x1.921fb54442d18p0;

    /** sin x = x + x w S(w), cos x = 1 − w/2 + w² C(w) for w = x², |x| ≤ π/4. */
    private static final double S0 = -0.16666666666666666;

    private static final double S1 = 0.008333333333330936;
    private static final double S2 = -0.00019841269836740532;
    private static final double S3 = 2.7557316093198383e-06;
    private static final double S4 = -2.505112989644632e-08;
    private static final double S5 = 1.5917988979169704e-10;
    private static final double C0 = 0.041666666666666664;
    private static final double C1 = -0.0013888888888887389;
    private static final double C2 = 2.48015872987544e-05;
    private static final double C3 = -2.7557317265878066e-07;
    private static final double C4 = 2.087614504941076e-09;
    private static final double C5 = -1.1382544645206804e-11;

    private Normals() {}

    /** √(−log u), with u from the first number. */
    static double radius(long bits) {
        return Math.sqrt(-Logarithms.log(Uniforms.open(bits)));
    }

    /** x in [−π/4, π/4), from all but the top two bits of the second number. */
    static double angle(long bits) {
        return (Uniforms.halfOpen(bits << 2) - 0.5) * HALF_PI;
    }

    static double sine(double x) {
        double w = x * x;
        return x + x * w * (S0 + w * (S1 + w * (S2 + w * (S3 + w * (S4 + w * S5)))));
    }

    static double cosine(double x) {
        double w = x * x;
        return 1 - (0.5 * w - w * w * (C0 + w * (C1 + w * (C2 + w * (C3 + w * (C4 + w * C5))))));
    }

    /** The number at an even position. */
    static double even(double radius, double sine, double cosine, long bits) {
        return flip(radius * (cosine - sine), bits);
    }

    /** The number at an odd position. */
    static double odd(double radius, double sine, double cosine, long bits) {
        return flip(radius * (cosine + sine), bits << 1);
    }

    /** ±x by the top bit. */
    private static double flip(double x, long bits) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ (bits & Long.MIN_VALUE));
    }
}
