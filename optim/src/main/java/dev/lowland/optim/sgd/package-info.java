/**
 * Training: each step draws a batch, makes its labels noisy afresh, takes a gradient and follows it by a rule.
 * {@link dev.lowland.optim.sgd.LabelNoiseSgd} is the paper's Algorithm 1 and its relatives,
 * {@link dev.lowland.optim.sgd.Optimiser} any combination of rule, schedule, batches, noise and regularization.
 *
 * <p>Notation: η is the learning rate, B the batch size (n for the full batch, which takes every sample exactly once;
 * {@link dev.lowland.optim.batch} has the others), σ the standard deviation of the noise, β the momentum, λ =
 * ησ²/(B(1−β)) the strength of the regularization that the noise amounts to.
 *
 * <p>Random numbers are addressed by (seed, replica, purpose, position), never by the order in which they are drawn.
 * With c outputs a sample, the noise of output j of the i-th drawn sample in step k is number k·B·c + i·c + j of the
 * stream for label noise; its index and its flip are number k·B + i of theirs. Noise on the parameters, √(ηλ) C(θ) z
 * with m columns in C, takes numbers k·m + j of a stream of its own. A run can therefore be repeated, resumed at any
 * step, or be one of many side by side, and always sees the same numbers.
 *
 * <p>Reference: A. Damian, T. Ma, J. D. Lee, <i>Label Noise SGD Provably Prefers Flat Global Minimizers</i>, NeurIPS
 * 2021 (arXiv 2106.06530v2), Algorithm 1 and the appendices on momentum and classification.
 */
@NullMarked
package dev.lowland.optim.sgd;

import org.jspecify.annotations.NullMarked;
