package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * A = C·Cᵀ with C lower triangular, which exists where A is positive definite to working precision. Cost: n³/3, and as
 * much for the inverse of C; an interrupt of the thread is seen within a row. Allocates nothing. Thread safe.
 */
public final class Cholesky {
    private static final String OPERATION = "Cholesky factor";

    private Cholesky() {}

    /**
     * Leaves C in the lower triangle of A.
     *
     * @param a symmetric, n × n; only the lower triangle is read. Modified.
     * @return false if A is not positive definite (or not a number), and it then holds nothing of use
     * @throws IllegalStateException if the thread is interrupted, which is left set
     */
    public static boolean factor(DMatrixRMaj a) {
        Checks.square(OPERATION, "a", a);
        KernelSet kernels = Kernels.active();
        int n = a.numRows;
        double[] c = a.data;
        for (int i = 0; i < n; i++) {
            Checks.notInterrupted(OPERATION);
            for (int j = 0; j < i; j++) {
                double product = kernels.dot(j, c, i * n, c, j * n);
                c[i * n + j] = (c[i * n + j] - product) / c[j * n + j];
            }
            double pivot = c[i * n + i] - kernels.dot(i, c, i * n, c, i * n);
            if (!(pivot > 0 && pivot <= Double.MAX_VALUE)) {
                return false;
            }
            c[i * n + i] = Math.sqrt(pivot);
        }
        return true;
    }

    /**
     * The transpose of C⁻¹: W = C⁻ᵀ, with W·Wᵀ = A⁻¹.
     *
     * @param factor C in the lower triangle, n × n. Not modified.
     * @param root W, n × n, upper triangular; other memory. Modified.
     * @throws IllegalArgumentException if the shapes differ
     * @throws IllegalStateException if the thread is interrupted, which is left set
     */
    public static void invert(DMatrixRMaj factor, DMatrixRMaj root) {
        Checks.square(OPERATION, "factor", factor);
        int n = factor.numRows;
        Checks.shape(OPERATION, "root", root, n, n);
        Checks.distinct(OPERATION, "root", root, "factor", factor);
        KernelSet kernels = Kernels.active();
        double[] c = factor.data;
        double[] w = root.data;
        Arrays.fill(w, 0, n * n, 0);
        for (int j = 0; j < n; j++) {
            Checks.notInterrupted(OPERATION);
            w[j * n + j] = 1 / c[j * n + j];
            for (int i = j + 1; i < n; i++) {
                w[j * n + i] = -kernels.dot(i - j, c, i * n + j, w, j * n + j) / c[i * n + i];
            }
        }
    }
}
