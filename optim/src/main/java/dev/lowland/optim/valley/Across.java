package dev.lowland.optim.valley;

import java.util.Optional;
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
     * What finds softer directions as well, as far as rounding allows, if some that a force goes along were left out.
     *
     * @param g the force at the θ that {@link #compute} was at last, P × 1. Not modified.
     * @return empty if none was left out, as unless overridden
     */
    default Optional<Across> softer(DMatrixRMaj g) {
        return Optional.empty();
    }

    /**
     * What it takes to find them once.
     *
     * @return about how many multiplications
     */
    double work();
}
