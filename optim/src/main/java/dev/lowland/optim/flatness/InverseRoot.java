package dev.lowland.optim.flatness;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * A root of the inverse of a positive definite matrix. Small and without allocation, for the inner loop of the slow
 * flow.
 */
final class InverseRoot {

    private InverseRoot() {}

    /**
     * W upper triangular with W Wᵀ = A⁻¹: from A = C Cᵀ (Cholesky), W = C⁻ᵀ. O(P³).
     *
     * @param a symmetric, P × P; only the lower triangle is read, and C left in it. Modified.
     * @param root W. Modified.
     * @return false if A is not positive definite (or not a number), and W then holds nothing of use
     */
    static boolean of(DMatrixRMaj a, DMatrixRMaj root) {
        if (!factor(a)) {
            return false;
        }
        invert(a, root);
        return true;
    }

    private static boolean factor(DMatrixRMaj a) {
        int n = a.numRows;
        double[] c = a.data;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = c[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= c[i * n + k] * c[j * n + k];
                }
                if (j < i) {
                    c[i * n + j] = sum / c[j * n + j];
                } else if (sum > 0 && sum <= Double.MAX_VALUE) {
                    c[i * n + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** Row j of W is column j of C⁻¹, found by forward substitution. */
    private static void invert(DMatrixRMaj factor, DMatrixRMaj root) {
        int n = factor.numRows;
        double[] c = factor.data;
        double[] w = root.data;
        Arrays.fill(w, 0, n * n, 0);
        for (int j = 0; j < n; j++) {
            w[j * n + j] = 1 / c[j * n + j];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum += c[i * n + k] * w[j * n + k];
                }
                w[j * n + i] = -sum / c[i * n + i];
            }
        }
    }
}
