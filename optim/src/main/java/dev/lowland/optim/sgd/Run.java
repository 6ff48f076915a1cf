package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.rule.OptimiserState;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;

/**
 * Where a run ended. All numbers are finite: a run that diverged keeps the last state before. Immutable.
 *
 * <p>A run is saved as its {@link #state()} and comes back by {@link #of(OptimiserState)}: resumed by the same
 * optimiser, it takes the steps that the undisturbed run would have taken, to the bit.
 */
public final class Run {

    private static final String VELOCITY = "velocity";

    private final RunStatus status;
    private final OptimiserState state;

    Run(RunStatus status, OptimiserState state) {
        this.status = status;
        this.state = state;
    }

    /**
     * A run that was saved.
     *
     * @param state where it ended, of one lane, θ at most {@link LabelNoiseSgd#LARGEST_PARAMETER} in absolute value
     * @return the run, FINISHED
     * @throws IllegalArgumentException if it has more lanes or θ is too large
     */
    public static Run of(OptimiserState state) {
        Checks.notNull("Run.of", "state", state);
        Checks.atMost("Run.of", "lanes of state", state.lanes(), 1);
        checkSize(state.parameters());
        return new Run(RunStatus.FINISHED, state);
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
        double[] theta = Arrays.copyOf(parameters.data, parameters.numRows);
        checkSize(theta);
        double[] last = Arrays.copyOf(velocity.data, parameters.numRows);
        return new Run(RunStatus.FINISHED, OptimiserState.of(steps, 0, 0, 1, theta, Map.of(VELOCITY, last)));
    }

    private static void checkSize(double[] parameters) {
        for (int i = 0; i < parameters.length; i++) {
            if (Math.abs(parameters[i]) > LabelNoiseSgd.LARGEST_PARAMETER) {
                throw Checks.error(
                        "Run.of",
                        "parameters",
                        parameters[i] + " at (" + i + ", 0)",
                        "at most " + LabelNoiseSgd.LARGEST_PARAMETER + " in absolute value");
            }
        }
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
        return state.step();
    }

    /**
     * The step that diverged, if one did: taking step number s (counted from 1) gave a parameter that is not finite or
     * exceeds {@link LabelNoiseSgd#LARGEST_PARAMETER}. Then {@link #steps()} is s − 1.
     *
     * @return s, or empty
     */
    public OptionalLong divergedAtStep() {
        return status == RunStatus.DIVERGED ? OptionalLong.of(state.step() + 1) : OptionalLong.empty();
    }

    /**
     * A copy of θ.
     *
     * @return P × 1
     */
    public DMatrixRMaj parameters() {
        double[] theta = state.parameters();
        return DMatrixRMaj.wrap(theta.length, 1, theta);
    }

    /**
     * A copy of the last change θ_k − θ_{k−1} that momentum carries on; zeros without momentum.
     *
     * @return P × 1
     */
    public DMatrixRMaj velocity() {
        double[] last =
                state.memoryNames().contains(VELOCITY) ? state.memory(VELOCITY) : new double[state.parameters().length];
        return DMatrixRMaj.wrap(last.length, 1, last);
    }

    /**
     * All that it takes to go on.
     *
     * @return θ, what the rule remembers, and the steps taken
     */
    public OptimiserState state() {
        return state;
    }

    @Override
    public String toString() {
        return status + " after " + state.step() + " steps";
    }
}
