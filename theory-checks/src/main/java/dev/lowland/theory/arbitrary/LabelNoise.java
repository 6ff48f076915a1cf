package dev.lowland.theory.arbitrary;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.NoiseLaw;

/**
 * Noise on the targets of the square loss, and how many samples a step takes.
 *
 * @param law one that {@linkplain NoiseLaw#addsToTargets adds to targets}
 * @param deviation σ, positive
 * @param batchSize B; 0 for the full batch
 */
public record LabelNoise(NoiseLaw law, double deviation, int batchSize) {

    public LabelNoise {
        Checks.positive("describe label noise", "deviation", deviation);
        Checks.atLeast("describe label noise", "batchSize", batchSize, 0);
        if (!law.addsToTargets()) {
            throw Checks.error("describe label noise", "law", law.toString(), "one that adds to targets");
        }
    }

    /**
     * An optimiser with this noise and these batches, without momentum and with seed 1.
     *
     * @param learningRate η, positive
     * @return the optimiser
     */
    public LabelNoiseSgd sgd(double learningRate) {
        LabelNoiseSgd base = LabelNoiseSgd.of(learningRate).withNoiseLaw(law).withLabelNoise(deviation);
        return batchSize == 0 ? base.withFullBatch() : base.withBatchSize(batchSize);
    }

    /** The Java expression that makes it again. */
    @Override
    public String toString() {
        return "new LabelNoise(NoiseLaw." + law + ", " + deviation + ", " + batchSize + ")";
    }
}
