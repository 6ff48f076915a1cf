/**
 * The same work by others, in the same JVM: OpenBLAS and libtorch through JavaCPP, ND4J. Compiled with
 * {@code -Ppeers} only.
 *
 * <p>Every peer computes in double precision on one thread, keeps its operands in its own memory, and shows once,
 * before it is timed, that it computes what Lowland computes.
 */
@NullMarked
package dev.lowland.jmh.peers;

import org.jspecify.annotations.NullMarked;
