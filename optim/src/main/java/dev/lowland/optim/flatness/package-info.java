/**
 * What label noise penalises: the regularizer R and its gradient, and the potentials and fields that may stand in for
 * it. Where they drive the mean of the runs is {@code dev.lowland.optim.flow}; how far a point is from rest,
 * {@code dev.lowland.optim.stationarity}; drifts without a potential come from {@code dev.lowland.optim.fluctuation}.
 *
 * <p>Notation: H = ∇²L with eigenvalues h_i, η the learning rate, β the momentum, e = η/(1+β), α the curvature of the
 * loss at its minimiser (1 for the square loss). With β = 0 and α = 1 the formulas are the paper's:
 *
 * <pre>
 *   R  = −(1/(2eα)) tr log(I − (e/2)H)      defined if and only if e·h_max &lt; 2
 *   ∇R = ½ ∇³L[(1/α)(2I − eH)⁻¹]
 * </pre>
 *
 * <p>R and ∇R are exact up to some thousand parameters; beyond they are estimates from Hessian-vector products, with
 * standard errors, and with a status that tells what is known from what is likely.
 *
 * <p>Reference: A. Damian, T. Ma, J. D. Lee, <i>Label Noise SGD Provably Prefers Flat Global Minimizers</i>, NeurIPS
 * 2021 (arXiv 2106.06530v2), sections 2 and 3 and the appendices on momentum and classification.
 */
@NullMarked
package dev.lowland.optim.flatness;

import org.jspecify.annotations.NullMarked;
