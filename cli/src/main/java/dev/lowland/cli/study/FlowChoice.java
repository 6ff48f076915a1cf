package dev.lowland.cli.study;

import dev.lowland.core.check.Checks;
import java.util.OptionalDouble;

/**
 * How a slow flow is followed.
 *
 * @param method plain steps, long steps along the valley, or by the number of steps
 * @param tolerance of long steps, in the norm of θ, positive; empty takes {@value #RELATIVE} ‖θ‖₂
 */
public record FlowChoice(FlowMethod method, OptionalDouble tolerance) {
    /** The tolerance unless told otherwise, relative to ‖θ‖₂. */
    static final double RELATIVE = 1e-6;

    /** More plain steps than this are long ones where the method is AUTOMATIC and R is exact. */
    public static final long PLAIN_UP_TO = 20_000;

    /** How many fields long steps are taken to need, where a budget is made. */
    static final long FIELDS_OF_LONG_STEPS = 20_000;

    /** Checks the tolerance. */
    public FlowChoice {
        tolerance.ifPresent(given -> Checks.positive("follow a slow flow", "tolerance", given));
    }

    /**
     * AUTOMATIC, with the default tolerance.
     *
     * @return the choice unless told otherwise
     */
    public static FlowChoice automatic() {
        return of(FlowMethod.AUTOMATIC);
    }

    /**
     * A method, with the default tolerance.
     *
     * @param method how the flow is followed
     * @return the choice
     */
    public static FlowChoice of(FlowMethod method) {
        return new FlowChoice(method, OptionalDouble.empty());
    }

    /**
     * This choice with a tolerance.
     *
     * @param given the tolerance, in the norm of θ, positive
     * @return the choice
     */
    public FlowChoice withTolerance(double given) {
        return new FlowChoice(method, OptionalDouble.of(given));
    }

    /** How a slow flow is followed. */
    public enum FlowMethod {
        /**
         * PLAIN up to {@link #PLAIN_UP_TO} steps, and wherever R is estimated or the Jacobian is too large; LONG
         * beyond.
         */
        AUTOMATIC,
        /** Every step is taken. */
        PLAIN,
        /** Long steps along the valley, with an error that is stated. */
        LONG
    }
}
