package dev.lowland.cli.report.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a reader wants them, where the exact ones are kept elsewhere. */
public final class Numbers {
    private Numbers() {}

    /** Four significant digits, or {@code —} for NaN. */
    public static String brief(double value) {
        return rounded(value, 4);
    }

    /** Two significant digits, or {@code —} for NaN: of a standard error. */
    public static String rough(double value) {
        return rounded(value, 2);
    }

    /** Seven significant digits, or {@code —} for NaN. */
    public static String full(double value) {
        return rounded(value, 7);
    }

    /** A share in per cent, two significant digits; as a plain number where it is very small. */
    public static String percent(double share) {
        boolean small = Math.abs(share) < 1e-6 && share != 0;
        return small || !Double.isFinite(share) ? rounded(share, 2) : rounded(100 * share, 2) + " %";
    }

    /** A distance in units, with one decimal below a hundred. */
    public static String distance(double units) {
        if (units >= 1e6 || Double.isNaN(units)) {
            return rounded(units, 2);
        }
        return String.format(Locale.ROOT, units < 100 ? "%.1f" : "%,.0f", units);
    }

    /** A whole number with a comma between groups of three digits. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** The label of a tick, exactly: no digits that are not needed, an exponent only where it is shorter. */
    public static String tick(BigDecimal value) {
        double size = Math.abs(value.doubleValue());
        boolean whole = size < 1e7 && value.stripTrailingZeros().scale() <= 0;
        return whole ? count(value.longValueExact()) : written(value);
    }

    private static String rounded(double value, int digits) {
        if (Double.isNaN(value)) {
            return "—";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return "0";
        }
        return written(new BigDecimal(value).round(new MathContext(digits)));
    }

    /** All digits of a number that is not 0. */
    private static String written(BigDecimal value) {
        BigDecimal digits = value.stripTrailingZeros();
        double size = Math.abs(digits.doubleValue());
        if (size >= 1e-3 && size < 1e7) {
            return digits.toPlainString();
        }
        int exponent = digits.precision() - digits.scale() - 1;
        return digits.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
