package dev.lowland.optim.batch;

import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomLanes;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;

/** B indices drawn uniformly with replacement in every step. */
record ReplacedBatch(int size) implements BatchLaw {

    static final PartKind<BatchLaw> KIND = PartKind.of(
            "with-replacement", n -> new ReplacedBatch(Batches.whole(n[0])), PartField.required("batchSize"));

    ReplacedBatch {
        Checks.atLeast("with-replacement", "batchSize", size, 1);
    }

    @Override
    public String name() {
        return "with-replacement";
    }

    @Override
    public int batchSize(int samples) {
        Checks.atLeast(name(), "samples", samples, 1);
        return size;
    }

    @Override
    public BatchDraws draws(int lanes, int samples) {
        RandomLanes any = RandomLanes.of(0, 0, lanes, Purpose.SAMPLE_INDEX);
        Checks.atLeast(name(), "samples", samples, 1);
        return new BatchDraws() {
            private RandomLanes streams = any;

            @Override
            public void start(long[] seeds, int[] replicas) {
                streams = RandomLanes.of(seeds, replicas, Purpose.SAMPLE_INDEX);
            }

            @Override
            public void fill(long step, int steps, int[] out) {
                streams.fillIndices(step * size, steps * size, samples, out, 0);
            }
        };
    }

    @Override
    public SamplingNoise samplingNoise(int samples) {
        return SamplingNoise.of(1.0 / size);
    }

    @Override
    public String toString() {
        return String.valueOf(size);
    }
}
