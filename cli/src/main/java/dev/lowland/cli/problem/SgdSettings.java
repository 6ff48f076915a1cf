package dev.lowland.cli.problem;

import dev.lowland.optim.sgd.LabelNoiseSgd;

/**
 * The field {@code sgd} of a problem file, but for the flip probability, which belongs to the loss.
 *
 * @param learningRate η, positive
 * @param momentum β in [0, 1)
 * @param batchSize B, at least 1; 0 stands for the full batch, every sample exactly once a step
 * @param labelNoise σ, a standard deviation, at least 0; 0 for losses that flip labels
 */
public record SgdSettings(double learningRate, double momentum, int batchSize, double labelNoise) {

    /** The value of {@link #batchSize()} that stands for every sample exactly once a step. */
    public static final int FULL_BATCH = 0;

    /**
     * The algorithm with these settings.
     *
     * @param seed seed of every random number of its runs
     * @return the algorithm; the law of the noise is the usual one of the loss
     */
    public LabelNoiseSgd toSgd(long seed) {
        LabelNoiseSgd base = LabelNoiseSgd.of(learningRate)
                .withMomentum(momentum)
                .withLabelNoise(labelNoise)
                .withSeed(seed);
        return batchSize == FULL_BATCH ? base.withFullBatch() : base.withBatchSize(batchSize);
    }
}
