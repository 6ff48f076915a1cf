package dev.lowland.optim.valley;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.objective.CurvatureRows;
import dev.lowland.optim.objective.Objective;
import org.ejml.data.DMatrixRMaj;

/**
 * The directions across the valley at one θ: the eigenvectors of K = (1/n) Σ F_iᵀF_i with their curvatures, found from
 * the smaller of K and the matrix of inner products of the rows. For one thread.
 */
public final class NormalSpace implements Across {

    /** Curvatures up to this share of the largest are rounding. */
    private static final double ROUNDING = 1e-10;

    private final double share;
    private final double above;
    private final CurvatureRows rows;
    private final int samples;
    private final int size;
    private double[] curvatures = {};
    private DMatrixRMaj basis = new DMatrixRMaj(0, 0);
    private int rank;

    /**
     * What finds them for an objective.
     *
     * @param objective gives K
     * @param share directions are across the valley if their curvature is above this share of the largest
     * @param above and above this number
     */
    public NormalSpace(Objective objective, double share, double above) {
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
        boolean few = f.numRows <= size;
        int n = few ? f.numRows : size;
        DMatrixRMaj products = new DMatrixRMaj(n, n);
        Kernels.multiply(few ? MatrixForm.NT : MatrixForm.TN, f, f, products);
        for (int e = 0; e < n * n; e++) {
            products.data[e] /= samples;
            if (!(Math.abs(products.data[e]) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(products);
        double cut = Math.max(above, Math.max(share, ROUNDING) * eigen.values()[n - 1]);
        rank = 0;
        while (rank < n && eigen.values()[n - 1 - rank] > cut) {
            rank++;
        }
        curvatures = new double[rank];
        DMatrixRMaj chosen = new DMatrixRMaj(n, rank);
        for (int a = 0; a < rank; a++) {
            curvatures[a] = eigen.values()[n - 1 - a];
            double scale = few ? 1 / Math.sqrt(samples * curvatures[a]) : 1;
            for (int i = 0; i < n; i++) {
                chosen.data[i * rank + a] = scale * eigen.vectors().data[i * n + n - 1 - a];
            }
        }
        basis = chosen;
        if (few) {
            basis = new DMatrixRMaj(size, rank);
            if (rank > 0) {
                Kernels.multiply(MatrixForm.TN, f, chosen, basis);
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
