/**
 * What a kernel promises: {@link dev.lowland.core.kernel.contract.KernelSet} joins the interfaces of all inner loops,
 * for code that has checked its shapes already.
 *
 * <p>Arrays are row-major and contiguous. With op(A) rows × inner and op(B) inner × columns, C = op(A)·op(B) is rows ×
 * columns. A laned array holds the values of all lanes of an entry side by side: entry e of lane l is at [e·lanes + l].
 *
 * <p>Parameters have one order, here and in both twins, as most of them are ints and the compiler would not notice two
 * exchanged:
 *
 * <ol>
 *   <li>what work it is: the form or the window, then flags ({@code add}: to what is there);
 *   <li>for random numbers the address: key, stream, position;
 *   <li>sizes, those of the result from its outermost axis to its innermost, then {@code inner}, the axis of a sum,
 *       then lanes; a stretch (start, length) follows the axis that it is cut from;
 *   <li>numbers: factors, exponents, bounds;
 *   <li>the arrays, what is read before what is written; each is followed by its offset, then by its strides from the
 *       outermost axis to the innermost, then by whether all lanes share it;
 *   <li>scratch memory.
 * </ol>
 *
 * <p>And one vocabulary: {@code n} entries, or entries of the middle axis in outer × n × inner; {@code xOffset} is
 * where operand x begins, {@code xStart} where the part of it begins that a piece of the work takes; strides are named
 * for their axis ({@code aRow}, {@code bColumn}, {@code xLine} for either, {@code xStep} along the axis of the sum) or
 * {@code xStride} where there is one; {@code height}, {@code depth} and {@code blockLanes} are the rows, the part of
 * the axis of the sum, and the lanes of a block.
 *
 * <p>Which bits agree: all of them. Both twins, vectors of any width, every lane and a single run, on every Java
 * version and processor, for any number of threads: every order of summation is stated here, follows from the shape and
 * the form alone, and every fused multiply-add is one that {@code Math.fma} rounds. Only what a NaN carries besides
 * being one is left open.
 *
 * <p>References: K. Goto, R. A. van de Geijn, <i>Anatomy of high-performance matrix multiplication</i>, ACM TOMS 34
 * (2008), for the blocking of {@code multiply}; N. J. Higham, <i>The accuracy of floating point summation</i>, SIAM J.
 * Sci. Comput. 14 (1993), for the partial sums.
 */
@NullMarked
package dev.lowland.core.kernel.contract;

import org.jspecify.annotations.NullMarked;
