package dev.lowland.optim.sgd;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomLanes;
import dev.lowland.core.random.RandomStream;

/**
 * The random numbers of the steps of some replicas side by side, drawn for several steps ahead in one call. Entry i of
 * lane l of a step is at [offset of the step + i·lanes + l]. Drawing ahead changes no number, because each has its
 * position.
 */
final class Draws {

    /** Numbers of one kind to hold, over all lanes: a compromise of calls saved and cache taken. */
    private static final int CAPACITY = 8192;

    private final int lanes;
    private final int batch;
    private final int noisePerStep;
    private final NoiseLaw law;
    private final boolean fullBatch;
    private final int sampleCount;
    private final long seed;

    /** Even, so that a draw begins and ends with a whole block of the generator. */
    private final int ahead;

    private final double[] noise;
    private final int[] indices;
    private RandomLanes noiseLanes;
    private RandomLanes indexLanes;
    private long firstStep;
    private long endStep;

    Draws(SgdProgram program) {
        this.lanes = program.lanes();
        this.batch = program.batchSize();
        this.law = program.law();
        this.fullBatch = program.sgd().isFullBatch();
        this.sampleCount = program.objective().sampleCount();
        this.seed = program.sgd().seed();
        int outputs = program.objective().data().outputSize();
        this.noisePerStep = law.place().numbersPerStep(batch, outputs, program.noiseColumns());
        long perStep = (long) Math.max(1, Math.max(noisePerStep, fullBatch ? 0 : batch)) * lanes;
        this.ahead = (int) Math.max(2, (CAPACITY / perStep) & ~1L);
        this.noise = new double[ahead * noisePerStep * lanes];
        this.indices = new int[fullBatch ? 0 : ahead * batch * lanes];
        this.noiseLanes = law.streams(seed, 0, lanes);
        this.indexLanes = indicesOf(0);
    }

    private RandomLanes indicesOf(int firstReplica) {
        return RandomLanes.of(seed, firstReplica, lanes, Purpose.SAMPLE_INDEX);
    }

    /** Lane l becomes this replica + l; nothing is drawn yet. */
    void start(int firstReplica) {
        noiseLanes = law.streams(seed, firstReplica, lanes);
        indexLanes = indicesOf(firstReplica);
        firstStep = 0;
        endStep = 0;
    }

    /** The last step for which there are random numbers, and for those that are drawn with it. */
    long lastStep() {
        return RandomStream.POSITIONS / Math.max(1, Math.max(noisePerStep, fullBatch ? 0 : batch)) - ahead;
    }

    /** Whether the numbers of this step are ready. */
    boolean has(long step) {
        return step >= firstStep && step < endStep;
    }

    /** Has the numbers of this step ready, and of some after it. */
    void prepare(long step) {
        if (has(step)) {
            return;
        }
        firstStep = step;
        endStep = step + ahead;
        if (noisePerStep > 0) {
            law.fill(noiseLanes, firstStep * noisePerStep, ahead * noisePerStep, noise);
        }
        if (!fullBatch) {
            indexLanes.fillIndices(firstStep * batch, ahead * batch, sampleCount, indices, 0);
        }
    }

    /** The numbers of the law, from {@link #noiseOffset} on. */
    double[] noise() {
        return noise;
    }

    int noiseOffset(long step) {
        return (int) (step - firstStep) * noisePerStep * lanes;
    }

    /** Drawn samples, from {@link #indexOffset} on; empty for the full batch. */
    int[] indices() {
        return indices;
    }

    int indexOffset(long step) {
        return (int) (step - firstStep) * batch * lanes;
    }
}
