/**
 * From the recursion of an optimiser and the covariance of its noise to the stationary covariance S of the
 * fluctuations, and from S to the drift −½∇³L[S]: one mechanism for label noise, flipped labels, noise of any
 * covariance, and mini-batches, with or without momentum.
 *
 * <p>{@link dev.lowland.optim.fluctuation.StationaryCovariance} is the closed form of the paper, S = (λ/α) Π(2I − eH)⁻¹
 * with Π the projector on the range of H = ∇²L and e = η/(1+β), for noise in the labels of the full batch.
 *
 * <p>Notation: J_i is the Jacobian of the predictions of sample i, M_i the curvature of the loss in them, K = (1/n) Σ
 * J_iᵀ M_i J_i (which is ∇²L where every sample is at the minimum of its loss), η the learning rate, β the momentum, λ
 * the strength of the noise, Q the covariance of what one step adds. On the range of K
 *
 * <pre>
 *   S = (I − ηK) S (I − ηK) + Q + η² [ s·(1/n) Σ_i A_i S A_i − m·K S K ],     A_i = J_iᵀ M_i J_i
 * </pre>
 *
 * <p>or the same with the recursion of heavy ball; weight decay γ puts K + γI in place of K in the first term. Q =
 * η(1−β)(λ/α)K for noise in the labels and ηλΣ(θ) for noise of a given covariance; s = m = 1/B for batches of B drawn
 * with replacement, and 0 for the full batch; flips of labels that vary the curvature of the loss by a relative
 * variance κ (the exponential loss) add κ/B to s. Where s = m = 0 and the noise is in the labels, ½∇³L[S] is λ∇R along
 * the valley.
 *
 * <p>Reference: A. Damian, T. Ma, J. D. Lee, <i>Label Noise SGD Provably Prefers Flat Global Minimizers</i>, NeurIPS
 * 2021 (arXiv 2106.06530v2), section 3 and the appendix on arbitrary noise covariance. The sampling term is an addition
 * to it.
 */
@NullMarked
package dev.lowland.optim.fluctuation;

import org.jspecify.annotations.NullMarked;
