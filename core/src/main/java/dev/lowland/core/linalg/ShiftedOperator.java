package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/**
 * scale·A + shift·I, for example 2I − ηH with scale = −η and shift = 2. Its eigenvectors are those of A. Cost of a
 * product: one of A's and 3P. Belongs to one thread if A does; allocates nothing.
 */
public final class ShiftedOperator implements LinearOperator {
    private final LinearOperator inner;
    private final double scale;
    private final double shift;

    private ShiftedOperator(LinearOperator inner, double scale, double shift) {
        this.inner = inner;
        this.scale = scale;
        this.shift = shift;
    }

    /**
     * The operator v ↦ scale·A·v + shift·v.
     *
     * @param a operator A, P × P; kept
     * @param scale finite factor of A
     * @param shift finite multiple of the identity
     * @return the operator
     * @throws IllegalArgumentException if scale or shift is not finite
     */
    public static ShiftedOperator of(LinearOperator a, double scale, double shift) {
        Checks.notNull("shifted operator", "a", a);
        Checks.finite("shifted operator", "scale", scale);
        Checks.finite("shifted operator", "shift", shift);
        return new ShiftedOperator(a, scale, shift);
    }

    @Override
    public int size() {
        return inner.size();
    }

    @Override
    public void apply(DMatrixRMaj v, DMatrixRMaj out) {
        inner.apply(v, out);
        for (int i = 0; i < v.numRows; i++) {
            out.data[i] = scale * out.data[i] + shift * v.data[i];
        }
    }
}
