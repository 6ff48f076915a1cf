package dev.lowland.optim.support;

import java.math.BigDecimal;
import java.math.MathContext;

/** eˣ and log(1 + x) in decimal arithmetic, from their power series, with hundreds of digits. */
public final class DecimalExponential {

    /** Enough for 1 + e⁻⁷⁴⁵ to keep sixty digits of the smaller one. */
    public static final MathContext DIGITS = new MathContext(420);

    private static final BigDecimal TINY = new BigDecimal("1e-440");

    private DecimalExponential() {}

    /** eˣ for |x| up to a few thousand. */
    public static BigDecimal exp(BigDecimal x) {
        BigDecimal scale = BigDecimal.valueOf(2).pow(32);
        MathContext more = new MathContext(DIGITS.getPrecision() + 30);
        BigDecimal r = x.divide(scale, more);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = r;
        for (int k = 2; term.abs().compareTo(TINY) > 0; k++) {
            sum = sum.add(term, more);
            term = term.multiply(r, more).divide(BigDecimal.valueOf(k), more);
        }
        return sum.pow(1 << 16, more).pow(1 << 16, more).round(DIGITS);
    }

    /** log(1 + x) for x in [0, 1]: 2 artanh(x/(2 + x)). */
    public static BigDecimal log1p(BigDecimal x) {
        BigDecimal s = x.divide(x.add(BigDecimal.valueOf(2)), DIGITS);
        BigDecimal square = s.multiply(s, DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = s.multiply(BigDecimal.valueOf(2));
        for (int k = 1; power.compareTo(s.multiply(TINY)) > 0; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
            power = power.multiply(square, DIGITS);
        }
        return sum;
    }

    /** Distance of a double from an exact number in units of the last place of a number. */
    public static double ulps(double found, BigDecimal exact, double of) {
        double rounded = exact.doubleValue();
        if (Double.isInfinite(rounded) || Double.isInfinite(found) || Double.isNaN(found)) {
            return found == rounded ? 0 : Double.POSITIVE_INFINITY;
        }
        return new BigDecimal(found)
                .subtract(exact)
                .abs()
                .divide(new BigDecimal(Math.ulp(of)), MathContext.DECIMAL32)
                .doubleValue();
    }
}
