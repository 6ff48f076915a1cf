/**
 * How nearly stationary a point is: the (ε, γ) of the theorem, with the point θ* near θ that it asks for.
 *
 * <p>Notation: λ the regularization strength, v a {@link dev.lowland.optim.flatness.DriftField}, ∇R unless told
 * otherwise, ε = ‖∇L/λ + v‖₂ at θ*, γ = ‖θ − θ*‖₂.
 *
 * <p>Reference: A. Damian, T. Ma, J. D. Lee, <i>Label Noise SGD Provably Prefers Flat Global Minimizers</i>, NeurIPS
 * 2021 (arXiv 2106.06530v2), definition 1 and theorem 1.
 */
@NullMarked
package dev.lowland.optim.stationarity;

import org.jspecify.annotations.NullMarked;
