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
}
