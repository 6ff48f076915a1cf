/**
 * The primitives, one a file, each with its shape rule, its evaluation and its rule by algebraic class; and the
 * functions that build expressions from them:
 *
 * <ul>
 *   <li>{@link dev.lowland.autodiff.op.Ops}: arithmetic, products, sums, functions of one number;
 *   <li>{@link dev.lowland.autodiff.op.Axes}: permuting, stringing together, gathering;
 *   <li>{@link dev.lowland.autodiff.op.Choices}: maxima, masks, positions, stop-gradient;
 *   <li>{@link dev.lowland.autodiff.op.Rows}: softmax and its kin;
 *   <li>{@link dev.lowland.autodiff.op.Images}: convolution, pooling, group normalisation;
 *   <li>{@link dev.lowland.autodiff.op.Stacks}: stacks of problems.
 * </ul>
 *
 * <p>Layout primitives act on a view (outer, n, inner) of the memory, row-major: the middle axis is the one that is
 * repeated, summed, sliced or indexed. A stack of problems multiplies outer, lanes multiply inner; nothing else
 * changes.
 *
 * <p>The domain of an op is all numbers where nothing else is said, and a NaN among the operands shows in the result
 * unless it is not chosen. Composites have no rules of their own: their derivatives are those of their definitions.
 */
@NullMarked
package dev.lowland.autodiff.op;

import org.jspecify.annotations.NullMarked;
