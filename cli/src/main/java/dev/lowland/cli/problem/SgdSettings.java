package dev.lowland.cli.problem;

import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The field {@code sgd} of a problem file.
 *
 * @param learningRate η, positive
 * @param momentum β in [0, 1)
 * @param batchSize B, at least 1; empty for the full batch, every sample exactly once a step
 * @param labelNoise σ, a standard deviation, at least 0; 0 for losses that flip labels
 * @param flipProbability p in (0, ½) for losses that flip labels, empty for others; it is a part of the loss
 */
public record SgdSettings(
        double learningRate,
        double momentum,
        OptionalInt batchSize,
        double labelNoise,
        OptionalDouble flipProbability) {

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
        return batchSize.isEmpty() ? base.withFullBatch() : base.withBatchSize(batchSize.getAsInt());
    }
}
