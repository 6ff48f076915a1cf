package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;

/**
 * A measured mean with its standard error.
 *
 * @param value the mean
 * @param standardError standard deviation of {@code value} over repetitions of the whole measurement, not negative
 * @param samples independent samples behind it
 * @param seed seed of the streams it was drawn from
 */
public record Estimate(double value, double standardError, long samples, long seed) {

    public Estimate {
        if (standardError < 0) {
            throw Checks.error("estimate", "standardError", Double.toString(standardError), "≥ 0, or NaN");
        }
    }
}
