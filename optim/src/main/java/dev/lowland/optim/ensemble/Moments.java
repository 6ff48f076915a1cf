package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/** Mean and covariance of θ over the replicas after a number of steps. Immutable; all numbers are finite. */
public final class Moments {

    private final long step;
    private final int count;
    private final DMatrixRMaj mean;
    private final DMatrixRMaj covariance;

    Moments(long step, int count, DMatrixRMaj mean, DMatrixRMaj covariance) {
        this.step = step;
        this.count = count;
        this.mean = mean;
        this.covariance = covariance;
    }

    /**
     * Steps taken.
     *
     * @return the number of steps
     */
    public long step() {
        return step;
    }

    /**
     * Number of replicas N.
     *
     * @return N ≥ 1
     */
    public int count() {
        return count;
    }

    /**
     * A copy of the mean of θ.
     *
     * @return P × 1
     */
    public DMatrixRMaj mean() {
        return mean.copy();
    }

    /**
     * A copy of the sample covariance of θ, (1/(N−1)) Σ_r (θ_r − mean)(θ_r − mean)ᵀ.
     *
     * @return P × P, exactly symmetric
     * @throws IllegalStateException if there is only one replica
     */
    public DMatrixRMaj covariance() {
        requireTwo("covariance");
        return covariance.copy();
    }

    /**
     * Standard error of entry i of the mean, √(covariance_ii/N).
     *
     * @param i which parameter
     * @return the standard error
     * @throws IllegalArgumentException if there is no such parameter
     * @throws IllegalStateException if there is only one replica
     */
    public double standardError(int i) {
        Checks.index("standardError", "i", i, mean.numRows);
        requireTwo("standardError");
        return Math.sqrt(covariance.data[i * mean.numRows + i] / count);
    }

    /**
     * Standard error of ⟨direction, mean⟩, √(dᵀ covariance d/N).
     *
     * @param direction d, P × 1. Not modified.
     * @return the standard error
     * @throws IllegalArgumentException if the direction has another shape
     * @throws IllegalStateException if there is only one replica
     */
    public double standardErrorAlong(DMatrixRMaj direction) {
        int size = mean.numRows;
        Checks.shape("standardErrorAlong", "direction", direction, size, 1);
        requireTwo("standardErrorAlong");
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                sum += direction.data[i] * covariance.data[i * size + j] * direction.data[j];
            }
        }
        return Math.sqrt(Math.max(sum, 0) / count);
    }

    private void requireTwo(String operation) {
        if (count < 2) {
            throw Checks.outOfTurn(operation, "number of replicas", "1", "at least 2");
        }
    }

    @Override
    public String toString() {
        return "moments of " + count + " replicas after " + step + " steps";
    }
}
