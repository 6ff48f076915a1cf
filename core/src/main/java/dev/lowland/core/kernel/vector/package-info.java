/**
 * The kernels on the incubating Vector API: {@link dev.lowland.core.kernel.vector.VectorKernels} joins the loops, which
 * stand by subject in rooms of their own. Only this package and its rooms refer to the incubating module.
 *
 * <p>Vectors never lie in fields and never cross a call that is not compiled into its caller. Classes and methods are
 * public for each other and for the tests of this module; the module exports none of them.
 */
@NullMarked
package dev.lowland.core.kernel.vector;

import org.jspecify.annotations.NullMarked;
