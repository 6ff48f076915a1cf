package dev.lowland.cli.study;

import dev.lowland.optim.batch.SamplingNoise;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.Optimiser;
import java.util.Optional;

/** Whether the noise of drawing batches has a covariance, which S needs and R does not. */
final class SamplingTheory {
    private SamplingTheory() {}

    /** Why it has none; empty if it has. */
    static Optional<String> missing(Objective objective, Optimiser optimiser) {
        SamplingNoise noise = optimiser.batches().samplingNoise(objective.sampleCount());
        return noise.factor().isPresent() ? Optional.empty() : Optional.of(noise.reason());
    }
}
