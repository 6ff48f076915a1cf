/**
 * What a step does to the labels of its batch, or to the parameters instead, in parts: a
 * {@link dev.lowland.optim.noise.NoiseLaw} says which random numbers there are and where they go,
 * {@link dev.lowland.optim.noise.Noise} adds how large they are.
 *
 * <p>Notation: σ is a standard deviation of noise added to targets, p the probability of a flip, λ and Σ = C Cᵀ
 * strength and covariance of noise added to the parameters, s its standard deviation where it is the same in every
 * entry.
 *
 * <p>Noise on labels of one σ has the covariance ηλ(1−β)·K, K the curvature of the loss, and so a potential, λR. With a
 * σ of its own for every output the covariance is (η²/B)(1/n) Σ_i J_iᵀ diag(σ²) J_i, which is no multiple of K: λ is
 * then a matrix, the drift −½∇³L[S] has in general a curl, and there is no R. Transitions between classes move the mean
 * of the labels too, so that L itself is another.
 *
 * <p>References: A. Damian, T. Ma, J. D. Lee, <i>Label Noise SGD Provably Prefers Flat Global Minimizers</i>, NeurIPS
 * 2021 (arXiv 2106.06530v2); A. Orvieto, H. Kersting, F. Proske, F. Bach, A. Lucchi, <i>Anticorrelated Noise Injection
 * for Improved Generalization</i>, ICML 2022 (arXiv 2202.02831).
 */
@NullMarked
package dev.lowland.optim.noise;

import org.jspecify.annotations.NullMarked;
