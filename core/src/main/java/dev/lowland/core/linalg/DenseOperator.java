package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import org.ejml.data.DMatrixRMaj;

/**
 * A matrix in memory as an operator. It need not be symmetric. Cost of a product: 2P². Safe to share between threads;
 * allocates nothing.
 */
public final class DenseOperator implements LinearOperator {
    private final DMatrixRMaj matrix;

    private DenseOperator(DMatrixRMaj matrix) {
        this.matrix = matrix;
    }

    /**
     * The operator v ↦ A·v.
     *
     * @param a matrix, P × P, P ≥ 1, finite; kept, not copied. Not modified.
     * @return the operator
     * @throws IllegalArgumentException if A is empty, not square or not finite
     */
    public static DenseOperator of(DMatrixRMaj a) {
        Checks.notNull("dense operator", "a", a);
        Checks.atLeast("dense operator", "size of a", a.numRows, 1);
        Checks.square("dense operator", "a", a);
        Checks.finite("dense operator", "a", a);
        return new DenseOperator(a);
    }

    @Override
    public int size() {
        return matrix.numRows;
    }

    @Override
    public void apply(DMatrixRMaj v, DMatrixRMaj out) {
        int n = size();
        Checks.shape("dense operator", "v", v, n, 1);
        Checks.shape("dense operator", "out", out, n, 1);
        Checks.distinct("dense operator", "out", out, "v", v);
        KernelSet kernels = Kernels.active();
        for (int i = 0; i < n; i++) {
            out.data[i] = kernels.dot(n, matrix.data, i * n, v.data, 0);
        }
    }
}
