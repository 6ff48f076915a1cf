/**
 * What random numbers are made of: the generator, and simple laws from its bits. Only this module sees it;
 * {@link dev.lowland.core.random.RandomStream} is the front for everybody, and the loops are in
 * {@link dev.lowland.core.kernel.contract.RandomKernels}.
 *
 * <p>A stream is addressed by two longs: its key, which is the seed, and its number with the replica in the low 32 bits
 * and the code of the purpose above.
 *
 * <p>Reference: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, <i>Parallel random numbers: as easy as 1, 2, 3</i>,
 * SC'11, 2011.
 */
@NullMarked
package dev.lowland.core.generator;

import org.jspecify.annotations.NullMarked;
