package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import java.util.Arrays;
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
     * The gradient at a point. Allocates nothing after the first call, unless the method is STOCHASTIC.
     *
     * @param theta P × 1. Not modified.
     * @param out P × 1; the gradient, or zeros if the potential is UNDEFINED at θ. Modified.
     * @return DEFINED or UNDEFINED, as also where the gradient leaves the range of numbers; UNCERTAIN for an estimate
     *     that cannot exclude UNDEFINED
     * @throws IllegalArgumentException if an argument has another shape
     */
    PotentialStatus gradient(DMatrixRMaj theta, DMatrixRMaj out);

    /** The gradient: see {@link #gradient}. */
    @Override
    default PotentialStatus field(DMatrixRMaj theta, DMatrixRMaj out) {
        return gradient(theta, out);
    }

    /**
     * Value and gradient at a point, from the same work where they share it.
     *
     * @param theta P × 1, finite. Not modified.
     * @param gradient P × 1; the gradient, or zeros if the potential is UNDEFINED at θ. Modified.
     * @param error P × 1; the standard error of each entry of the gradient, zeros if the method is EXACT. Modified.
     * @return the value, with its status
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    default PotentialValue evaluate(DMatrixRMaj theta, DMatrixRMaj gradient, DMatrixRMaj error) {
        PotentialValue value = at(theta);
        gradient(theta, gradient);
        Checks.shape("error of a gradient", "error", error, theta.numRows, 1);
        Arrays.fill(error.data, 0, theta.numRows, 0);
        return value;
    }
}
