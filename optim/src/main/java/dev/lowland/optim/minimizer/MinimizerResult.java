package dev.lowland.optim.minimizer;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.rule.OptimiserState;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** Where a minimisation ended. Immutable. */
public final class MinimizerResult {

    private final MinimizerStatus status;
    private final long steps;
    private final long seed;
    private final DMatrixRMaj point;
    private final Map<String, double[]> memory;
    private final double value;
    private final double gradientNorm;

    MinimizerResult(
            MinimizerStatus status,
            long steps,
            long seed,
            DMatrixRMaj point,
            Map<String, double[]> memory,
            double value,
            double gradientNorm) {
        this.status = Checks.notNull("MinimizerResult", "status", status);
        this.steps = steps;
        this.seed = seed;
        this.point = point;
        this.memory = memory;
        this.value = value;
        this.gradientNorm = gradientNorm;
    }

    /**
     * Why it ended.
     *
     * @return the status
     */
    public MinimizerStatus status() {
        return status;
    }

    /**
     * Steps taken.
     *
     * @return at least 0
     */
    public long steps() {
        return steps;
    }

    /**
     * x after these steps.
     *
     * @return a copy, of the shape of the variable
     */
    public DMatrixRMaj point() {
        return point.copy();
    }

    /**
     * All that {@link Minimizer#resume} has to know, to be kept or saved.
     *
     * @return the state after these steps
     * @throws IllegalStateException if it diverged
     */
    public OptimiserState state() {
        if (status == MinimizerStatus.DIVERGED) {
            throw Checks.outOfTurn("MinimizerResult.state", "the minimisation", status.toString(), "not diverged");
        }
        return OptimiserState.of(steps, seed, 0, 1, point.data, memory);
    }

    /**
     * f(x).
     *
     * @return the value
     */
    public double value() {
        return value;
    }

    /**
     * ‖∇f(x)‖₂.
     *
     * @return the norm; infinite or NaN where the gradient leaves the range of numbers
     */
    public double gradientNorm() {
        return gradientNorm;
    }

    @Override
    public String toString() {
        return status + " after " + steps + " steps: f = " + value + ", ‖∇f‖ = " + gradientNorm;
    }
}
