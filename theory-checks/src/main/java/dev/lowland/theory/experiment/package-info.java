/**
 * The parts of an experiment that a claim, or a test of one's own, is made of: problems with a known minimum, many runs
 * from one point, estimates with standard errors, and the number of runs that a precision needs.
 *
 * <p>The way of a statement from idea to verdict:
 *
 * <ol>
 *   <li>A {@link dev.lowland.theory.experiment.Setting} is a problem and a point of it, with the spectrum of the
 *       Hessian there; {@link dev.lowland.theory.experiment.Setting#interpolating} makes the point a global minimum,
 *       and {@link dev.lowland.theory.experiment.Families} has ready-made ones.
 *   <li>The theory, right or wrong, is written down as a {@link dev.lowland.theory.claim.Expectation}, before anything
 *       is measured.
 *   <li>{@link dev.lowland.theory.experiment.Runs} simulates, and estimates means and variances over replicas;
 *       {@link dev.lowland.theory.experiment.RunningEstimate} does it for numbers of another kind.
 *   <li>{@link dev.lowland.theory.experiment.Experiment}, or {@link dev.lowland.theory.experiment.PlannedStages} in the
 *       ledger, plans the number of runs from a pilot; {@link dev.lowland.theory.claim.TwoStages} or
 *       {@link dev.lowland.theory.claim.ThreePartRule} judges; for an identity without scatter it is
 *       {@link dev.lowland.theory.claim.ToleranceRule}, with {@link dev.lowland.theory.experiment.CentralDifferences}
 *       for derivatives that share nothing with automatic differentiation.
 * </ol>
 *
 * {@link dev.lowland.theory.experiment.Dense}, {@link dev.lowland.theory.experiment.Parallel} and
 * {@link dev.lowland.theory.experiment.Jitter} are the small change. {@code THEOREMS.md} beside this module's sources
 * shows two worked examples.
 *
 * <h2>Notation</h2>
 *
 * That of {@code dev.lowland.optim}: θ: {@code theta}, P × 1; P: {@code parameters}; n: {@code samples}; H = ∇²L with
 * eigenvalues h_i; η: {@code learningRate}; λ: {@code strength}; ηλmax: {@code sharpness}; Π: projector on range(H).
 *
 * <h2>Source</h2>
 *
 * A. Damian, T. Ma, J. D. Lee, <em>Label Noise SGD Provably Prefers Flat Global Minimizers</em>, NeurIPS 2021 (arXiv
 * 2106.06530v2).
 */
@NullMarked
package dev.lowland.theory.experiment;

import org.jspecify.annotations.NullMarked;
