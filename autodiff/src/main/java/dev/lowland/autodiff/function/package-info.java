/**
 * Functions of matrices, for who wants numbers and no graph: {@link dev.lowland.autodiff.function.ScalarFunction} has
 * the value, the gradient and the Hessian of an expression on EJML's matrices.
 * {@link dev.lowland.autodiff.function.ProgramCall} keeps a program, its memory and the arrays of its arguments
 * together.
 *
 * <p>Notation: f the function, x its variable, N the entries of x, H = ∇²f.
 */
@NullMarked
package dev.lowland.autodiff.function;

import org.jspecify.annotations.NullMarked;
