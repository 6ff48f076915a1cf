package dev.lowland.core.linalg;

import org.ejml.data.DMatrixRMaj;

/** A map that is quadratic in its argument: f(cw) = c²f(w), both in its value and in its vector. */
@FunctionalInterface
public interface QuadraticMap {
    /** Half the exponent of the scale for what overflowed: numbers up to 10²⁵⁰ have squares then. */
    int HALF_SCALE = -350;

    /**
     * Computes it.
     *
     * @param w the argument. Not modified.
     * @param out its vector. Modified.
     * @return its value
     */
    double apply(DMatrixRMaj w, DMatrixRMaj out);

    /**
     * Computes it, and once more with a tiny argument if a square overflowed on the way: then ∞·0 stands where a finite
     * number or a 0 is right.
     *
     * @param w the argument. Not modified.
     * @param out its vector. Modified.
     * @return its value; not finite, as some of the vector, if the result itself is not
     */
    default double applySafely(DMatrixRMaj w, DMatrixRMaj out) {
        double value = apply(w, out);
        if (Norms.isFinite(out) && Math.abs(value) <= Double.MAX_VALUE) {
            return value;
        }
        DMatrixRMaj small = w.copy();
        for (int e = 0; e < small.getNumElements(); e++) {
            small.data[e] = Math.scalb(small.data[e], HALF_SCALE);
        }
        value = apply(small, out);
        for (int i = 0; i < out.getNumElements(); i++) {
            out.data[i] = Math.scalb(out.data[i], -2 * HALF_SCALE);
        }
        return Math.scalb(value, -2 * HALF_SCALE);
    }
}
