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

    private Normals() {}

    /** √(−log u), with u from the first number. */
    static double radius(long bits) {
        return Math.sqrt(-Logarithms.log(Uniforms.open(bits)));
    }

    /** x in [−π/4, π/4), from all but the top two bits of the second number. */
    static double angle(long bits) {
        return (Uniforms.halfOpen(bits << 2) - 0.5) * HALF_PI;
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
