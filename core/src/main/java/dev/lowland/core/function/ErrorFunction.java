package dev.lowland.core.function;

import dev.lowland.core.check.Checks;

/**
 * The error function erf x = (2/√π)∫₀ˣ e^{−t²} dt, within 2 ulp.
 *
 * <p>For |x| &lt; 1, x times a polynomial in x². From 1 to 6, 1 − e^{−x²}·h(v) with h the scaled complement e^{x²}erfc
 * x, a polynomial in v = 1/(1 + x/3) − ½; erfc is below 0.16 there, which hides its relative error. Beyond 6, ±1.
 *
 * <p>Thread safe; allocates nothing.
 */
public final class ErrorFunction {
    private static final double[] CENTRE = {
        1.1283791670955126,
        -0.37612638903183543,
        0.11283791670945006,
        -0.02686617064323777,
        0.0052239776071164225,
        -0.0008548325975389692,
        0.00012055294904839707,
        -1.4924736907419654e-05,
        1.6447424703317288e-06,
        -1.620848380187118e-07,
        1.3720064546775592e-08,
        -7.795898826998504e-10
    };
    private static final double[] TAIL = {
        0.17900115118138996,
        0.6524671200860743,
        0.9824152068493278,
        1.2009274920062996,
        1.14665339516398,
        0.7805599781847422,
        0.2732247262405284,
        -0.09059154488193968,
        -0.15284796203758808,
        -0.023170419893674774,
        0.0655993044329528,
        0.026314535961648188,
        -0.03280085532431436,
        -0.016577357247625272,
        0.020974634373878025
    };

    /** Coefficients of {@link #centre}. */
    public static final int CENTRE_TERMS = 12;

    /** Coefficients of {@link #tail}. */
    public static final int TAIL_TERMS = 15;

    private ErrorFunction() {}

    /**
     * erf x = x Σ c_j x²ʲ for |x| &lt; 1.
     *
     * @param j power, in [0, {@link #CENTRE_TERMS})
     * @return c_j
     */
    public static double centre(int j) {
        Checks.index("error function", "j", j, CENTRE_TERMS);
        return CENTRE[j];
    }

    /**
     * e^{x²}erfc x = Σ t_j vʲ for v = 1/(1 + x/3) − ½ and x in [1, 6].
     *
     * @param j power, in [0, {@link #TAIL_TERMS})
     * @return t_j
     */
    public static double tail(int j) {
        Checks.index("error function", "j", j, TAIL_TERMS);
        return TAIL[j];
    }

    /**
     * erf x.
     *
     * @param x any number
     * @return a number in [−1, 1]; erf(−x) = −erf x
     */
    public static double erf(double x) {
        double size = Math.abs(x);
        if (size < 1) {
            return x * polynomial(CENTRE, x * x);
        }
        if (!(size < 6)) {
            return size >= 6 ? Math.copySign(1, x) : x;
        }
        double h = polynomial(TAIL, 1 / (1 + size / 3) - 0.5);
        return Math.copySign(1 - Exponentials.exp(-x * x) * h, x);
    }

    private static double polynomial(double[] coefficients, double x) {
        double value = coefficients[coefficients.length - 1];
        for (int i = coefficients.length - 2; i >= 0; i--) {
            value = value * x + coefficients[i];
        }
        return value;
    }
}
