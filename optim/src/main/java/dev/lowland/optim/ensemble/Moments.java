package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.ensemble.MomentKind.Spread;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * Moments of θ over the replicas after a number of steps: those that the {@link MomentKind} of the ensemble says.
 * Immutable; all numbers are finite. Accessors copy.
 */
public final class Moments {

    private final long step;
    private final int count;
    private final DMatrixRMaj mean;
    private final Spread spread;
    /** P × P for the covariance, P × 1 for the variances. */
    private final DMatrixRMaj products;

    private final @Nullable Moments projections;

    Moments(long step, int count, DMatrixRMaj mean, Spread spread, DMatrixRMaj products) {
        this(step, count, mean, spread, products, null);
    }

    private Moments(
            long step,
            int count,
            DMatrixRMaj mean,
            Spread spread,
            DMatrixRMaj products,
            @Nullable Moments projections) {
        this.step = step;
        this.count = count;
        this.mean = mean;
        this.spread = spread;
        this.products = products;
        this.projections = projections;
    }

    Moments withProjections(Moments other) {
        return new Moments(step, count, mean, spread, products, other);
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
     * A copy of the sample variances of the entries of θ, (1/(N−1)) Σ_r (θ_ri − mean_i)².
     *
     * @return P × 1; empty with a single replica, or where only the mean was asked for
     */
    public Optional<DMatrixRMaj> variance() {
        if (count < 2 || spread == Spread.NONE) {
            return Optional.empty();
        }
        DMatrixRMaj variances = new DMatrixRMaj(mean.numRows, 1);
        for (int i = 0; i < mean.numRows; i++) {
            variances.data[i] = variance(i);
        }
        return Optional.of(variances);
    }

    private double variance(int i) {
        return products.data[spread == Spread.FULL ? i * mean.numRows + i : i];
    }

    /**
     * A copy of the sample covariance of θ, (1/(N−1)) Σ_r (θ_r − mean)(θ_r − mean)ᵀ.
     *
     * @return P × P, exactly symmetric; empty with a single replica, or where it was not asked for
     */
    public Optional<DMatrixRMaj> covariance() {
        return count < 2 || spread != Spread.FULL ? Optional.empty() : Optional.of(products.copy());
    }

    /**
     * The moments of Dᵀθ for the directions D of {@link MomentKind#withDirections}, with mean (k × 1) and covariance (k
     * × k).
     *
     * @return the moments; empty if there were no directions
     */
    public Optional<Moments> projections() {
        return Optional.ofNullable(projections);
    }

    /**
     * Standard error of entry i of the mean, √(variance_i/N).
     *
     * @param i which parameter
     * @return the standard error
     * @throws IllegalArgumentException if there is no such parameter
     * @throws IllegalStateException if there is only one replica, or only the mean was asked for
     */
    public double standardError(int i) {
        Checks.index("standardError", "i", i, mean.numRows);
        requireTwo("standardError");
        if (spread == Spread.NONE) {
            throw Checks.outOfTurn("standardError", "kind of moments", "mean", "diagonal or full");
        }
        return Math.sqrt(variance(i) / count);
    }

    /**
     * Standard error of ⟨direction, mean⟩, √(dᵀ covariance d/N).
     *
     * @param direction d, P × 1. Not modified.
     * @return the standard error
     * @throws IllegalArgumentException if the direction has another shape
     * @throws IllegalStateException if there is only one replica, or the covariance was not asked for; a direction that
     *     is known before the run is cheaper among those of {@link MomentKind#withDirections}
     */
    public double standardErrorAlong(DMatrixRMaj direction) {
        int size = mean.numRows;
        Checks.shape("standardErrorAlong", "direction", direction, size, 1);
        requireTwo("standardErrorAlong");
        if (spread != Spread.FULL) {
            throw Checks.outOfTurn(
                    "standardErrorAlong",
                    "kind of moments",
                    spread == Spread.NONE ? "mean" : "diagonal",
                    "full, or one with directions");
        }
        Checks.finite("standardErrorAlong", "direction", direction);
        int power = Math.getExponent(CommonOps_DDRM.elementMaxAbs(direction));
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                sum += Math.scalb(direction.data[i], -power)
                        * products.data[i * size + j]
                        * Math.scalb(direction.data[j], -power);
            }
        }
        return Math.scalb(Math.sqrt(Math.max(sum, 0) / count), power);
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
