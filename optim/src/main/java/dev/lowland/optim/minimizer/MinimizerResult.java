package dev.lowland.optim.minimizer;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/** Where a minimisation ended. Immutable. */
public final class MinimizerResult {

    private final MinimizerStatus status;
    private final long steps;
    private final DMatrixRMaj point;
    private final double value;
    private final double gradientNorm;

    MinimizerResult(MinimizerStatus status, long steps, DMatrixRMaj point, double value, double gradientNorm) {
        this.status = Checks.notNull("MinimizerResult", "status", status);
        this.steps = steps;
        this.point = point;
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
