package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of some replicas side by side. Mutable, for one caller at a time; a step allocates nothing. With one
 * thread there is nothing to close.
 *
 * <p>Memory is laned: entry e of lane l is at [e·lanes + l], and lane l is replica {@link #firstReplica()} + l. With
 * one lane this is the ordinary order. A lane sees the random numbers that the single run of its replica sees.
 */
public final class SgdStepper implements AutoCloseable {

    private static final double[] NO_KICK = {};

    /** Steps after which a stepper asks for a fused step again. */
    private static final long FUSED_PERIOD = 1024;

    private final SgdProgram compiled;
    private final KernelSet kernels = Kernels.active();
    private final Loss loss;
    private final int lanes;
    private final int batch;
    private final int outputSize;
    private final double learningRate;
    private final double momentum;
    private final double labelNoise;
    private final Data data;
    private final double[] cleanTargets;
    private final double[] drawnTarget;
    private final double[] parameters;
    private final double[] velocity;
    private final double[] targets;
    private final boolean drawn;
    private final DrawnInputs inputs;
    private final @Nullable WholeUpdate update;
    private final @Nullable BatchGradient batchGradient;
    private final Draws draws;
    private final @Nullable ParameterKicks kicks;
    private final double[][] fusedArrays;
    private final int[] fusedOffsets = new int[FusedStep.ARRAYS];
    private @Nullable FusedStep fused;
    private int firstReplica;
    private long step;

    SgdStepper(SgdProgram compiled) {
        this.compiled = compiled;
        this.loss = compiled.objective().loss();
        this.lanes = compiled.lanes();
        this.batch = compiled.batchSize();
        this.data = compiled.objective().data();
        this.outputSize = data.outputSize();
        this.learningRate = compiled.sgd().learningRate();
        this.momentum = compiled.sgd().momentum();
        this.labelNoise = compiled.sgd().labelNoise();
        this.cleanTargets = compiled.cleanTargets();
        this.drawnTarget = new double[outputSize];
        int size = compiled.objective().parameterCount() * lanes;
        this.parameters = new double[size];
        this.velocity = new double[size];
        this.targets = new double[batch * outputSize * lanes];
        this.drawn = !compiled.sgd().isFullBatch();
        this.inputs = new DrawnInputs(compiled);
        UpdateProgram inPlace = compiled.update();
        this.update = inPlace == null ? null : new WholeUpdate(inPlace, inputs, parameters, targets);
        this.draws = new Draws(compiled);
        this.fusedArrays = FusedStep.arrays(parameters, velocity, targets, draws.noise(), inputs.live());
        ParameterNoise noise = compiled.sgd().parameterNoise().orElse(null);
        this.kicks = !compiled.law().addsToParameters() || noise == null
                ? null
                : new ParameterKicks(compiled, noise, parameters);
        start(new double[size / lanes], 0);
        Program whole = compiled.whole();
        BatchChunks chunks = compiled.chunks();
        this.batchGradient = whole != null
                ? new WholeGradient(whole, inputs, parameters, targets)
                : chunks != null ? new ChunkedGradient(compiled, chunks, parameters, targets) : null;
    }

    /**
     * Puts every lane at θ, at rest, before step 0.
     *
     * @param theta P numbers. Not modified.
     * @param firstReplica the replica of lane 0, at least 0
     */
    public void start(double[] theta, int firstReplica) {
        for (int i = 0; i < parameters.length / lanes; i++) {
            Arrays.fill(parameters, i * lanes, (i + 1) * lanes, theta[i]);
        }
        Arrays.fill(velocity, 0);
        this.firstReplica = firstReplica;
        this.step = 0;
        draws.start(firstReplica);
    }

    /**
     * Puts the lanes back to a state that they had, of the same replicas.
     *
     * @param step number of steps taken at that state
     * @param parameters laned θ. Not modified.
     * @param velocity laned velocity. Not modified.
     */
    public void restore(long step, double[] parameters, double[] velocity) {
        System.arraycopy(parameters, 0, this.parameters, 0, this.parameters.length);
        System.arraycopy(velocity, 0, this.velocity, 0, this.velocity.length);
        this.step = step;
    }

    /** Takes one step in every lane. */
    public void step() {
        if (fused == null && step % FUSED_PERIOD == 0) {
            fused = compiled.fusedStep(step == 0 ? 0 : FUSED_PERIOD);
        }
        FusedStep whole = fused;
        if (whole != null) {
            prepareFused();
            whole.step(fusedArrays, draws.noiseOffset(step), fusedOffsets);
        } else {
            prepareStep();
            if (update != null) {
                update.take(draws.indices(), indexOffset());
            } else {
                descend(Objects.requireNonNull(batchGradient).at(draws.indices(), indexOffset()));
            }
        }
        step++;
    }

    private int indexOffset() {
        return drawn ? draws.indexOffset(step) : 0;
    }

    /** Has ready what the fused step does not make itself. */
    private void prepareFused() {
        draws.prepare(step);
        inputs.gather(draws.indices(), indexOffset());
        if (compiled.law().flipsLabels()) {
            flipTargets();
        } else if (!FusedStep.knowsTargets(compiled)) {
            copyTargets();
        }
    }

    /** Follows a gradient, and adds what noise there is on the parameters. */
    private void descend(double[] gradient) {
        double[] kick = kicks == null ? NO_KICK : kicks.at(draws.noise(), draws.noiseOffset(step));
        if (momentum == 0) {
            kernels.sgdStep(parameters.length, learningRate, gradient, parameters);
        } else {
            kernels.heavyBallStep(parameters.length, learningRate, momentum, gradient, velocity, parameters);
        }
        for (int e = 0; e < kick.length; e++) {
            parameters[e] += kick[e];
        }
        if (momentum != 0) {
            for (int e = 0; e < kick.length; e++) {
                velocity[e] += kick[e];
            }
        }
    }

    /**
     * Ends the threads that help this one, if there are any. Further steps are taken by the caller alone, with the same
     * results.
     */
    @Override
    public void close() {
        if (batchGradient != null) {
            batchGradient.close();
        }
    }

    /**
     * Draws what the coming step needs, so that {@link #targets()} and {@link #batchIndex} tell of it. {@link #step()}
     * does so itself; calling it twice changes nothing.
     */
    public void prepareStep() {
        draws.prepare(step);
        switch (compiled.law().place()) {
            case NOWHERE, PARAMETERS -> copyTargets();
            case FLIPS -> flipTargets();
            case TARGETS -> addNoise();
        }
    }

    private void copyTargets() {
        if (drawn) {
            data.gatherTargets(draws.indices(), draws.indexOffset(step), batch, lanes, targets);
            return;
        }
        for (int e = 0; e < cleanTargets.length; e++) {
            Arrays.fill(targets, e * lanes, (e + 1) * lanes, cleanTargets[e]);
        }
    }

    private void flipTargets() {
        double[] uniforms = draws.noise();
        int offset = draws.noiseOffset(step);
        for (int i = 0; i < batch; i++) {
            for (int l = 0; l < lanes; l++) {
                double uniform = uniforms[offset + i * lanes + l];
                int to = i * outputSize * lanes + l;
                if (drawn) {
                    data.copyTargets(sample(i, l), 1, drawnTarget);
                    loss.flipTarget(uniform, drawnTarget, 0, outputSize, targets, to, lanes);
                } else {
                    loss.flipTarget(uniform, cleanTargets, i * outputSize, outputSize, targets, to, lanes);
                }
            }
        }
    }

    private void addNoise() {
        double[] noise = draws.noise();
        int offset = draws.noiseOffset(step);
        if (drawn) {
            copyTargets();
            for (int e = 0; e < targets.length; e++) {
                targets[e] += labelNoise * noise[offset + e];
            }
            return;
        }
        for (int e = 0; e < batch * outputSize; e++) {
            addNoise(cleanTargets[e], noise, offset + e * lanes, e * lanes);
        }
    }

    private void addNoise(double clean, double[] noise, int from, int to) {
        for (int l = 0; l < lanes; l++) {
            targets[to + l] = clean + labelNoise * noise[from + l];
        }
    }

    private int sample(int i, int lane) {
        return !drawn ? i : draws.indices()[draws.indexOffset(step) + i * lanes + lane];
    }

    /**
     * The first lane that has diverged.
     *
     * @return the lane; empty while every parameter is a number of at most {@link LabelNoiseSgd#LARGEST_PARAMETER}
     */
    public OptionalInt divergedLane() {
        boolean sound = true;
        for (double parameter : parameters) {
            sound &= Math.abs(parameter) <= LabelNoiseSgd.LARGEST_PARAMETER;
        }
        if (sound) {
            return OptionalInt.empty();
        }
        for (int l = 0; l < lanes; l++) {
            for (int e = l; e < parameters.length; e += lanes) {
                if (!(Math.abs(parameters[e]) <= LabelNoiseSgd.LARGEST_PARAMETER)) {
                    return OptionalInt.of(l);
                }
            }
        }
        throw new AssertionError("a diverged parameter has no lane");
    }

    /**
     * Steps taken since the start.
     *
     * @return the number of steps
     */
    public long stepsTaken() {
        return step;
    }

    /**
     * The replica of lane 0.
     *
     * @return its number
     */
    public int firstReplica() {
        return firstReplica;
    }

    /**
     * Replicas side by side.
     *
     * @return the number of lanes
     */
    public int lanes() {
        return lanes;
    }

    /**
     * The laned θ after the steps taken: P·lanes numbers, live. To be read only.
     *
     * @return the stepper's own array
     */
    public double[] parameters() {
        return parameters;
    }

    /**
     * The laned change of the last step: P·lanes numbers, live; zeros without momentum. To be read only.
     *
     * @return the stepper's own array
     */
    public double[] velocity() {
        return velocity;
    }

    /**
     * The laned noisy targets of the step that {@link #prepareStep} last prepared: B·c·lanes numbers, live, until the
     * next step. To be read only.
     *
     * @return the stepper's own array
     */
    public double[] targets() {
        return targets;
    }

    /**
     * Which sample a lane has drawn in the coming step. Valid after {@link #prepareStep}.
     *
     * @param i place in the batch, in [0, B)
     * @param lane the lane
     * @return the sample, in [0, n)
     */
    public int batchIndex(int i, int lane) {
        return sample(i, lane);
    }
}
