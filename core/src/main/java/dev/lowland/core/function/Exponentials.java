package dev.lowland.core.function;

/**
 * The exponential and the functions made of it.
 *
 * <p>One reduction serves all: x = k·log 2 + r with k whole and |r| ≤ ½ log 2, so that eˣ = 2ᵏ(1 + p) with p = eʳ − 1 from
 * one polynomial. p keeps its relative precision near 0, which is what expm1 and tanh need. Special values follow
 * {@link Math}: NaN gives NaN, infinities give the limits, −0 stays −0 where the function is odd.
 *
 * <p>Thread safe; allocates nothing.
 */
public final class Exponentials {
    /** Adding it rounds a number below 2⁵¹ to a whole number, kept in the low bits. */
    static final double ROUNDER = 0x1.8p52;

    static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);
    static final double INVERSE_LN2 = 0x1.71547652b82fep0;

    /** log 2 to 32 bits: a product with a whole number below 2²¹ is exact. */
    static final double LN2_HIGH = 0x1.62e42feep-1;

    static final double LN2_LOW = 0x1.a39ef35793c76p-33;

    /** Beyond these, eˣ is 0 or infinite. */
    static final double LOWEST = -746;

    static final double HIGHEST = 710;

    /** Below this, eˣ − 1 rounds to −1. */
    static final double LOWEST_MINUS_ONE = -40;

    /** From this power of two on, 1 − 2⁻ᵏ rounds to 1. */
    static final double LARGEST_POWER = 60;

    /** Beyond this, tanh x rounds to ±1. */
    static final double SATURATED = 20;

    /** eʳ = 1 + r + r²/2 + r³ E(r) for |r| ≤ ½ log 2. */
    static final double E0 = 0.16666666666666669;

    static final double E1 = 0.041666666666666664;
    static final double E2 = 0.008333333333330039;
    static final double E3 = 0.0013888888888886537;
    static final double E4 = 0.00019841269863171557;
    static final double E5 = 2.4801587317228724e-05;
    static final double E6 = 2.7557268276905696e-06;
    static final double E7 = 2.7557282838800484e-07;
    static final double E8 = 2.5100472505694996e-08;
    static final double E9 = 2.09112987659402e-09;

    private Exponentials() {}

    /**
     * eˣ, within 1 ulp.
     *
     * @param x any number
     * @return eˣ; 0 at −∞, ∞ from 709.79 on
     */
    public static double exp(double x) {
        double c = Math.min(Math.max(x, LOWEST), HIGHEST);
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
        double c = Math.min(Math.max(x, LOWEST_MINUS_ONE), HIGHEST);
        double rounded = c * INVERSE_LN2 + ROUNDER;
        double k = rounded - ROUNDER;
        double p = expm1Reduced((c - k * LN2_HIGH) - k * LN2_LOW);
        double mantissa = p + (1 - inversePower(Math.min(k, LARGEST_POWER)));
        return withSign(scale(mantissa, Double.doubleToRawLongBits(rounded) - ROUNDER_BITS), x);
    }

    /**
     * tanh x, within 3 ulp also near 0.
     *
     * <p>tanh |x| = t/(t + 2) with t = e^{2|x|} − 1.
     *
     * @param x any number
     * @return tanh x
     */
    public static double tanh(double x) {
        double c = 2 * Math.min(Math.abs(x), SATURATED);
        double rounded = c * INVERSE_LN2 + ROUNDER;
        double k = rounded - ROUNDER;
        double p = expm1Reduced((c - k * LN2_HIGH) - k * LN2_LOW);
        double t = (p + (1 - inversePower(k))) * power(rounded);
        return withSign(t / (t + 2), x);
    }

    /**
     * 1/(1 + e⁻ˣ), within 2 ulp, without overflow.
     *
     * @param x any number
     * @return a number in [0, 1]
     */
    public static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    /** eʳ − 1 for |r| ≤ ½ log 2. */
    static double expm1Reduced(double r) {
        double e = E9;
        e = e * r + E8;
        e = e * r + E7;
        e = e * r + E6;
        e = e * r + E5;
        e = e * r + E4;
        e = e * r + E3;
        e = e * r + E2;
        e = e * r + E1;
        e = e * r + E0;
        return r + (r * r) * (0.5 + r * e);
    }

    /** x·2ᵏ in two steps, as 2ᵏ itself may not be a double. */
    private static double scale(double x, long k) {
        long half = ((k + 2048) >>> 1) - 1024;
        return x * Double.longBitsToDouble((half + 1023) << 52) * Double.longBitsToDouble((k - half + 1023) << 52);
    }

    /** 2ᵏ where rounded = ROUNDER + k. */
    private static double power(double rounded) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) - ROUNDER_BITS + 1023) << 52);
    }

    /** 2⁻ᵏ for whole k. */
    private static double inversePower(double k) {
        return power(ROUNDER - k);
    }

    private static double withSign(double magnitude, double sign) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(magnitude) & Long.MAX_VALUE)
                | (Double.doubleToRawLongBits(sign) & Long.MIN_VALUE));
    }
}
