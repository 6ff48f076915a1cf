/**
 * One long run of a problem's optimiser: where it starts, what is measured on the way, and how it is saved and taken up
 * again. A training is a few {@link dev.lowland.cli.train.Phase phases}, one after the other; the last one is that of
 * the problem, those before make a bad start for it.
 *
 * <p>Notation: θ_k after k steps, L the training loss, H = ∇²L, B the size of a batch.
 *
 * <p>References: A. Damian, T. Ma, J. D. Lee, <i>Label noise SGD provably prefers flat global minimizers</i>, 2021 (the
 * two starts); S. Liu, D. Papailiopoulos, D. Achlioptas, <i>Bad global minima exist and SGD can reach them</i>, 2020
 * (the adversarial one).
 */
@NullMarked
package dev.lowland.cli.train;

import org.jspecify.annotations.NullMarked;
