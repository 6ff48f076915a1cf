/**
 * Elementary functions of one real variable that give the same bits on every Java version and every processor.
 *
 * <p>{@link java.lang.Math} may answer differently from one virtual machine to the next; a replayed experiment may not.
 * So these functions are written out in additions, multiplications and divisions, each rounded to double, with no fused
 * multiply-add and no table, and a vector version that does the same operations in the same order has the same bits.
 *
 * <p>Polynomial coefficients are interpolations at Chebyshev nodes, computed with 60 digits and rounded to double.
 *
 * <p>References: J.-M. Muller, <i>Elementary Functions: Algorithms and Implementation</i>, 3rd edition, Birkhäuser
 * 2016, chapters 3 and 11; W. J. Cody and W. Waite, <i>Software Manual for the Elementary Functions</i>, Prentice-Hall
 * 1980.
 */
@NullMarked
package dev.lowland.core.function;

import org.jspecify.annotations.NullMarked;
