package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Cholesky;
import org.ejml.data.DMatrixRMaj;

/** Whether symmetric matrices are positive (semi)definite, by Cholesky factors: n³/3. */
final class Semidefinite {
    private static final double SYMMETRY_TOLERANCE = 1e-8;
    /** A covariance may have eigenvalues down to minus this part of its largest entry. */
    private static final double TOLERANCE = 1e-10;

    private Semidefinite() {}

    /** Throws unless q is square, finite, symmetric, and positive semidefinite up to rounding. */
    static void require(String operation, String argument, DMatrixRMaj q) {
        Checks.square(operation, argument, q);
        Checks.finite(operation, argument, q);
        Checks.symmetric(operation, argument, q, SYMMETRY_TOLERANCE);
        int n = q.numRows;
        double largest = 0;
        for (int e = 0; e < q.getNumElements(); e++) {
            largest = Math.max(largest, Math.abs(q.data[e]));
        }
        if (largest == 0) {
            return;
        }
        DMatrixRMaj shifted = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double mean = 0.5 * (q.data[i * n + j] + q.data[j * n + i]) / largest;
                shifted.data[i * n + j] = mean + (i == j ? n * TOLERANCE : 0);
            }
        }
        if (!Cholesky.factor(shifted)) {
            throw Checks.error(operation, argument, "a matrix with a negative eigenvalue", "positive semidefinite");
        }
    }
}
