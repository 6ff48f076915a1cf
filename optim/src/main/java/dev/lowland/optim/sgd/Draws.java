package dev.lowland.optim.sgd;

import dev.lowland.core.random.RandomLanes;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.batch.BatchDraws;
import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.noise.NoiseLaw;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private final long numbersPerStep;
    private final NoiseLaw law;

    /** Even, so that a draw begins and ends with a whole block of the generator. */
    private final int ahead;

    /** Steps of noise behind the last: noise that is taken back looks at the next step. */
    private final int beyond;

    private final double[] noise;
    private final int[] indices;
    private final long[] seeds;
    private final int[] replicas;
    private final @Nullable BatchDraws drawn;
    private RandomLanes streams;
    private long firstStep;
    private long endStep;

    Draws(SgdProgram program) {
        this.lanes = program.lanes();
        this.batch = program.batchSize();
        this.law = program.law();
        BatchLaw batches = program.optimiser().batches();
        int sampleCount = program.objective().sampleCount();
        int outputs = program.objective().data().outputSize();
        int parameters = program.objective().parameterCount();
        this.noisePerStep = law.place().numbersPerStep(batch, outputs, program.noiseColumns(), parameters);
        boolean full = batches.isFull();
        this.numbersPerStep = Math.max(1, Math.max(noisePerStep, full ? 0 : batches.numbersPerStep(sampleCount)));
        long perStep = Math.max(1L, Math.max(noisePerStep, full ? 0 : batch)) * lanes;
        this.ahead = (int) Math.max(2, (CAPACITY / perStep) & ~1L);
        this.beyond = law.isTakenBack() ? 2 : 0;
        this.noise = new double[(ahead + beyond) * noisePerStep * lanes];
        this.indices = new int[full ? 0 : ahead * batch * lanes];
        this.seeds = new long[lanes];
        this.replicas = new int[lanes];
        this.drawn = full ? null : batches.draws(lanes, sampleCount);
        this.streams = law.streams(seeds, replicas);
    }

    /** The lanes belong to these groups, all of them; nothing is drawn yet. */
    void start(List<LaneGroup> groups) {
        firstStep = 0;
        endStep = 0;
        int lane = 0;
        for (LaneGroup group : groups) {
            for (int r = 0; r < group.count(); r++) {
                seeds[lane] = group.optimiser().seed();
                replicas[lane] = group.firstReplica() + r;
                lane++;
            }
        }
        streams = law.streams(seeds, replicas);
        if (drawn != null) {
            drawn.start(seeds, replicas);
        }
    }

    /** The last step for which there are random numbers, and for those that are drawn with it. */
    long lastStep() {
        return RandomStream.POSITIONS / numbersPerStep - ahead - beyond;
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
            law.fill(streams, step * noisePerStep, (ahead + beyond) * noisePerStep, noise);
        }
        if (drawn != null) {
            drawn.fill(step, ahead, indices);
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
