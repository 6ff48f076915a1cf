package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;

/**
 * Where a run ended. All numbers are finite: a run that diverged keeps the last state before. Immutable.
 *
 * <p>A run is saved as its {@link #steps()}, {@link #parameters()} and {@link #velocity()}, and comes back by
 * {@link #of}: resumed by the same optimiser, it takes the steps that the undisturbed run would have taken, to the bit.
 */
public final class Run {

    private final RunStatus status;
    private final long steps;
    private final DMatrixRMaj parameters;
    private final DMatrixRMaj velocity;

    Run(RunStatus status, long steps, DMatrixRMaj parameters, DMatrixRMaj velocity) {
        this.status = status;
        this.steps = steps;
        this.parameters = parameters;
        this.velocity = velocity;
    }

    /**
     * A run that was saved.
     *
     * @param steps steps taken from the very start, at least 0
     * @param parameters θ after them, P × 1, finite and at most {@link LabelNoiseSgd#LARGEST_PARAMETER} in absolute
     *     value. Not modified.
     * @param velocity the last change θ_k − θ_{k−1}, P × 1, finite; zeros without momentum. Not modified.
     * @return the run, FINISHED
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Run of(long steps, DMatrixRMaj parameters, DMatrixRMaj velocity) {
        Checks.atLeast("Run.of", "steps", steps, 0);
        Checks.notNull("Run.of", "parameters", parameters);
        Checks.shape("Run.of", "parameters", parameters, parameters.numRows, 1);
        Checks.shape("Run.of", "velocity", velocity, parameters.numRows, 1);
        Checks.finite("Run.of", "parameters", parameters);
        Checks.finite("Run.of", "velocity", velocity);
        for (int i = 0; i < parameters.numRows; i++) {
            if (Math.abs(parameters.data[i]) > LabelNoiseSgd.LARGEST_PARAMETER) {
                throw Checks.error(
                        "Run.of",
                        "parameters",
                        parameters.data[i] + " at (" + i + ", 0)",
                        "at most " + LabelNoiseSgd.LARGEST_PARAMETER + " in absolute value");
            }
        }
        return new Run(RunStatus.FINISHED, steps, parameters.copy(), velocity.copy());
    }

    /**
     * How the run ended.
     *
     * @return the status
     */
    public RunStatus status() {
        return status;
    }

    /**
     * Steps taken from the very start; {@link #parameters()} is the state after them.
     *
     * @return the number of steps
     */
    public long steps() {
        return steps;
    }

    /**
     * The step that diverged, if one did: taking step number s (counted from 1) gave a parameter that is not finite or
     * exceeds {@link LabelNoiseSgd#LARGEST_PARAMETER}. Then {@link #steps()} is s − 1.
     *
     * @return s, or empty
     */
    public OptionalLong divergedAtStep() {
        return status == RunStatus.DIVERGED ? OptionalLong.of(steps + 1) : OptionalLong.empty();
    }

    /**
     * A copy of θ.
     *
     * @return P × 1
     */
    public DMatrixRMaj parameters() {
        return parameters.copy();
    }

    /**
     * A copy of the last change θ_k − θ_{k−1} that momentum carries on; zeros without momentum.
     *
     * @return P × 1
     */
    public DMatrixRMaj velocity() {
        return velocity.copy();
    }

    /** θ, not copied. */
    DMatrixRMaj liveParameters() {
        return parameters;
    }

    /** The last change, not copied. */
    DMatrixRMaj liveVelocity() {
        return velocity;
    }

    @Override
    public String toString() {
        return status + " after " + steps + " steps";
    }
}
