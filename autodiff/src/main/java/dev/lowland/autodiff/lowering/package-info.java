/**
 * How ops are lowered: what a compiler of programs may do with an op beyond running its evaluator.
 *
 * <p>What an op means is its {@link dev.lowland.autodiff.graph.Primitive}, and that is enough: a program copies its
 * operands to the beginning of an array, spreads them over the lanes, and runs its evaluator as an instruction of its
 * own. {@link dev.lowland.autodiff.lowering.Lowering}, which an op may implement beside its class, spares some of that:
 *
 * <ul>
 *   <li>placement: a value that is other numbers in their places needs no instruction at all;
 *   <li>fusion: an op and what computes its operand, or what follows it, as one instruction;
 *   <li>offsets and lanes: operands are read where they are, though they begin inside an array or are shared by lanes;
 *   <li>accumulation: a value that is added to what is at its place;
 *   <li>lane code: the op as straight-line code.
 * </ul>
 *
 * <p>None of it may change a bit of any result. Lowerings are asked when a program is compiled, never when it runs.
 */
@NullMarked
package dev.lowland.autodiff.lowering;

import org.jspecify.annotations.NullMarked;
