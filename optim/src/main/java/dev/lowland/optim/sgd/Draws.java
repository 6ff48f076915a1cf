package dev.lowland.optim.sgd;

import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.batch.BatchDraws;
import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.noise.NoiseLaw;
import java.util.ArrayList;
import java.util.List;

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
    private final BatchLaw batches;
    private final int sampleCount;

    /** Even, so that a draw begins and ends with a whole block of the generator. */
    private final int ahead;

    /** Steps of noise behind the last: noise that is taken back looks at the next step. */
    private final int beyond;

    private final double[] noise;
    private final int[] indices;
    private final List<GroupDraws> sources = new ArrayList<>();
    private final List<LaneGroup> known = new ArrayList<>();
    private long firstStep;
    private long endStep;

    Draws(SgdProgram program) {
        this.lanes = program.lanes();
        this.batch = program.batchSize();
        this.law = program.law();
        this.batches = program.optimiser().batches();
        this.sampleCount = program.objective().sampleCount();
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
    }

    /** The lanes belong to these groups; nothing is drawn yet. */
    void start(List<LaneGroup> given) {
        firstStep = 0;
        endStep = 0;
        if (given.size() == 1 && sources.size() == 1 && known.get(0).count() == lanes) {
            sources.get(0).start(given.get(0));
            known.set(0, given.get(0));
            return;
        }
        sources.clear();
        known.clear();
        int from = 0;
        for (LaneGroup group : given) {
            source(group).addPlace(from);
            from += group.count();
        }
    }

    /** What draws for a group: that of one before it with the same numbers, or a new one. */
    private GroupDraws source(LaneGroup group) {
        for (int g = 0; g < known.size(); g++) {
            if (known.get(g).drawsAs(group)) {
                return sources.get(g);
            }
        }
        BatchDraws drawn = batches.isFull() ? null : batches.draws(group.count(), sampleCount);
        GroupDraws source = new GroupDraws(group, law, drawn, lanes, (ahead + beyond) * noisePerStep, ahead * batch);
        sources.add(source);
        known.add(group);
        return source;
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
        for (int g = 0; g < sources.size(); g++) {
            GroupDraws source = sources.get(g);
            if (noisePerStep > 0) {
                source.fillNoise(step * noisePerStep, (ahead + beyond) * noisePerStep, noise);
            }
            source.fillIndices(step, ahead, ahead * batch, indices);
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
