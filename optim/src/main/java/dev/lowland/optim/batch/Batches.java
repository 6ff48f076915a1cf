package dev.lowland.optim.batch;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartKind;
import java.util.List;

/**
 * The usual batch laws.
 *
 * <table>
 * <caption>laws on n samples, and the factor of their sampling noise</caption>
 * <tr><th>name</th><th>a step takes</th><th>f</th></tr>
 * <tr><td>full</td><td>every sample once</td><td>0</td></tr>
 * <tr><td>with-replacement</td><td>B samples, each any of all</td><td>1/B</td></tr>
 * <tr><td>distinct</td><td>B different samples, drawn anew</td><td>(n − B)/(B(n − 1))</td></tr>
 * <tr><td>without-replacement</td><td>the next B of a permutation, a new one in every epoch</td><td>unsupported,
 * 0 for B = n</td></tr>
 * <tr><td>given</td><td>the next of a list</td><td>unsupported</td></tr>
 * </table>
 */
public final class Batches {

    private static final List<PartKind<BatchLaw>> KINDS =
            List.of(FullBatch.KIND, ReplacedBatch.KIND, DistinctBatch.KIND, EpochBatch.KIND);

    private Batches() {}

    /**
     * The laws that files know.
     *
     * @return all kinds, in the order in which to list them
     */
    public static List<PartKind<BatchLaw>> kinds() {
        return KINDS;
    }

    /**
     * Every sample exactly once in every step.
     *
     * @return the law
     */
    public static BatchLaw full() {
        return new FullBatch();
    }

    /**
     * B samples in every step, drawn with replacement.
     *
     * @param size B ≥ 1
     * @return the law
     * @throws IllegalArgumentException if B is out of range
     */
    public static BatchLaw withReplacement(int size) {
        return new ReplacedBatch(size);
    }

    /**
     * B different samples in every step, drawn anew each time.
     *
     * @param size B ≥ 1, at most n
     * @return the law
     * @throws IllegalArgumentException if B is out of range
     */
    public static BatchLaw distinct(int size) {
        return new DistinctBatch(size);
    }

    /**
     * Epochs: every sample once, in an order that is drawn anew for each epoch; the samples left at its end are
     * dropped. Takes two whole numbers for each sample and lane.
     *
     * @param size B ≥ 1, at most n
     * @return the law
     * @throws IllegalArgumentException if B is out of range
     */
    public static BatchLaw withoutReplacement(int size) {
        return new EpochBatch(size, false);
    }

    /**
     * The same with the samples left at the end of an epoch as a batch of their own, of which the mean is taken.
     *
     * @param size B ≥ 1, at most n
     * @return the law
     * @throws IllegalArgumentException if B is out of range
     */
    public static BatchLaw withoutReplacementKeepingShort(int size) {
        return new EpochBatch(size, true);
    }

    /**
     * These, one after the other and then again from the first, for every replica.
     *
     * @param batches samples of each batch, counted from 0: all of one size, but the last may be smaller. Not modified.
     * @return the law
     * @throws IllegalArgumentException if there is none, or sizes or samples are out of range
     */
    public static BatchLaw given(int[][] batches) {
        return new GivenBatches(batches);
    }

    /** A size of a batch, as a field gives it. */
    static int whole(double number) {
        if (!(number == Math.rint(number) && number >= 1 && number <= Integer.MAX_VALUE)) {
            throw Checks.error("batches", "batchSize", Double.toString(number), "a whole number, at least 1");
        }
        return (int) number;
    }

    /** A yes or no, as a field gives it. */
    static boolean yes(String field, double number) {
        if (number != 0 && number != 1) {
            throw Checks.error("batches", field, Double.toString(number), "0 or 1");
        }
        return number == 1;
    }
}
