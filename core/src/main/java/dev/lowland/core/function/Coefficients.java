package dev.lowland.core.function;

/**
 * The constants of {@link Exponentials}, {@link Logarithms} and {@link Trigonometry}, for those who compute the same
 * functions with the same bits in another form, such as on vectors.
 */
public final class Coefficients {
    /** Adding it rounds a number below 2⁵¹ to a whole number, kept in the low bits. */
    public static final double ROUNDER = 0x1.8p52;

    /** The bits of {@link #ROUNDER}: those of ROUNDER + k are k more. */
    public static final long ROUNDER_BITS = 0x4338000000000000L;

    /** What is added to a power of two to make the exponent bits of a double. */
    public static final long EXPONENT_BIAS = 1023;

    /** Bits below the exponent of a double. */
    public static final int MANTISSA_BITS = 52;

    /** 1/log 2. */
    public static final double INVERSE_LN2 = 0x1.71547652b82fep0;

    /** log 2 to 32 bits: a product with a whole number below 2²¹ is exact. */
    public static final double LN2_HIGH = 0x1.62e42feep-1;

    /** log 2 − {@link #LN2_HIGH}. */
    public static final double LN2_LOW = 0x1.a39ef35793c76p-33;

    /** Below this, eˣ is 0. */
    public static final double EXP_LOWEST = -746;

    /** Above this, eˣ is infinite. */
    public static final double EXP_HIGHEST = 710;

    /** Below this, eˣ − 1 rounds to −1. */
    public static final double EXPM1_LOWEST = -40;

    /** From this power of two on, 1 − 2⁻ᵏ rounds to 1. */
    public static final double LARGEST_POWER = 60;

    /** Beyond this, tanh x rounds to ±1. */
    public static final double TANH_HIGHEST = 20;

    /** Beyond this, sech² x is 0. */
    public static final double SECH_HIGHEST = 375;

    /** 2 to a power that keeps e²ˣ times it in the range of numbers as far as sech² x is one. */
    public static final double TANH_SCALE = 0x1p-60;

    /** The power, with its sign changed. */
    public static final double TANH_SHIFT = 60;

    /** Below this, tanh x is x + x³ P(x²)/Q(x²), above 1 − 2/(e²ˣ + 1). */
    public static final double TANH_SMALL = 0.549;

    /** P of tanh, the constant term first. */
    public static final double TANH_P0 = -1613.4119023996227;

    /** The next term. */
    public static final double TANH_P1 = -99.22592967223608;

    /** The last term. */
    public static final double TANH_P2 = -0.9643749277722548;

    /** Q of tanh, the constant term first; that of x⁶ is 1. */
    public static final double TANH_Q0 = 4840.235707198869;

    /** The next term. */
    public static final double TANH_Q1 = 2233.7720718962314;

    /** The next term. */
    public static final double TANH_Q2 = 112.74474380534949;

    /** Beyond this, e^{−x²} is 0. */
    public static final double GAUSSIAN_HIGHEST = 28;

    /** Beyond this, e^{−x²/2} is 0. */
    public static final double NORMAL_HIGHEST = 39;

    /** 1/√(2π). */
    public static final double NORMAL_PEAK = 0.3989422804014327;

    /** The bits of the upper half of a double: the square of what they leave is exact. */
    public static final long UPPER_HALF = 0xfffffffff8000000L;

    /** From here on down, e⁻ˣ + 1 rounds to e⁻ˣ. */
    public static final double SIGMOID_TAIL = -37;

    /** The bits of √½, below which no mantissa is taken. */
    public static final long ROOT_HALF_BITS = 0x3fe6a09e667f3bcdL;

    /** √2 − 1: from there on softplus takes out a factor of 2. */
    public static final double FOLD = 0x1.a827999fcef32p-2;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 0. */
    public static final double E0 = 0.16666666666666669;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 1. */
    public static final double E1 = 0.041666666666666664;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 2. */
    public static final double E2 = 0.008333333333330039;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 3. */
    public static final double E3 = 0.0013888888888886537;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 4. */
    public static final double E4 = 0.00019841269863171557;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 5. */
    public static final double E5 = 2.4801587317228724e-05;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 6. */
    public static final double E6 = 2.7557268276905696e-06;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 7. */
    public static final double E7 = 2.7557282838800484e-07;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 8. */
    public static final double E8 = 2.5100472505694996e-08;

    /** eʳ = 1 + r + r²/2 + r³ Σ E_j rʲ for |r| ≤ ½ log 2: j = 9. */
    public static final double E9 = 2.09112987659402e-09;

    /** 2 artanh s = 2s + s z Σ P_j zʲ for z = s², |s| ≤ (√2 − 1)/(√2 + 1): j = 0. */
    public static final double P0 = 0.666666666666667;

    /** 2 artanh s = 2s + s z Σ P_j zʲ for z = s², |s| ≤ (√2 − 1)/(√2 + 1): j = 1. */
    public static final double P1 = 0.39999999999899444;

    /** 2 artanh s = 2s + s z Σ P_j zʲ for z = s², |s| ≤ (√2 − 1)/(√2 + 1): j = 2. */
    public static final double P2 = 0.2857142862600327;

    /** 2 artanh s = 2s + s z Σ P_j zʲ for z = s², |s| ≤ (√2 − 1)/(√2 + 1): j = 3. */
    public static final double P3 = 0.22222211130259878;

    /** 2 artanh s = 2s + s z Σ P_j zʲ for z = s², |s| ≤ (√2 − 1)/(√2 + 1): j = 4. */
    public static final double P4 = 0.18182889455674947;

    /** 2 artanh s = 2s + s z Σ P_j zʲ for z = s², |s| ≤ (√2 − 1)/(√2 + 1): j = 5. */
    public static final double P5 = 0.15331710618210773;

    /** 2 artanh s = 2s + s z Σ P_j zʲ for z = s², |s| ≤ (√2 − 1)/(√2 + 1): j = 6. */
    public static final double P6 = 0.14616585424888623;

    /** sin x = x + x w Σ S_j wʲ for w = x², |x| ≤ π/4: j = 0. */
    public static final double S0 = -0.16666666666666666;

    /** sin x = x + x w Σ S_j wʲ for w = x², |x| ≤ π/4: j = 1. */
    public static final double S1 = 0.008333333333330936;

    /** sin x = x + x w Σ S_j wʲ for w = x², |x| ≤ π/4: j = 2. */
    public static final double S2 = -0.00019841269836740532;

    /** sin x = x + x w Σ S_j wʲ for w = x², |x| ≤ π/4: j = 3. */
    public static final double S3 = 2.7557316093198383e-06;

    /** sin x = x + x w Σ S_j wʲ for w = x², |x| ≤ π/4: j = 4. */
    public static final double S4 = -2.505112989644632e-08;

    /** sin x = x + x w Σ S_j wʲ for w = x², |x| ≤ π/4: j = 5. */
    public static final double S5 = 1.5917988979169704e-10;

    /** cos x = 1 − w/2 + w² Σ C_j wʲ for w = x², |x| ≤ π/4: j = 0. */
    public static final double C0 = 0.041666666666666664;

    /** cos x = 1 − w/2 + w² Σ C_j wʲ for w = x², |x| ≤ π/4: j = 1. */
    public static final double C1 = -0.0013888888888887389;

    /** cos x = 1 − w/2 + w² Σ C_j wʲ for w = x², |x| ≤ π/4: j = 2. */
    public static final double C2 = 2.48015872987544e-05;

    /** cos x = 1 − w/2 + w² Σ C_j wʲ for w = x², |x| ≤ π/4: j = 3. */
    public static final double C3 = -2.7557317265878066e-07;

    /** cos x = 1 − w/2 + w² Σ C_j wʲ for w = x², |x| ≤ π/4: j = 4. */
    public static final double C4 = 2.087614504941076e-09;

    /** cos x = 1 − w/2 + w² Σ C_j wʲ for w = x², |x| ≤ π/4: j = 5. */
    public static final double C5 = -1.1382544645206804e-11;

    /** Up to here an angle is reduced by three parts of π/2; beyond, with as many digits as it needs. */
    public static final double LARGEST_ANGLE = 1e5;

    /** 2/π. */
    public static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

    /** The first 33 bits of π/2. */
    public static final double HALF_PI_HIGH = 0x1.921fb544p0;

    /** The next 33 bits of π/2. */
    public static final double HALF_PI_MIDDLE = 0x1.0b4611a6p-34;

    /** The rest of π/2. */
    public static final double HALF_PI_LOW = 0x1.3198a2e037073p-69;

    private Coefficients() {}
}
