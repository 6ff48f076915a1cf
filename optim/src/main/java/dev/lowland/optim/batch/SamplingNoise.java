package dev.lowland.optim.batch;

import dev.lowland.core.check.Checks;
import java.util.OptionalDouble;

/** What drawing batches adds to the covariance of a step, in place of 1/B. Immutable. */
public final class SamplingNoise {

    private final OptionalDouble factor;
    private final String reason;

    private SamplingNoise(OptionalDouble factor, String reason) {
        this.factor = factor;
        this.reason = reason;
    }

    /**
     * A covariance of f·[(1/n) Σ a_i a_iᵀ − ā āᵀ], independent from step to step.
     *
     * @param factor f in [0, 1]
     * @return the noise
     * @throws IllegalArgumentException if f is out of range
     */
    public static SamplingNoise of(double factor) {
        Checks.inRange("SamplingNoise", "factor", factor, 0, 1);
        return new SamplingNoise(OptionalDouble.of(factor), "");
    }

    /**
     * Unsupported: no covariance of single steps says what happens.
     *
     * @param reason one sentence
     * @return the noise
     */
    public static SamplingNoise unsupported(String reason) {
        return new SamplingNoise(OptionalDouble.empty(), Checks.notNull("SamplingNoise", "reason", reason));
    }

    /**
     * f.
     *
     * @return the factor, empty if there is none
     */
    public OptionalDouble factor() {
        return factor;
    }

    /**
     * Why there is none.
     *
     * @return one sentence, empty if there is one
     */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return factor.isPresent() ? String.valueOf(factor.getAsDouble()) : "UNSUPPORTED: " + reason;
    }
}
