package dev.lowland.optim.batch;

import dev.lowland.core.check.Checks;

/** Batches from a list, one after the other, and again from its beginning. */
final class GivenBatches implements BatchLaw {

    private static final String NAME = "given";

    private final int[][] batches;
    private final int largest;

    GivenBatches(int[][] given) {
        Checks.noNulls(NAME, "batches", given);
        Checks.atLeast(NAME, "number of batches", given.length, 1);
        batches = new int[given.length][];
        int size = given[0].length;
        for (int b = 0; b < given.length; b++) {
            batches[b] = given[b].clone();
            int found = batches[b].length;
            Checks.atLeast(NAME, "samples of batch " + b, found, 1);
            if (found != size && (b < given.length - 1 || found > size)) {
                throw Checks.error(
                        NAME, "batch " + b, "of " + found + " samples", "of " + size + ", but the last may have fewer");
            }
            for (int i : batches[b]) {
                Checks.atLeast(NAME, "sample of batch " + b, i, 0);
            }
        }
        largest = size;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int batchSize(int samples) {
        for (int[] batch : batches) {
            for (int i : batch) {
                Checks.index(NAME, "sample of a batch", i, samples);
            }
        }
        return largest;
    }

    @Override
    public int batchSize(long step, int samples) {
        Checks.atLeast(NAME, "step", step, 0);
        return batches[(int) (step % batches.length)].length;
    }

    @Override
    public int shortBatchSize(int samples) {
        return batches[batches.length - 1].length;
    }

    @Override
    public long numbersPerStep(int samples) {
        return 0;
    }

    @Override
    public BatchDraws draws(int lanes, int samples) {
        Checks.atLeast(NAME, "lanes", lanes, 1);
        batchSize(samples);
        return new BatchDraws() {
            @Override
            public void start(long[] seeds, int[] replicas) {
                // the same for every replica
            }

            @Override
            public void fill(long step, int steps, int[] out) {
                for (int s = 0; s < steps; s++) {
                    int[] batch = batches[(int) ((step + s) % batches.length)];
                    for (int i = 0; i < batch.length; i++) {
                        for (int l = 0; l < lanes; l++) {
                            out[(s * largest + i) * lanes + l] = batch[i];
                        }
                    }
                }
            }
        };
    }

    @Override
    public SamplingNoise samplingNoise(int samples) {
        return SamplingNoise.unsupported("given batches are not drawn, and follow each other in a cycle");
    }

    @Override
    public String toString() {
        return batches.length + " given batches of " + largest;
    }
}
