package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/**
 * (I − UUᵀ)A(I − UUᵀ): A seen from the complement of q orthonormal vectors. If they are eigenvectors of A, their
 * eigenvalues become 0 and the others stay.
 *
 * <p>Cost of a product: one of A's and 8Pq. It has a buffer: one thread at a time. Products allocate nothing.
 */
public final class DeflatedOperator implements LinearOperator {
    private final LinearOperator inner;
    private final Subspace removed;
    private final DMatrixRMaj projected;

    private DeflatedOperator(LinearOperator inner, Subspace removed) {
        this.inner = inner;
        this.removed = removed;
        this.projected = new DMatrixRMaj(inner.size(), 1);
    }

    /**
     * The operator v ↦ (I − UUᵀ)A(I − UUᵀ)v.
     *
     * @param a symmetric operator A, P × P; kept
     * @param removed the span of U, in P dimensions; kept
     * @return the operator
     * @throws IllegalArgumentException if the dimensions differ
     */
    public static DeflatedOperator of(LinearOperator a, Subspace removed) {
        Checks.notNull("deflated operator", "a", a);
        Checks.notNull("deflated operator", "removed", removed);
        if (removed.size() != a.size()) {
            throw Checks.error(
                    "deflated operator",
                    "removed",
                    "in " + removed.size() + " dimensions",
                    "in the " + a.size() + " dimensions of a");
        }
        return new DeflatedOperator(a, removed);
    }

    @Override
    public int size() {
        return inner.size();
    }

    @Override
    public void apply(DMatrixRMaj v, DMatrixRMaj out) {
        Checks.shape("deflated operator", "v", v, size(), 1);
        Checks.shape("deflated operator", "out", out, size(), 1);
        System.arraycopy(v.data, 0, projected.data, 0, size());
        removed.projectAway(projected);
        inner.apply(projected, out);
        removed.projectAway(out);
    }
}
