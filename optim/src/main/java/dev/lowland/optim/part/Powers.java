package dev.lowland.optim.part;

import dev.lowland.core.check.Checks;

/** Whole powers by products alone: the same bits on every machine, and nothing allocated. */
public final class Powers {

    private Powers() {}

    /**
     * baseⁿ, by squaring; its relative error is about n half units in the last place at most.
     *
     * @param base any number
     * @param exponent n ≥ 0
     * @return the power, 1 for n = 0
     * @throws IllegalArgumentException if n is negative
     */
    public static double of(double base, long exponent) {
        Checks.atLeast("power", "exponent", exponent, 0);
        double power = 1;
        double square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) != 0) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }
}
