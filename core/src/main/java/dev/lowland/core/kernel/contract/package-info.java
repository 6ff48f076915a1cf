/**
 * What a kernel promises: {@link dev.lowland.core.kernel.contract.KernelSet} joins the interfaces of all inner loops,
 * for code that has checked its shapes already.
 *
 * <p>Arrays are row-major and contiguous. With op(A) rows × inner and op(B) inner × columns, C = op(A)·op(B) is rows ×
 * columns. A laned array holds the values of all lanes of an entry side by side: entry e of lane l is at [e·lanes + l].
 *
 * <p>Which bits agree: everything but {@code multiply} and the convolutions has the same bits in both twins, on every
 * Java version and processor; {@code multiply} and the convolutions of single runs use fused multiply-adds in the
 * vector twin. No result depends on the number of threads.
 *
 * <p>References: K. Goto, R. A. van de Geijn, <i>Anatomy of high-performance matrix multiplication</i>, ACM TOMS 34
 * (2008), for the blocking of {@code multiply}; N. J. Higham, <i>The accuracy of floating point summation</i>, SIAM J.
 * Sci. Comput. 14 (1993), for the partial sums.
 */
@NullMarked
package dev.lowland.core.kernel.contract;

import org.jspecify.annotations.NullMarked;
