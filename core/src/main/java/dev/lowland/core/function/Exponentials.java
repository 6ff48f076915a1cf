package dev.lowland.core.function;

import static dev.lowland.core.function.Coefficients.E0;
import static dev.lowland.core.function.Coefficients.E1;
import static dev.lowland.core.function.Coefficients.E2;
import static dev.lowland.core.function.Coefficients.E3;
import static dev.lowland.core.function.Coefficients.E4;
import static dev.lowland.core.function.Coefficients.E5;
import static dev.lowland.core.function.Coefficients.E6;
import static dev.lowland.core.function.Coefficients.E7;
import static dev.lowland.core.function.Coefficients.E8;
import static dev.lowland.core.function.Coefficients.E9;
import static dev.lowland.core.function.Coefficients.EXPM1_LOWEST;
import static dev.lowland.core.function.Coefficients.EXPONENT_BIAS;
import static dev.lowland.core.function.Coefficients.EXP_HIGHEST;
import static dev.lowland.core.function.Coefficients.EXP_LOWEST;
import static dev.lowland.core.function.Coefficients.INVERSE_LN2;
import static dev.lowland.core.function.Coefficients.LARGEST_POWER;
import static dev.lowland.core.function.Coefficients.LN2_HIGH;
import static dev.lowland.core.function.Coefficients.LN2_LOW;
import static dev.lowland.core.function.Coefficients.MANTISSA_BITS;
import static dev.lowland.core.function.Coefficients.ROUNDER;
import static dev.lowland.core.function.Coefficients.ROUNDER_BITS;
import static dev.lowland.core.function.Coefficients.SECH_HIGHEST;
import static dev.lowland.core.function.Coefficients.SIGMOID_TAIL;
import static dev.lowland.core.function.Coefficients.TANH_HIGHEST;
import static dev.lowland.core.function.Coefficients.TANH_P0;
import static dev.lowland.core.function.Coefficients.TANH_P1;
import static dev.lowland.core.function.Coefficients.TANH_P2;
import static dev.lowland.core.function.Coefficients.TANH_Q0;
import static dev.lowland.core.function.Coefficients.TANH_Q1;
import static dev.lowland.core.function.Coefficients.TANH_Q2;
import static dev.lowland.core.function.Coefficients.TANH_SCALE;
import static dev.lowland.core.function.Coefficients.TANH_SHIFT;
import static dev.lowland.core.function.Coefficients.TANH_SMALL;

import dev.lowland.core.check.Checks;

/**
 * The exponential and the functions made of it.
 *
 * <p>One reduction serves all: x = k·log 2 + r with k whole and |r| ≤ ½ log 2, so that eˣ = 2ᵏ(1 + p) with p = eʳ − 1
 * from one polynomial. p keeps its relative precision near 0, which is what expm1 and tanh need. Special values follow
 * {@link Math}: NaN gives NaN, infinities give the limits, −0 stays −0 where the function is odd.
 *
 * <p>Thread safe; allocates nothing.
 */
public final class Exponentials {
    private Exponentials() {}

    /**
     * eˣ, within 1 ulp.
     *
     * @param x any number
     * @return eˣ; 0 at −∞, ∞ from 709.79 on
     */
    public static double exp(double x) {
        double c = Math.min(Math.max(x, EXP_LOWEST), EXP_HIGHEST);
        double rounded = c * INVERSE_LN2 + ROUNDER;
        double k = rounded - ROUNDER;
        double p = expm1Reduced((c - k * LN2_HIGH) - k * LN2_LOW);
        return scale(1 + p, Double.doubleToRawLongBits(rounded) - ROUNDER_BITS);
    }

    /**
     * eˣ − 1, within 2 ulp also near 0.
     *
     * @param x any number
     * @return eˣ − 1; −1 at −∞
     */
    public static double expm1(double x) {
        double c = Math.min(Math.max(x, EXPM1_LOWEST), EXP_HIGHEST);
        double rounded = c * INVERSE_LN2 + ROUNDER;
        double k = rounded - ROUNDER;
        double p = expm1Reduced((c - k * LN2_HIGH) - k * LN2_LOW);
        double mantissa = p + (1 - inversePower(Math.min(k, LARGEST_POWER)));
        return withSign(scale(mantissa, Double.doubleToRawLongBits(rounded) - ROUNDER_BITS), x);
    }

    /**
     * tanh x, within 2 ulp also near 0.
     *
     * <p>Near 0 a rational function with the coefficients of W. J. Cody, W. Waite, <i>Software Manual for the
     * Elementary Functions</i>, Prentice-Hall 1980; elsewhere by the exponential. Either way there is one division.
     *
     * @param x any number
     * @return tanh x
     */
    public static double tanh(double x) {
        double a = Math.min(Math.abs(x), TANH_HIGHEST);
        return withSign((a < TANH_SMALL ? a : 1) + tanhQuotient(a), x);
    }

    /**
     * sech² x = 1 − tanh² x, the slope of tanh, within 4 ulp wherever it is a number: it is (1 − |y|)(1 + |y|) with 1 −
     * |y| = 2/(e^{2|x|} + 1), which y itself has lost where it is near ±1.
     *
     * @param x any number
     * @return a number in [0, 1]
     */
    public static double sechSquare(double x) {
        double a = Math.min(Math.abs(x), SECH_HIGHEST);
        double quotient = tanhQuotient(a);
        double rest = a < TANH_SMALL ? 1 - (a + quotient) : -quotient;
        return rest * (2 - rest);
    }

    /**
     * tanh x and its slope by one exponential, with the bits of {@link #tanh} and {@link #sechSquare}.
     *
     * @param x any number
     * @param at where the results go
     * @param tanh entry {@code at} becomes tanh x. Modified.
     * @param slope entry {@code at} becomes sech² x. Modified.
     */
    public static void tanhAndSlope(double x, int at, double[] tanh, double[] slope) {
        Checks.notNull("tanh and slope", "tanh", tanh);
        Checks.notNull("tanh and slope", "slope", slope);
        Checks.index("tanh and slope", "at", at, Math.min(tanh.length, slope.length));
        double a = Math.min(Math.abs(x), SECH_HIGHEST);
        double quotient = tanhQuotient(a);
        boolean small = a < TANH_SMALL;
        double size = (small ? a : 1) + quotient;
        double rest = small ? 1 - size : -quotient;
        slope[at] = rest * (2 - rest);
        tanh[at] = withSign(size, x);
    }

    /**
     * tanh a − a below {@link Coefficients#TANH_SMALL}, tanh a − 1 from there on, for a ≥ 0. Numerator and denominator
     * are scaled, lest e²ᵃ is too large a number where sech² a still is one.
     */
    private static double tanhQuotient(double a) {
        double c = 2 * a;
        double rounded = c * INVERSE_LN2 + ROUNDER;
        double k = rounded - ROUNDER;
        double p = expm1Reduced((c - k * LN2_HIGH) - k * LN2_LOW);
        double y = (p + 1) * power(rounded - TANH_SHIFT);
        double g = a * a;
        boolean small = a < TANH_SMALL;
        double numerator = small ? a * g * ((g * TANH_P2 + TANH_P1) * g + TANH_P0) : -2 * TANH_SCALE;
        double denominator = small ? ((g + TANH_Q2) * g + TANH_Q1) * g + TANH_Q0 : y + TANH_SCALE;
        return numerator / denominator;
    }

    /**
     * 1/(1 + e⁻ˣ), within 2 ulp, without overflow: far below 0 it is eˣ.
     *
     * @param x any number
     * @return a number in [0, 1]
     */
    public static double sigmoid(double x) {
        boolean tail = x < SIGMOID_TAIL;
        double y = exp(tail ? x : -x);
        return tail ? y : 1 / (y + 1);
    }

    /** e^{high − low} for a low far smaller than 1, as if their difference were not rounded; high in [−1000, 0]. */
    static double expOfDifference(double high, double low) {
        double rounded = high * INVERSE_LN2 + ROUNDER;
        double k = rounded - ROUNDER;
        double p = expm1Reduced(((high - k * LN2_HIGH) - k * LN2_LOW) - low);
        return scale(1 + p, Double.doubleToRawLongBits(rounded) - ROUNDER_BITS);
    }

    /** eʳ − 1 for |r| ≤ ½ log 2. The terms are added in pairs and pairs of pairs, which do not wait for each other. */
    static double expm1Reduced(double r) {
        double r2 = r * r;
        double r4 = r2 * r2;
        double low = (r * E1 + E0) + (r * E3 + E2) * r2;
        double high = (r * E5 + E4) + (r * E7 + E6) * r2;
        double e = (low + high * r4) + (r * E9 + E8) * (r4 * r4);
        return r + r2 * (r * e + 0.5);
    }

    /** x·2ᵏ in two steps, as 2ᵏ itself may not be a double. */
    private static double scale(double x, long k) {
        long half = ((k + 2048) >>> 1) - 1024;
        return x
                * Double.longBitsToDouble((half + EXPONENT_BIAS) << MANTISSA_BITS)
                * Double.longBitsToDouble((k - half + EXPONENT_BIAS) << MANTISSA_BITS);
    }

    /** 2ᵏ where rounded = ROUNDER + k. */
    private static double power(double rounded) {
        return Double.longBitsToDouble(
                (Double.doubleToRawLongBits(rounded) - ROUNDER_BITS + EXPONENT_BIAS) << MANTISSA_BITS);
    }

    /** 2⁻ᵏ for whole k. */
    private static double inversePower(double k) {
        return power(ROUNDER - k);
    }

    /** x with the sign of {@code sign}, where x is zero or has that sign already. */
    private static double withSign(double x, double sign) {
        return Double.longBitsToDouble(
                Double.doubleToRawLongBits(x) | (Double.doubleToRawLongBits(sign) & Long.MIN_VALUE));
    }
}
