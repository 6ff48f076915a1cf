/**
 * Whether every machine gives one answer: digests of whole runs, which {@code jmh/same-bits} compares over kernels,
 * widths of vectors and JDKs.
 */
@NullMarked
package dev.lowland.jmh.bits;

import org.jspecify.annotations.NullMarked;
