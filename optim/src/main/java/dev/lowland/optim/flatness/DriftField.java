package dev.lowland.optim.flatness;

/**
 * A vector field v of θ such that −λv, beside −∇L, is the slow drift of a run. A {@link DriftPotential} is one whose
 * field is a gradient; noise of any other covariance than that of label noise has in general no potential. Immutable
 * and shared by threads; loops take an {@link #evaluator()} a thread.
 */
public interface DriftField {

    /**
     * What it is, for people.
     *
     * @return a short text
     */
    String name();

    /**
     * What computes it, for one thread.
     *
     * @return a new evaluator
     */
    DriftEvaluator evaluator();
}
