package dev.lowland.optim.flatness;

import org.ejml.data.DMatrixRMaj;

/** A {@link DriftField} with the memory to compute it in loops. For one thread at a time. */
public interface DriftEvaluator {

    /**
     * The field at a point: the slow flow goes along −(∇L + λv).
     *
     * @param theta P × 1. Not modified.
     * @param out P × 1; v, or zeros if the field is UNDEFINED at θ. Modified.
     * @return DEFINED or UNDEFINED
     * @throws IllegalArgumentException if an argument has another shape
     */
    PotentialStatus field(DMatrixRMaj theta, DMatrixRMaj out);

    /**
     * Whether the field at a point depends, if only in its last digits, on the points that were asked for before it:
     * true of estimates that begin where the last one ended.
     *
     * @return false unless overridden: then equal points have equal fields, bit for bit
     */
    default boolean remembers() {
        return false;
    }
}
