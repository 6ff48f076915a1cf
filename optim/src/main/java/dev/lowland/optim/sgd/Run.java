package dev.lowland.optim.sgd;

import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;

/** Where a run ended. All numbers are finite: a run that diverged keeps the last state before. Immutable. */
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

    @Override
    public String toString() {
        return status + " after " + steps + " steps";
    }
}
