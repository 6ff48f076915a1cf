/**
 * Programs of fixed sizes written down as bytecode: what small models spend on sizes that are only known to the machine
 * when it is too late, on choices among kernels and on ranges of loops, is settled once.
 *
 * <p>{@link dev.lowland.core.fixed.FixedCode} takes down pieces of work over the buffers of a program. A piece is
 * either a {@link dev.lowland.core.fixed.FixedLoop}, whose sizes and offsets become constants of a method of its own,
 * or a {@link dev.lowland.core.fixed.BufferLoop}, which is called as a constant. Vectors lie along the rows of the
 * result; the last vector of a row ends where the row ends and overlaps the one before, so no row needs a rest.
 *
 * <p>The bits are those of the kernels: the order of sums is that of {@code SumOrder} and {@code ReductionKernels}.
 */
@NullMarked
package dev.lowland.core.fixed;

import org.jspecify.annotations.NullMarked;
