/**
 * Ops of the user's own.
 *
 * <p>{@link dev.lowland.autodiff.custom.CustomOp} takes a value and a reverse rule, both as graph expressions, for functions whose derivative
 * by the chain rule is unstable, wasteful, or not the one that is wanted. It is evaluated as the expression of its value: in
 * programs, lanes and stacks it costs nothing of its own. It is differentiated by its reverse rule alone: forward mode is
 * the transpose of that rule, the second order the derivative of forward mode (see
 * {@link dev.lowland.autodiff.graph.ReverseOp}), so the modes cannot disagree.
 */
@NullMarked
package dev.lowland.autodiff.custom;

import org.jspecify.annotations.NullMarked;
