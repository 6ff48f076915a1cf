/**
 * Minimising any function: {@link dev.lowland.optim.minimizer.Minimizer} takes the steps of this library on a
 * {@link dev.lowland.autodiff.function.ScalarFunction}, which is an expression and no model on data, with or without
 * noise on its variable. Line searches, L-BFGS and trust regions are better done by libraries that have them: the
 * module of examples hands values, gradients and products with the Hessian to one.
 *
 * <p>Notation: x the variable, a matrix of N entries; f the function, g = ∇f; η the learning rate, β the momentum; ε
 * noise on x, N(0, ηλCCᵀ).
 */
@NullMarked
package dev.lowland.optim.minimizer;

import org.jspecify.annotations.NullMarked;
