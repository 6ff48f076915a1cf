package dev.lowland.optim.valley;

import org.ejml.data.DMatrixRMaj;

/** The directions across the valley at one θ, the range of K. For one thread. */
public interface Across {

    /**
     * Finds them.
     *
     * @param theta P × 1. Not modified.
     * @return false if they are not numbers, or a loss is not convex at its prediction
     */
    boolean compute(DMatrixRMaj theta);

    /**
     * step = −K⁺g, the way down across the valley.
     *
     * @param g P × 1. Not modified.
     * @param step P × 1. Modified.
     * @return gᵀK⁺g; NaN if it is not to be had
     */
    double descend(DMatrixRMaj g, DMatrixRMaj step);

    /**
     * g ← (I − Π)g, Π the projector on the directions across.
     *
     * @param g P × 1. Modified.
     */
    void removeNormal(DMatrixRMaj g);

    /**
     * What it takes to find them once.
     *
     * @return about how many multiplications
     */
    double work();
}
