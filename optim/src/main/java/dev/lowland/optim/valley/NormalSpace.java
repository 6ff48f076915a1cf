package dev.lowland.optim.valley;

import dev.lowland.core.linalg.RangeDecomposition;
import dev.lowland.optim.objective.CurvatureRows;
import dev.lowland.optim.objective.Objective;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * The directions across the valley at one θ: the eigenvectors of K = (1/n) Σ F_iᵀF_i with their curvatures, found from
 * the rows themselves. For one thread.
 */
public final class NormalSpace implements Across {

    private final Objective objective;
    private final double share;
    private final double above;
    private final CurvatureRows rows;
    private final int samples;
    private final int size;
    private double[] curvatures = {};
    private DMatrixRMaj basis = new DMatrixRMaj(0, 0);
    private int rank;
    /** The stiffest direction that does not count as across: its singular value in the rows, over the largest. */
    private double cut;

    /**
     * What finds them for an objective.
     *
     * @param objective gives K
     * @param share directions are across the valley if their curvature is above this share of the largest
     * @param above and above this number
     */
    public NormalSpace(Objective objective, double share, double above) {
        this.objective = objective;
        this.share = share;
        this.above = above;
        this.rows = objective.curvatureRows();
        this.samples = objective.sampleCount();
        this.size = objective.parameterCount();
    }

    @Override
    public boolean compute(DMatrixRMaj theta) {
        if (rows.compute(theta).isPresent()) {
            return false;
        }
        DMatrixRMaj f = rows.rows();
        RangeDecomposition range = RangeDecomposition.of(
                f, Math.max(Math.sqrt(share), RangeDecomposition.ROUNDING), Math.sqrt(samples * above));
        rank = range.rank();
        cut = range.cut();
        basis = range.right();
        curvatures = range.values();
        for (int a = 0; a < rank; a++) {
            double root = curvatures[a] * range.unit();
            curvatures[a] = root * (root / samples);
            if (!(curvatures[a] <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The smallest curvature across.
     *
     * @return infinite if there is no direction across
     */
    public double smallestCurvature() {
        return rank == 0 ? Double.POSITIVE_INFINITY : curvatures[rank - 1];
    }

    /** All that are left out count, as they are found one by one whatever the force is. */
    @Override
    public Optional<Across> softer(DMatrixRMaj g) {
        return cut > RangeDecomposition.ROUNDING ? Optional.of(new NormalSpace(objective, 0, 0)) : Optional.empty();
    }

    @Override
    public double work() {
        double few = Math.min(rows.rows().numRows, size);
        return 2 * few * few * Math.max(rows.rows().numRows, size);
    }

    @Override
    public double descend(DMatrixRMaj g, DMatrixRMaj step) {
        step.zero();
        double decrement = 0;
        for (int a = 0; a < rank; a++) {
            double along = along(a, g);
            decrement += along * along / curvatures[a];
            add(a, -along / curvatures[a], step);
        }
        return decrement;
    }

    @Override
    public void removeNormal(DMatrixRMaj g) {
        for (int a = 0; a < rank; a++) {
            add(a, -along(a, g), g);
        }
    }

    private double along(int a, DMatrixRMaj g) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += basis.data[i * rank + a] * g.data[i];
        }
        return sum;
    }

    private void add(int a, double factor, DMatrixRMaj to) {
        for (int i = 0; i < size; i++) {
            to.data[i] += factor * basis.data[i * rank + a];
        }
    }
}
