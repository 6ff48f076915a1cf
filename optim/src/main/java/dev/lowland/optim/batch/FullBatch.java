package dev.lowland.optim.batch;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartKind;

/** Every sample exactly once. */
record FullBatch() implements BatchLaw {

    static final PartKind<BatchLaw> KIND = PartKind.of("full", n -> new FullBatch());

    @Override
    public String name() {
        return "full";
    }

    @Override
    public boolean isFull() {
        return true;
    }

    @Override
    public int batchSize(int samples) {
        Checks.atLeast("full", "samples", samples, 1);
        return samples;
    }

    @Override
    public long numbersPerStep(int samples) {
        return 0;
    }

    @Override
    public BatchDraws draws(int lanes, int samples) {
        throw Checks.error("draws", "batch law", "full", "one that draws");
    }

    @Override
    public SamplingNoise samplingNoise(int samples) {
        return SamplingNoise.of(0);
    }

    @Override
    public String toString() {
        return "full";
    }
}
