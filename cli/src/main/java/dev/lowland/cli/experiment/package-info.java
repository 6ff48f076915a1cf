/**
 * Named experiments of the paper: the penalty beside its linearisation, and the escape of label noise SGD from bad
 * minima, on images that are read or made.
 *
 * <p>Notation: θ_k after k steps, H = ∇²L, η the learning rate, β the momentum, p the probability of a flip.
 *
 * <p>References: A. Damian, T. Ma, J. D. Lee, <i>Label noise SGD provably prefers flat global minimizers</i>, 2021,
 * section 5 and appendix; S. Liu, D. Papailiopoulos, D. Achlioptas, <i>Bad global minima exist and SGD can reach
 * them</i>, 2020 (the adversarial start).
 */
@NullMarked
package dev.lowland.cli.experiment;

import org.jspecify.annotations.NullMarked;
