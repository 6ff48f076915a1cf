package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.linalg.LongProduct;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * S = A·S·A + Q for symmetric A, by its eigenvectors: with A = V·diag(a)·Vᵀ, (VᵀSV)_ij = (VᵀQV)_ij / (1 − a_i a_j).
 *
 * <p>It has a unique solution with S ⪰ 0 for every Q ⪰ 0 if and only if all |a_i| &lt; 1. For A = I − ηH use
 * {@link ModalCovariance}, which keeps the digits of small ηh and treats the null space of H.
 *
 * <p>Cost: the eigenvectors of A, and 12P³. Immutable; safe to share between threads.
 */
public final class SymmetricLyapunov {
    private static final String OPERATION = "Lyapunov equation";

    private final LyapunovStatus status;
    private final double spectralRadius;
    private final @Nullable DMatrixRMaj solution;
    private final double residual;

    private SymmetricLyapunov(
            LyapunovStatus status, double spectralRadius, @Nullable DMatrixRMaj solution, double residual) {
        this.status = status;
        this.spectralRadius = spectralRadius;
        this.solution = solution;
        this.residual = residual;
    }

    /**
     * Solves S = A·S·A + Q.
     *
     * @param a symmetric, P × P, finite. Not modified.
     * @param q symmetric positive semidefinite, P × P, finite. Not modified.
     * @return the solution, or that there is none
     * @throws IllegalArgumentException if a shape is wrong, a number is not finite, A is not symmetric, or Q is not a
     *     covariance
     */
    public static SymmetricLyapunov solve(DMatrixRMaj a, DMatrixRMaj q) {
        Checks.notNull(OPERATION, "a", a);
        SymmetricEigen eigen = SymmetricEigen.of(a);
        int n = eigen.size();
        Checks.shape(OPERATION, "q", q, n, n);
        Semidefinite.require(OPERATION, "q", q);
        double[] values = eigen.values();
        double radius = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
        if (radius >= 1) {
            return new SymmetricLyapunov(LyapunovStatus.UNSTABLE, radius, null, Double.NaN);
        }
        DMatrixRMaj s = Congruence.inside(eigen.vectors(), q);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                s.data[i * n + j] /= 1 - values[i] * values[j];
            }
        }
        DMatrixRMaj solution = Congruence.outside(eigen.vectors(), s);
        return new SymmetricLyapunov(LyapunovStatus.STABLE, radius, solution, residual(a, q, solution));
    }

    private static double residual(DMatrixRMaj a, DMatrixRMaj q, DMatrixRMaj s) {
        int n = a.numRows;
        DMatrixRMaj left = new DMatrixRMaj(n, n);
        DMatrixRMaj rest = new DMatrixRMaj(n, n);
        LongProduct.multiply(OPERATION, MatrixForm.NN, a, s, left);
        LongProduct.multiply(OPERATION, MatrixForm.NT, left, a, rest);
        for (int e = 0; e < n * n; e++) {
            rest.data[e] += q.data[e] - s.data[e];
        }
        return Norms.two(rest);
    }

    /**
     * Whether there is a solution.
     *
     * @return STABLE or UNSTABLE
     */
    public LyapunovStatus status() {
        return status;
    }

    /**
     * The spectral radius of A.
     *
     * @return max |a_i|
     */
    public double spectralRadius() {
        return spectralRadius;
    }

    /**
     * The solution.
     *
     * @return S, P × P, exactly symmetric; not a copy
     * @throws IllegalStateException if A is not stable
     */
    public DMatrixRMaj solution() {
        if (solution == null) {
            throw Checks.outOfTurn(OPERATION, "the spectral radius of a", Double.toString(spectralRadius), "below 1");
        }
        return solution;
    }

    /**
     * How well the solution solves the equation.
     *
     * @return ‖A·S·A + Q − S‖_F
     * @throws IllegalStateException if A is not stable
     */
    public double residual() {
        solution();
        return residual;
    }
}
