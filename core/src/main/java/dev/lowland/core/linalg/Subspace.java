package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import org.ejml.data.DMatrixRMaj;

/**
 * The span of q orthonormal vectors u_1..u_q in P dimensions; q = 0 is the empty span. Immutable, safe to share between
 * threads.
 */
public final class Subspace {
    private static final double ORTHONORMAL = 1e-8;

    private final int size;
    private final int dimension;
    /** q × P: a vector a row. */
    private final double[] rows;

    private Subspace(int size, int dimension, double[] rows) {
        this.size = size;
        this.dimension = dimension;
        this.rows = rows;
    }

    /**
     * The span of the columns of U.
     *
     * @param u orthonormal columns, P × q, q ≤ P; copied. Not modified.
     * @return the span
     * @throws IllegalArgumentException if U is not finite, or an entry of UᵀU is further than 10⁻⁸ from that of the
     *     identity
     */
    public static Subspace of(DMatrixRMaj u) {
        Checks.notNull("subspace", "u", u);
        Checks.atLeast("subspace", "rows of u", u.numRows, 1);
        Checks.atMost("subspace", "columns of u", u.numCols, u.numRows);
        Checks.finite("subspace", "u", u);
        int size = u.numRows;
        int dimension = u.numCols;
        double[] rows = new double[size * dimension];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < dimension; j++) {
                rows[j * size + i] = u.data[i * dimension + j];
            }
        }
        Subspace subspace = new Subspace(size, dimension, rows);
        subspace.checkOrthonormal();
        return subspace;
    }

    /**
     * The span of nothing.
     *
     * @param size P ≥ 1
     * @return the subspace of dimension 0
     */
    public static Subspace empty(int size) {
        Checks.atLeast("subspace", "size", size, 1);
        return new Subspace(size, 0, new double[0]);
    }

    private void checkOrthonormal() {
        KernelSet kernels = Kernels.active();
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                double product = kernels.dot(size, rows, i * size, rows, j * size);
                if (!(Math.abs(product - (i == j ? 1 : 0)) <= ORTHONORMAL)) {
                    throw Checks.error(
                            "subspace",
                            "product of columns " + i + " and " + j + " of u",
                            Double.toString(product),
                            (i == j ? 1 : 0) + " within " + ORTHONORMAL);
                }
            }
        }
    }

    /**
     * The dimension of the space around it.
     *
     * @return P
     */
    public int size() {
        return size;
    }

    /**
     * The number of vectors.
     *
     * @return q
     */
    public int dimension() {
        return dimension;
    }

    /**
     * out = u_j.
     *
     * @param j in [0, q)
     * @param out result, P × 1. Modified.
     */
    public void copy(int j, DMatrixRMaj out) {
        Checks.index("subspace", "j", j, dimension);
        Checks.shape("subspace", "out", out, size, 1);
        System.arraycopy(rows, j * size, out.data, 0, size);
    }

    /**
     * v = (I − UUᵀ)v, in two passes, so that v is orthogonal to U to working precision. Cost: 8Pq. Allocates nothing.
     *
     * @param v vector, P × 1. Modified.
     */
    public void projectAway(DMatrixRMaj v) {
        Checks.shape("subspace", "v", v, size, 1);
        KernelSet kernels = Kernels.active();
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < dimension; j++) {
                double product = kernels.dot(size, rows, j * size, v.data, 0);
                kernels.axpy(size, -product, rows, j * size, v.data, 0);
            }
        }
    }
}
