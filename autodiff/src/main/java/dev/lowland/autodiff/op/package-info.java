/**
 * The primitives, one a file, each with its shape rule, its evaluation and its rule by algebraic class; and
 * {@link dev.lowland.autodiff.op.Ops}, the functions that build expressions from them.
 *
 * <p>Layout primitives act on a view (outer, n, inner) of the memory, row-major: the middle axis is the one that is
 * repeated, summed or sliced. A stack of problems multiplies outer, lanes multiply inner; nothing else changes.
 */
@NullMarked
package dev.lowland.autodiff.op;

import org.jspecify.annotations.NullMarked;
