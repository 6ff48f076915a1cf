/**
 * Which samples a step takes.
 *
 * <p>Notation: n samples, B of them in a step. Random numbers are addressed by (seed, replica, position), so that any
 * batch of any replica can be asked for again. Drawing with replacement, entry i of step k is number k·B + i of the
 * stream. Batches without repetition draw uniform numbers u and exchange entry i of a list with entry i + ⌊u(n − i)⌋:
 * number k·B + i for a batch that is drawn for itself, number e·n + i for epoch e, whose order is one permutation
 * (Fisher and Yates) of all samples.
 *
 * <p>Every law says what it adds to the covariance of a step ({@link dev.lowland.optim.batch.SamplingNoise}). Of a mean
 * over B of n numbers a_i with mean ā, drawn independently in every step, the variance is f·[(1/n) Σ a_i² − ā²], with f
 * = 1/B with replacement and f = (n − B)/(B(n − 1)) without. In epochs the batches of one epoch are correlated (their
 * means add up to a constant), so no recursion from step to step has their covariance; only where a batch is the whole
 * epoch is it known, f = 0.
 */
@NullMarked
package dev.lowland.optim.batch;

import org.jspecify.annotations.NullMarked;
