package dev.lowland.optim.sgd;

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
    private final double labelNoise;
    private final boolean drawn;
    private final Draws draws;
    /** Of the full batch; empty where samples are drawn. */
    private final double[] clean;

    private final double[] drawnTarget;
    private final double[] targets;

    NoisyTargets(SgdProgram compiled, Draws draws) {
        this.law = compiled.law();
        this.loss = compiled.objective().loss();
        this.lanes = compiled.lanes();
        this.batch = compiled.batchSize();
        this.data = compiled.objective().data();
        this.outputSize = data.outputSize();
        this.labelNoise = compiled.sgd().labelNoise();
        this.drawn = !compiled.sgd().isFullBatch();
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
            case NOWHERE, PARAMETERS -> copy(step);
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
                    loss.flipTarget(uniform, drawnTarget, 0, outputSize, targets, to, lanes);
                } else {
                    loss.flipTarget(uniform, clean, i * outputSize, outputSize, targets, to, lanes);
                }
            }
        }
    }

    private void addNoise(long step) {
        double[] noise = draws.noise();
        int offset = draws.noiseOffset(step);
        if (drawn) {
            copy(step);
            for (int e = 0; e < targets.length; e++) {
                targets[e] += labelNoise * noise[offset + e];
            }
            return;
        }
        for (int e = 0; e < batch * outputSize; e++) {
            addNoise(clean[e], noise, offset + e * lanes, e * lanes);
        }
    }

    private void addNoise(double value, double[] noise, int from, int to) {
        for (int l = 0; l < lanes; l++) {
            targets[to + l] = value + labelNoise * noise[from + l];
        }
    }

    /** Which sample is at place i of a lane in a step, whose numbers have been drawn. */
    int sample(int i, int lane, long step) {
        return drawn ? draws.indices()[draws.indexOffset(step) + i * lanes + lane] : i;
    }
}
