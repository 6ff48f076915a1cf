package dev.lowland.optim.flatness;

import org.ejml.data.DMatrixRMaj;

/** A {@link DriftPotential} with the memory to compute it in loops. For one thread at a time. */
public interface PotentialEvaluator extends DriftEvaluator {

    /**
     * The value at a point.
     *
     * @param theta P × 1, finite. Not modified.
     * @return the value, with its status
     * @throws IllegalArgumentException if theta is not finite or has another shape
     */
    PotentialValue at(DMatrixRMaj theta);

    /**
     * The gradient at a point. Allocates nothing after the first call.
     *
     * @param theta P × 1. Not modified.
     * @param out P × 1; the gradient, or zeros if the potential is UNDEFINED at θ. Modified.
     * @return DEFINED or UNDEFINED
     * @throws IllegalArgumentException if an argument has another shape
     */
    PotentialStatus gradient(DMatrixRMaj theta, DMatrixRMaj out);

    /** The gradient: see {@link #gradient}. */
    @Override
    default PotentialStatus field(DMatrixRMaj theta, DMatrixRMaj out) {
        return gradient(theta, out);
    }
}
