package dev.lowland.optim.sgd;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;

/**
 * The random numbers of the steps of some replicas side by side, drawn for several steps ahead in one call a replica. Entry i of
 * lane l of a step is at [offset of the step + i·lanes + l]. Drawing ahead changes no number, because each has its position.
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
    private final int ahead;
    private final double[] noise;
    private final int[] indices;
    private final RandomStream[] noiseStreams;
    private final RandomStream[] indexStreams;
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
        this.noisePerStep = switch (law) {
            case NONE -> 0;
            case LABEL_FLIP -> batch;
            case RADEMACHER, GAUSSIAN -> batch * outputs;
            case EXPLICIT -> program.noiseColumns();
        };
        int perStep = Math.max(1, Math.max(noisePerStep, fullBatch ? 0 : batch)) * lanes;
        this.ahead = Math.max(1, CAPACITY / perStep);
        this.noise = new double[ahead * noisePerStep * lanes];
        this.indices = new int[fullBatch ? 0 : ahead * batch * lanes];
        this.noiseStreams = new RandomStream[lanes];
        this.indexStreams = new RandomStream[lanes];
    }

    /** Lane l becomes this replica + l; nothing is drawn yet. */
    void start(int firstReplica) {
        Purpose purpose = switch (law) {
            case LABEL_FLIP -> Purpose.LABEL_FLIP;
            case EXPLICIT -> Purpose.PARAMETER_NOISE;
            case NONE, RADEMACHER, GAUSSIAN -> Purpose.LABEL_NOISE;
        };
        for (int l = 0; l < lanes; l++) {
            noiseStreams[l] = RandomStream.of(seed, firstReplica + l, purpose);
            indexStreams[l] = RandomStream.of(seed, firstReplica + l, Purpose.SAMPLE_INDEX);
        }
        firstStep = 0;
        endStep = 0;
    }

    /** Has the numbers of this step ready, and of some after it. */
    void prepare(long step) {
        if (step >= firstStep && step < endStep) {
            return;
        }
        firstStep = step;
        endStep = step + ahead;
        if (noisePerStep > 0) {
            drawNoise();
        }
        if (!fullBatch) {
            long position = firstStep * batch;
            for (int l = 0; l < lanes; l++) {
                indexStreams[l].fillIndices(position, ahead * batch, sampleCount, indices, l, lanes);
            }
        }
    }

    private void drawNoise() {
        long position = firstStep * noisePerStep;
        int count = ahead * noisePerStep;
        for (int l = 0; l < lanes; l++) {
            RandomStream stream = noiseStreams[l];
            switch (law) {
                case RADEMACHER -> stream.fillSigns(position, count, noise, l, lanes);
                case GAUSSIAN, EXPLICIT -> stream.fillGaussian(position, count, noise, l, lanes);
                case LABEL_FLIP -> stream.fillUniform(position, count, noise, l, lanes);
                case NONE -> throw new IllegalStateException("no noise to draw");
            }
        }
    }

    /** Signs, normal or uniform numbers, from {@link #noiseOffset} on. */
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
