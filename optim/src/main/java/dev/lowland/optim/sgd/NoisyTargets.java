package dev.lowland.optim.sgd;

import dev.lowland.optim.noise.Flips;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import java.util.Arrays;

/**
 * The targets of the samples that the lanes have drawn, made noisy afresh in each step: entry j of place i of lane l is
 * at [(i·c + j)·lanes + l]. For one thread; allocates nothing in a step.
 */
final class NoisyTargets {

    private final NoiseLaw law;
    private final Loss loss;
    private final Data data;
    private final int lanes;
    private final int batch;
    private final int outputSize;
    private final LaneNoise size;
    private final boolean drawn;
    private final Draws draws;
    /** Of the full batch; empty where samples are drawn. */
    private final double[] clean;

    private final double[] drawnTarget;
    private final double[] targets;

    NoisyTargets(SgdProgram compiled, Draws draws, LaneNoise size) {
        this.law = compiled.law();
        this.loss = compiled.objective().loss();
        this.lanes = compiled.lanes();
        this.batch = compiled.batchSize();
        this.data = compiled.objective().data();
        this.outputSize = data.outputSize();
        this.size = size;
        this.drawn = !compiled.isFullBatch();
        this.draws = draws;
        this.clean = compiled.cleanTargets();
        this.drawnTarget = new double[outputSize];
        this.targets = new double[batch * outputSize * lanes];
    }

    /** The memory of {@link #prepare}. */
    double[] live() {
        return targets;
    }

    /** Makes those of a step, whose numbers have been drawn. */
    void prepare(long step) {
        switch (law.place()) {
            case NOWHERE, PARAMETERS, ENTRIES -> copy(step);
            case FLIPS -> flip(step);
            case TARGETS -> addNoise(step);
        }
    }

    /** Makes those of a step but for what is added to them. */
    void prepareWithoutSum(long step) {
        if (law.flipsLabels()) {
            flip(step);
        } else {
            copy(step);
        }
    }

    private void copy(long step) {
        if (drawn) {
            data.gatherTargets(draws.indices(), draws.indexOffset(step), batch, lanes, targets);
            return;
        }
        for (int e = 0; e < clean.length; e++) {
            Arrays.fill(targets, e * lanes, (e + 1) * lanes, clean[e]);
        }
    }

    private void flip(long step) {
        double[] uniforms = draws.noise();
        int offset = draws.noiseOffset(step);
        for (int i = 0; i < batch; i++) {
            for (int l = 0; l < lanes; l++) {
                double uniform = uniforms[offset + i * lanes + l];
                int to = i * outputSize * lanes + l;
                if (drawn) {
                    data.copyTargets(sample(i, l, step), 1, drawnTarget);
                    flip(uniform, drawnTarget, 0, to, l);
                } else {
                    flip(uniform, clean, i * outputSize, to, l);
                }
            }
        }
    }

    private void flip(double uniform, double[] from, int offset, int to, int lane) {
        Flips own = size.flips(lane);
        if (law == NoiseLaw.TRANSITION && own != null) {
            own.flip(uniform, from, offset, outputSize, targets, to, lanes);
        } else {
            loss.flipTarget(uniform, from, offset, outputSize, targets, to, lanes);
        }
    }

    private void addNoise(long step) {
        double[] noise = draws.noise();
        int offset = draws.noiseOffset(step);
        if (!size.isEven()) {
            copy(step);
            addUnevenNoise(noise, offset);
            return;
        }
        double deviation = size.deviations()[0];
        if (drawn) {
            copy(step);
            for (int e = 0; e < targets.length; e++) {
                targets[e] += deviation * noise[offset + e];
            }
            return;
        }
        for (int e = 0; e < batch * outputSize; e++) {
            addNoise(clean[e], deviation, noise, offset + e * lanes, e * lanes);
        }
    }

    private void addNoise(double value, double deviation, double[] noise, int from, int to) {
        for (int l = 0; l < lanes; l++) {
            targets[to + l] = value + deviation * noise[from + l];
        }
    }

    private void addUnevenNoise(double[] noise, int offset) {
        double[] deviations = size.deviations();
        int row = outputSize * lanes;
        for (int i = 0; i < batch; i++) {
            int at = i * row;
            for (int e = 0; e < row; e++) {
                targets[at + e] += deviations[e] * noise[offset + at + e];
            }
        }
    }

    /** Which sample is at place i of a lane in a step, whose numbers have been drawn. */
    int sample(int i, int lane, long step) {
        return drawn ? draws.indices()[draws.indexOffset(step) + i * lanes + lane] : i;
    }
}
