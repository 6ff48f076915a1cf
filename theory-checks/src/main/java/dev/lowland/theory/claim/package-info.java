/**
 * The parts from which a claim is made: what it says, how it is judged, and the plain result that a report shows.
 *
 * <p>A {@link dev.lowland.theory.claim.Claim} lays a prediction of the theory beside a measurement that shares nothing
 * with it but the objective. A claim breaks up into cases; a case is <em>one scalar statistic, declared before any data
 * are drawn</em>. Two rules judge a case:
 *
 * <ul>
 *   <li>{@link dev.lowland.theory.claim.ThreePartRule} for a mean over random runs. HOLDS needs all of: (1) agreement,
 *       |measured − predicted| ≤ 4 SE + bias, where the bias is what the theory itself allows at that λ, from a formula
 *       stated with the claim; (2) precision, 4 SE + bias ≤ 2 % of the effect, for a fitted exponent 20 % of the
 *       distance to the nearest wrong one; (3) teeth, every wrong theory (<em>falsification</em>) is refused by 6 SE
 *       beyond the bias. Without precision or teeth the data decide nothing: INCONCLUSIVE. Without agreement: FAILS.
 *   <li>{@link dev.lowland.theory.claim.ToleranceRule} for identities, which hold to a relative tolerance.
 * </ul>
 *
 * <h2>The level of false alarms</h2>
 *
 * A correct statistic misses 4 SE with probability 6.3e-5, so with the 250 or so statistics of the ledger one run in 65
 * would cry wolf. Instead of a wider band, which would cost power, a miss is <em>confirmed</em>:
 * {@link dev.lowland.theory.claim.TwoStages} measures again with a stream of random numbers that the first stage never
 * touched, and the case FAILS only if both miss. The level of one statistic is then at most 4.0e-9, that of a ledger
 * with m statistics at most 4.0e-9·m: below 1e-6 up to m = 250. This is an upper bound, for it gives the bias no
 * credit. The price in power is small: a theory that is wrong by 8 SE is still reported with probability 0.9999. A
 * falsification is planned to lie so far away (10 SE or more) that chance cannot hide it: a correct case becomes
 * INCONCLUSIVE for want of teeth with probability below 1e-4 at 10 SE and 1e-9 at 12 SE. All of this supposes that a
 * statistic is a mean over at least some hundreds of independent runs, so that the normal law holds at 4 SE; the
 * statistics of this ledger are.
 *
 * <h2>Notation</h2>
 *
 * SE: standard error of a mean over independent runs. Bias: half-width of the band that the theory allows at finite λ.
 * Effect: the size against which precision is asked for, usually the predicted value itself.
 */
@NullMarked
package dev.lowland.theory.claim;

import org.jspecify.annotations.NullMarked;
