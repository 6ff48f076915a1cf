/**
 * What is minimised: a model, a loss and data make an {@link dev.lowland.optim.objective.Objective}, which answers for
 * the training loss L(θ) and its derivatives to third order.
 *
 * <p>Notation: θ (P × 1) are the parameters, f (n × c) the predictions on n samples, J (n·c × P) their Jacobian, G =
 * (1/n) JᵀJ the Gauss-Newton matrix, H = ∇²L the Hessian. For losses under which labels are flipped with probability p,
 * l is the loss of one step, l̄(s) = (1−p) l(s) + p l(−s) its expectation, c the minimiser of l̄, α = l̄″(c), and L
 * averages l̄(y f) − l̄(c), so that every objective has the smallest conceivable value 0.
 *
 * <p>Reference: A. Damian, T. Ma, J. D. Lee, <i>Label Noise SGD Provably Prefers Flat Global Minimizers</i>, NeurIPS
 * 2021 (arXiv 2106.06530v2), sections 2 and 3 and the appendix on classification.
 */
@NullMarked
package dev.lowland.optim.objective;

import org.jspecify.annotations.NullMarked;
