package dev.lowland.theory.claim;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Constants as they stand in the text of a claim. Thread-safe, without state. */
public final class InWords {
    private InWords() {}

    /**
     * A number in decimals, or with an exponent below a hundredth.
     *
     * @param value finite
     * @return for example {@code 0.2}, {@code 5} or {@code 1.6e-3}
     */
    public static String number(double value) {
        BigDecimal digits = BigDecimal.valueOf(value).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        return value == 0 || exponent >= -2
                ? digits.toPlainString()
                : digits.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    /**
     * A share in per cent.
     *
     * @param share finite
     * @return for example {@code 5 %}
     */
    public static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    /**
     * Several numbers.
     *
     * @param values at least two
     * @return for example {@code 0.2, 1 and 1.6}
     */
    public static String list(double... values) {
        int last = values.length - 1;
        return Arrays.stream(values, 0, last).mapToObj(InWords::number).collect(Collectors.joining(", ")) + " and "
                + number(values[last]);
    }

    /**
     * The same of a column of a table.
     *
     * @param table rows of numbers
     * @param column which number of each
     * @return for example {@code 0.2, 1 and 1.6}
     */
    public static String column(double[][] table, int column) {
        return list(
                Arrays.stream(table).mapToDouble(row -> row[column]).distinct().toArray());
    }
}
