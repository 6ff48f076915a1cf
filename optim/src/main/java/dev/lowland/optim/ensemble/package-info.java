/**
 * Many replicas of one run, which differ in their random numbers only, and the moments of where they are.
 *
 * <p>Replicas run in blocks of up to 64 side by side; threads take blocks. Replica r sees the random numbers of (seed,
 * r), and the blocks' moments are merged in the order of the blocks (Chan, Golub, LeVeque), so a result does not depend
 * on the number of threads, to the last bit.
 *
 * <p>Reference: T. F. Chan, G. H. Golub, R. J. LeVeque, <i>Updating formulae and a pairwise algorithm for computing
 * sample variances</i>, 1982.
 */
@NullMarked
package dev.lowland.optim.ensemble;

import org.jspecify.annotations.NullMarked;
