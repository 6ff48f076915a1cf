package dev.lowland.optim.batch;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;

/**
 * Epochs: each is a permutation of all samples, cut into batches of B. What is left at its end is a batch of its own,
 * or dropped.
 */
record EpochBatch(int size, boolean keepsShort) implements BatchLaw {

    static final PartKind<BatchLaw> KIND = PartKind.of(
            "without-replacement",
            n -> new EpochBatch(Batches.whole(n[0]), Batches.yes("keepShort", n[1])),
            PartField.required("batchSize"),
            PartField.optional("keepShort", 0));

    EpochBatch {
        Checks.atLeast("without-replacement", "batchSize", size, 1);
    }

    @Override
    public String name() {
        return "without-replacement";
    }

    @Override
    public int batchSize(int samples) {
        Checks.atMost(name(), "batchSize", size, samples);
        return size;
    }

    @Override
    public int batchSize(long step, int samples) {
        Checks.atLeast(name(), "step", step, 0);
        int count = batchesOfEpoch(samples);
        return step % count == count - 1 ? shortBatchSize(samples) : size;
    }

    @Override
    public int shortBatchSize(int samples) {
        int left = samples % batchSize(samples);
        return keepsShort && left > 0 ? left : size;
    }

    @Override
    public long stepsPerEpoch(int samples) {
        return batchesOfEpoch(samples);
    }

    private int batchesOfEpoch(int samples) {
        int whole = samples / batchSize(samples);
        return keepsShort && samples % size > 0 ? whole + 1 : whole;
    }

    /** At most two epochs of numbers for each of its batches. */
    @Override
    public long numbersPerStep(int samples) {
        return (long) (samples - 1) / batchesOfEpoch(samples) + 1;
    }

    @Override
    public BatchDraws draws(int lanes, int samples) {
        int count = batchesOfEpoch(samples);
        Shuffles shuffles = new Shuffles(lanes, samples);
        return new BatchDraws() {
            private long epoch = -1;

            @Override
            public void start(long[] seeds, int[] replicas) {
                shuffles.start(seeds, replicas);
                epoch = -1;
            }

            @Override
            public void fill(long step, int steps, int[] out) {
                for (int s = 0; s < steps; s++) {
                    long wanted = (step + s) / count;
                    if (wanted != epoch) {
                        shuffles.undo();
                        shuffles.begin(wanted * samples, samples);
                        epoch = wanted;
                    }
                    int from = (int) ((step + s) % count) * size;
                    shuffles.copy(from, Math.min(size, samples - from), out, s * size * lanes);
                }
            }
        };
    }

    @Override
    public SamplingNoise samplingNoise(int samples) {
        return batchSize(samples) == samples
                ? SamplingNoise.of(0)
                : SamplingNoise.unsupported("the batches of an epoch are correlated in time, so that no covariance of"
                        + " single steps describes them");
    }

    @Override
    public String toString() {
        return size + " in epochs" + (keepsShort ? ", the short one kept" : "");
    }
}
