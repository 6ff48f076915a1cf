package dev.lowland.core.generator;

import dev.lowland.core.function.Logarithms;
import dev.lowland.core.function.Trigonometry;

/**
 * Two independent standard normal numbers from two 64-bit ones: the method of Box and Muller without branches.
 *
 * <p>With radius √(−2 log u) and an angle in the first quadrant, φ = π/4 + x, |x| ≤ π/4, the pair is √(−2 log u)·(cos
 * φ, sin φ) = √(−log u)·(cos x − sin x, cos x + sin x); two bits choose the signs, that is, the quadrant. u has 53
 * bits, so no number exceeds √(108 log 2) = 8.66, which cuts off 5·10⁻¹⁸ of the probability.
 *
 * <p>Reference: G. E. P. Box, M. E. Muller, <i>A note on the generation of random normal deviates</i>, Annals of
 * Mathematical Statistics 29, 1958.
 */
public final class Normals {
    /** π/2. */
    public static final double HALF_PI = 0x1.921fb54442d18p0;

    private Normals() {}

    /**
     * √(−log u), with u from the first number.
     *
     * @param bits random
     * @return the radius, without the factor √2
     */
    public static double radius(long bits) {
        return Math.sqrt(-Logarithms.log(Uniforms.open(bits)));
    }

    /**
     * x in [−π/4, π/4), from all but the top two bits of the second number.
     *
     * @param bits random
     * @return x
     */
    public static double angle(long bits) {
        return (Uniforms.halfOpen(bits << 2) - 0.5) * HALF_PI;
    }

    /**
     * The number at an even position.
     *
     * @param radius from the first number
     * @param x angle from the second number
     * @param bits the second number
     * @return a normal number
     */
    public static double even(double radius, double x, long bits) {
        return flip(radius * (Trigonometry.cosReduced(x) - Trigonometry.sinReduced(x)), bits);
    }

    /**
     * The number at an odd position.
     *
     * @param radius from the first number
     * @param x angle from the second number
     * @param bits the second number
     * @return a normal number
     */
    public static double odd(double radius, double x, long bits) {
        return flip(radius * (Trigonometry.cosReduced(x) + Trigonometry.sinReduced(x)), bits << 1);
    }

    /** ±x by the top bit. */
    private static double flip(double x, long bits) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ (bits & Long.MIN_VALUE));
    }
}
