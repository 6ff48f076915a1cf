package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/**
 * A function of θ whose negative gradient, times λ, is the slow drift of a run. {@link Regularizer} is the theory's;
 * the others are there to be compared with it. Immutable and shared by threads; loops take an {@link #evaluator()} a
 * thread.
 */
public interface DriftPotential extends DriftField {

    /**
     * What it is, for people.
     *
     * @return a short text
     */
    @Override
    String name();

    /**
     * What computes it, for one thread.
     *
     * @return a new evaluator
     */
    @Override
    PotentialEvaluator evaluator();

    /**
     * Whether it is computed or estimated from probes.
     *
     * @return EXACT unless overridden, or STOCHASTIC
     */
    default RegularizerMethod method() {
        return RegularizerMethod.EXACT;
    }

    /**
     * The value at a point.
     *
     * @param theta P × 1, finite. Not modified.
     * @return the value, with its status
     * @throws IllegalArgumentException if theta is not finite or has another shape
     */
    default PotentialValue at(DMatrixRMaj theta) {
        return evaluator().at(theta);
    }

    /**
     * The gradient at a point.
     *
     * @param theta P × 1, finite. Not modified.
     * @param out P × 1. Modified.
     * @throws IllegalArgumentException if an argument has another shape, or the potential is UNDEFINED at θ
     */
    default void gradient(DMatrixRMaj theta, DMatrixRMaj out) {
        PotentialEvaluator evaluator = evaluator();
        if (evaluator.gradient(theta, out) == PotentialStatus.UNDEFINED) {
            PotentialValue value = evaluator.evaluate(theta, out, new DMatrixRMaj(theta.numRows, 1));
            throw Checks.error("gradient", "the potential at theta", value.toString(), "defined");
        }
    }
}
