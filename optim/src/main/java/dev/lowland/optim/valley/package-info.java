/**
 * The floor of the valley that runs settle in, and the directions across it: what the slow flow in long steps and
 * nearby stationary points have in common. Not exported.
 *
 * <p>Notation: K = (1/n) Σ F_iᵀF_i the curvature with rows F_i of {@link dev.lowland.optim.objective.CurvatureRows}, λ
 * the regularization strength, v a {@link dev.lowland.optim.flatness.DriftField}. A point is on the floor where ∇L + λv
 * has no part in the range of K.
 *
 * <p>Reference: A. Damian, T. Ma, J. D. Lee, <i>Label Noise SGD Provably Prefers Flat Global Minimizers</i>, NeurIPS
 * 2021 (arXiv 2106.06530v2), section 3.
 */
@NullMarked
package dev.lowland.optim.valley;

import org.jspecify.annotations.NullMarked;
