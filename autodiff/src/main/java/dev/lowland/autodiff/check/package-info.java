/**
 * Checks of derivatives, for the authors of ops, models and losses as well as for our own tests.
 *
 * <ul>
 *   <li>{@link dev.lowland.autodiff.check.ComplexStep}: derivatives of any graph to the last digits, by one evaluation
 *       in complex numbers;
 *   <li>{@link dev.lowland.autodiff.check.GradientCheck}: derivatives of any order against differences, with a report
 *       that names the entry, both values and the op at fault;
 *   <li>{@link dev.lowland.autodiff.check.Identities}: forward mode against reverse mode (duality), and the symmetry of
 *       Hessians.
 * </ul>
 *
 * <p>Nothing here shares a line with the rules it checks: values come from the interpreter, complex formulas from
 * tables.
 *
 * <p>Notation: f the output, x the variable, J = ∂f/∂x, v a direction in the space of x, c a cotangent in that of f.
 */
@NullMarked
package dev.lowland.autodiff.check;

import org.jspecify.annotations.NullMarked;
