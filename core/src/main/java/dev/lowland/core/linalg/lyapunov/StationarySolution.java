package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.linalg.LongProduct;
import dev.lowland.core.linalg.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;

/**
 * A stationary covariance of {@link SampledCovariance}, in the coordinates of the range of G. Immutable but for the
 * matrix that {@link #coordinates} hands out.
 */
public final class StationarySolution {
    private static final String OPERATION = "sampled covariance";

    private final GradientModes modes;
    private final DMatrixRMaj coordinates;
    private final double residual;
    private final double errorBound;
    private final int iterations;

    StationarySolution(
            GradientModes modes, DMatrixRMaj coordinates, double residual, double errorBound, int iterations) {
        this.modes = modes;
        this.coordinates = coordinates;
        this.residual = residual;
        this.errorBound = errorBound;
        this.iterations = iterations;
    }

    /**
     * S in the eigenvectors of G.
     *
     * @return WᵀSW, r × r, exactly symmetric; not a copy
     */
    public DMatrixRMaj coordinates() {
        return coordinates;
    }

    /**
     * How well S solves the equation.
     *
     * @return ‖right side − left side‖_F / ‖Q‖_F, with the left side multiplied out once more
     */
    public double residual() {
        return residual;
    }

    /**
     * How far S may be from the exact solution: its residual is between −t·G and t·G for a known t, and the solution
     * grows with the noise, so the error is between ∓t times the solution for Q = G.
     *
     * @return a bound on the relative error in the Frobenius norm, up to the rounding of the evaluation
     */
    public double errorBound() {
        return errorBound;
    }

    /**
     * How many iterations it took.
     *
     * @return iterations of conjugate gradients
     */
    public int iterations() {
        return iterations;
    }

    /**
     * out = S.
     *
     * @param out result, P × P. Modified.
     */
    public void covariance(DMatrixRMaj out) {
        int size = modes.basis().numRows;
        Checks.shape(OPERATION, "out", out, size, size);
        out.setTo(Congruence.outside(modes.basis(), coordinates));
    }

    /**
     * A factor F with FFᵀ = S: its columns are the directions for a third derivative in the direction of S. O(r³ +
     * Pr²).
     *
     * @return F, P × r
     */
    public DMatrixRMaj factor() {
        int r = modes.rank();
        DMatrixRMaj factor = new DMatrixRMaj(modes.basis().numRows, r);
        if (r > 0) {
            SymmetricEigen eigen = SymmetricEigen.of(coordinates);
            DMatrixRMaj root = eigen.vectors().copy();
            for (int e = 0; e < r * r; e++) {
                root.data[e] *= Math.sqrt(Math.max(0, eigen.values()[e % r]));
            }
            LongProduct.multiply(OPERATION, MatrixForm.NN, modes.basis(), root, factor);
        }
        return factor;
    }
}
