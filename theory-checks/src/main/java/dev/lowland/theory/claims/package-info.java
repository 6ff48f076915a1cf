/**
 * The claims of the ledger, one class each.
 *
 * <p>Every claim lays a prediction beside a measurement. They share the {@link dev.lowland.optim.objective.Objective}
 * and nothing else: a prediction comes from {@code dev.lowland.optim.flatness}, {@code flow} and {@code fluctuation},
 * or from a second way of computing the same thing; a measurement comes from runs of {@code dev.lowland.optim.sgd}, or
 * from finite differences. The problems are small and fixed. They are drawn at random once and for all, by criteria
 * that never look at a simulation ({@link dev.lowland.theory.experiment.Families}), so that the seed of a check changes
 * the noise and nothing else.
 *
 * <h2>Notation</h2>
 *
 * θ: {@code theta}; P: parameters; n: samples; f_i: predictions; g_i = ∇f_i; G = (1/n) Σ g_i g_iᵀ: {@code gaussNewton};
 * H = ∇²L; h_i: its eigenvalues; η: {@code learningRate}; B: {@code batchSize}; σ: {@code labelNoise}; λ = ησ²/B:
 * {@code strength}; R: {@code regularizer}; S: stationary covariance; Φ: slow flow; Π: projector on range(H),
 * {@code range}; ηλmax: {@code sharpness}, the learning rate times the largest eigenvalue of H.
 *
 * <h2>Source</h2>
 *
 * A. Damian, T. Ma, J. D. Lee, <em>Label Noise SGD Provably Prefers Flat Global Minimizers</em>, NeurIPS 2021 (arXiv
 * 2106.06530v2).
 */
@NullMarked
package dev.lowland.theory.claims;

import org.jspecify.annotations.NullMarked;
