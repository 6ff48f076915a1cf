/**
 * The kernels in plain Java: {@link dev.lowland.core.kernel.scalar.ScalarKernels} joins the loops, which stand by
 * subject.
 *
 * <p>Classes and methods are public for the twin on vectors and for the tests of this module; the module exports none
 * of them.
 */
@NullMarked
package dev.lowland.core.kernel.scalar;

import org.jspecify.annotations.NullMarked;
