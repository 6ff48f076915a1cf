package dev.lowland.optim.batch;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;

/** B different samples, drawn anew in every step. */
record DistinctBatch(int size) implements BatchLaw {

    static final PartKind<BatchLaw> KIND =
            PartKind.of("distinct", n -> new DistinctBatch(Batches.whole(n[0])), PartField.required("batchSize"));

    DistinctBatch {
        Checks.atLeast("distinct", "batchSize", size, 1);
    }

    @Override
    public String name() {
        return "distinct";
    }

    @Override
    public int batchSize(int samples) {
        Checks.atMost(name(), "batchSize", size, samples);
        return size;
    }

    @Override
    public BatchDraws draws(int lanes, int samples) {
        batchSize(samples);
        Shuffles shuffles = new Shuffles(lanes, samples);
        return new BatchDraws() {
            @Override
            public void start(long[] seeds, int[] replicas) {
                shuffles.start(seeds, replicas);
            }

            @Override
            public void fill(long step, int steps, int[] out) {
                for (int s = 0; s < steps; s++) {
                    shuffles.begin((step + s) * size, size);
                    shuffles.copy(0, size, out, s * size * lanes);
                    shuffles.undo();
                }
            }
        };
    }

    @Override
    public SamplingNoise samplingNoise(int samples) {
        batchSize(samples);
        return SamplingNoise.of(samples == 1 ? 0 : (samples - size) / (size * (samples - 1.0)));
    }

    @Override
    public String toString() {
        return size + " distinct";
    }
}
