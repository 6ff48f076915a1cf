/**
 * The slow flow Φ, where the theory says that the mean of the runs goes: gradient descent (or heavy ball) on L beside a
 * drift −λv, in plain steps or in long ones along the valley, which state their error.
 *
 * <p>Notation: η the learning rate, β the momentum, λ the regularization strength, v a
 * {@link dev.lowland.optim.flatness.DriftField}, ∇R unless told otherwise, Φ_k the state after k steps.
 *
 * <p>Reference: A. Damian, T. Ma, J. D. Lee, <i>Label Noise SGD Provably Prefers Flat Global Minimizers</i>, NeurIPS
 * 2021 (arXiv 2106.06530v2), section 3, the reference process of the local coupling.
 */
@NullMarked
package dev.lowland.optim.flow;

import org.jspecify.annotations.NullMarked;
