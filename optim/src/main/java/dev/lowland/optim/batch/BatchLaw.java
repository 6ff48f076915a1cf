package dev.lowland.optim.batch;

import dev.lowland.core.check.Checks;

/** Which samples a step takes. Immutable, shared by threads; {@link Batches} has the usual ones. */
public interface BatchLaw {

    /**
     * What it is called.
     *
     * @return for example {@code with-replacement}
     */
    String name();

    /**
     * Whether every step takes every sample exactly once, in their order.
     *
     * @return true for the full batch
     */
    default boolean isFull() {
        return false;
    }

    /**
     * Samples of the largest batch, B.
     *
     * @param samples n ≥ 1
     * @return B ≥ 1
     * @throws IllegalArgumentException if this law cannot be used on so many samples
     */
    int batchSize(int samples);

    /**
     * Samples of the batch of one step.
     *
     * @param step k ≥ 0
     * @param samples n
     * @return at least 1; B unless overridden. There may be one other size, {@link #shortBatchSize}
     */
    default int batchSize(long step, int samples) {
        Checks.atLeast(name(), "step", step, 0);
        return batchSize(samples);
    }

    /**
     * The size of the batches that are shorter than the others.
     *
     * @param samples n
     * @return the size; B if there is no such batch
     */
    default int shortBatchSize(int samples) {
        return batchSize(samples);
    }

    /**
     * Steps of an epoch: those in which samples as many as there are have been taken.
     *
     * @param samples n
     * @return ⌈n/B⌉ unless overridden
     */
    default long stepsPerEpoch(int samples) {
        int size = batchSize(samples);
        return samples / size + (samples % size > 0 ? 1L : 0L);
    }

    /**
     * How many random numbers a step takes at most, which bounds the number of steps.
     *
     * @param samples n
     * @return numbers of one stream; 0 for none
     */
    default long numbersPerStep(int samples) {
        return batchSize(samples);
    }

    /**
     * What draws the batches of some replicas side by side, for one thread.
     *
     * @param lanes how many, at least 1
     * @param samples n
     * @return draws that have not been started; never asked for of a full batch
     */
    BatchDraws draws(int lanes, int samples);

    /**
     * What the batches add to the covariance of a step.
     *
     * @param samples n
     * @return the factor, or why there is none
     */
    SamplingNoise samplingNoise(int samples);
}
