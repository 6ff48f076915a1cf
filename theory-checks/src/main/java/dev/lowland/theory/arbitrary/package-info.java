/**
 * Arbitraries for jqwik: random problems, step sizes and noise for property-based tests of statements about label-noise
 * SGD.
 *
 * <p>With this module on the test class path a property simply asks for what it needs, for the arbitraries are found
 * through jqwik's provider interface:
 *
 * <pre>{@code
 * @Property
 * void theRegularizerIsAtLeastAQuarterOfTheTrace(@ForAll Trial trial) { ... }
 * }</pre>
 *
 * <table>
 *   <caption>What can be asked for</caption>
 *   <tr><td>{@link dev.lowland.theory.arbitrary.ModelChoice}</td><td>a small model</td></tr>
 *   <tr><td>{@link dev.lowland.theory.arbitrary.InterpolatingProblem}</td><td>data and a point θ where the loss is zero</td></tr>
 *   <tr><td>{@link dev.lowland.theory.arbitrary.StepSize}</td><td>η and β in the stable range, up to 0.999 of the limit</td></tr>
 *   <tr><td>{@link dev.lowland.theory.arbitrary.LabelNoise}</td><td>law, σ and batch size</td></tr>
 *   <tr><td>{@link dev.lowland.theory.arbitrary.Trial}</td><td>all of these and a seed: an optimiser on a problem</td></tr>
 *   <tr><td>{@link dev.lowland.theory.arbitrary.FlipLoss}</td><td>a loss whose labels flip, and p</td></tr>
 *   <tr><td>{@link dev.lowland.theory.arbitrary.FlipProblem}</td><td>a global minimum of such a loss</td></tr>
 * </table>
 *
 * <p>Every one is a record of a few small numbers, so it shrinks well (towards one sample, one parameter and the linear
 * model) and prints as the Java expression that makes it again. {@link dev.lowland.theory.arbitrary.Trial} also prints
 * the problem file that {@code ./lowland inspect} reads. {@link dev.lowland.theory.arbitrary.LowlandArbitraries} has
 * the arbitraries themselves, to be filtered and combined.
 *
 * <p>Edge cases: n = 1, P = 1, samples that repeat others (rank-deficient data), more samples than parameters, ηλmax at
 * 0.999 of the limit, β = 0.999, p = 0.001 and 0.499. The records are immutable and thread-safe.
 */
@NullMarked
package dev.lowland.theory.arbitrary;

import org.jspecify.annotations.NullMarked;
