package dev.lowland.core.linalg;

import org.ejml.data.DMatrixRMaj;

/**
 * A square matrix that is known by its products with vectors, such as a Hessian. Unless it says otherwise, an operator
 * may hold buffers and belongs to one thread at a time.
 */
public interface LinearOperator {
    /**
     * The number of rows and of columns.
     *
     * @return P ≥ 1
     */
    int size();

    /**
     * out = A·v.
     *
     * @param v vector, P × 1. Not modified.
     * @param out result, P × 1, other memory than v. Modified.
     */
    void apply(DMatrixRMaj v, DMatrixRMaj out);
}
