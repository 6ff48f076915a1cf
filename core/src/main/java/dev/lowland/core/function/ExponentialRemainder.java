package dev.lowland.core.function;

/** The exponential less the start of its series. Stateless. */
public final class ExponentialRemainder {

    private static final int TERMS = 20;

    private ExponentialRemainder() {}

    /**
     * eˣ − 1 − x, never negative, accurate relative to itself: below 1 by Horner's rule on x²/2 (1 + x/3 (1 + x/4
     * (…))).
     *
     * @param x any number
     * @return at least 0; NaN if x is
     */
    public static double beyondLinear(double x) {
        if (Math.abs(x) > 1) {
            return Math.expm1(x) - x;
        }
        double nested = 1;
        for (int k = TERMS; k >= 3; k--) {
            nested = 1 + x / k * nested;
        }
        return 0.5 * x * x * nested;
    }
}
