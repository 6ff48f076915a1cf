package dev.lowland.theory.arbitrary;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.util.OptionalInt;

/**
 * Noise on the targets of the square loss, and how many samples a step takes.
 *
 * @param law one that {@linkplain NoiseLaw#addsToTargets adds to targets}
 * @param deviation σ, positive
 * @param batchSize B, at least 1; empty for the full batch, every sample exactly once a step
 */
public record LabelNoise(NoiseLaw law, double deviation, OptionalInt batchSize) {

    public LabelNoise {

        Checks.notNull("label noise", "batchSize", batchSize);
        Checks.notNull("label noise", "law", law);
        Checks.positive("describe label noise", "deviation", deviation);
        batchSize.ifPresent(batch -> Checks.atLeast("describe label noise", "batchSize", batch, 1));
        if (!law.addsToTargets()) {
            throw Checks.error("describe label noise", "law", law.toString(), "one that adds to targets");
        }
    }

    /**
     * Noise on the full batch.
     *
     * @param law one that adds to targets
     * @param deviation σ, positive
     * @return the noise
     */
    public static LabelNoise of(NoiseLaw law, double deviation) {
        return new LabelNoise(law, deviation, OptionalInt.empty());
    }

    /**
     * The same with batches of B samples.
     *
     * @param other B, at least 1
     * @return the noise
     */
    public LabelNoise withBatchSize(int other) {
        return new LabelNoise(law, deviation, OptionalInt.of(other));
    }

    /**
     * An optimiser with this noise and these batches, without momentum and with seed 1.
     *
     * @param learningRate η, positive
     * @return the optimiser
     */
    public LabelNoiseSgd sgd(double learningRate) {
        LabelNoiseSgd base = LabelNoiseSgd.of(learningRate).withNoiseLaw(law).withLabelNoise(deviation);
        return batchSize.isEmpty() ? base.withFullBatch() : base.withBatchSize(batchSize.getAsInt());
    }

    /** The Java expression that makes it again. */
    @Override
    public String toString() {
        String text = "LabelNoise.of(NoiseLaw." + law + ", " + deviation + ")";
        return batchSize.isEmpty() ? text : text + ".withBatchSize(" + batchSize.getAsInt() + ")";
    }
}
