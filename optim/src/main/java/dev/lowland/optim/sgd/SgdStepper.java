package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.core.check.Checks;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of some replicas side by side. Mutable, for one caller at a time; a step allocates nothing. With one
 * thread there is nothing to close.
 *
 * <p>Memory is laned: entry e of lane l is at [e·lanes + l], and lane l is replica {@link #firstReplica()} + l. With
 * one lane this is the ordinary order. A lane sees the random numbers that the single run of its replica sees.
 */
public final class SgdStepper implements AutoCloseable {

    private static final BooleanSupplier NEVER = () -> false;

    /** Steps after which a stepper asks for a fused step again. */
    private static final long FUSED_PERIOD = 1024;

    private final SgdProgram compiled;
    private final int lanes;
    private final int batch;
    private final LanedState state;
    private final NoisyTargets targets;
    private final boolean drawn;
    private final DrawnInputs inputs;
    private final @Nullable WholeUpdate update;
    private final @Nullable BatchGradient batchGradient;
    private final Draws draws;
    private final Descent descent;
    private final double[][] fusedArrays;
    private final int[] fusedOffsets = new int[FusedStep.ARRAYS];
    private @Nullable FusedStep fused;
    private boolean started;
    private int firstReplica;
    private long step;

    SgdStepper(SgdProgram compiled) {
        this.compiled = compiled;
        this.lanes = compiled.lanes();
        this.batch = compiled.batchSize();
        this.state = new LanedState(compiled.objective().parameterCount(), lanes);
        this.drawn = !compiled.sgd().isFullBatch();
        this.inputs = new DrawnInputs(compiled);
        this.draws = new Draws(compiled);
        this.targets = new NoisyTargets(compiled, draws);
        double[] live = targets.live();
        double[] parameters = state.parameters();
        UpdateProgram inPlace = compiled.update();
        this.update = inPlace == null ? null : new WholeUpdate(inPlace, inputs, parameters, live);
        this.fusedArrays = FusedStep.arrays(parameters, state.velocity(), live, draws.noise(), inputs.live());
        this.descent = new Descent(compiled, state, draws);
        Program whole = compiled.whole();
        BatchChunks chunks = compiled.chunks();
        this.batchGradient = whole != null
                ? new WholeGradient(whole, inputs, parameters, live)
                : chunks != null ? new ChunkedGradient(compiled, chunks, parameters, live) : null;
    }

    /**
     * Puts every lane at θ, at rest, before step 0.
     *
     * @param theta P numbers, finite. Not modified.
     * @param firstReplica the replica of lane 0, at least 0, and at most 2³¹ − lanes
     * @throws IllegalArgumentException if an argument is out of range
     */
    public void start(double[] theta, int firstReplica) {
        Checks.atLeast("start", "firstReplica", firstReplica, 0);
        Checks.atMost("start", "firstReplica", firstReplica, (1L << 31) - lanes);
        state.start(theta);
        this.firstReplica = firstReplica;
        this.step = 0;
        this.started = true;
        draws.start(firstReplica);
    }

    /**
     * Puts the lanes to a state of the same replicas: one that they had, or one that was saved.
     *
     * @param step number of steps taken at that state, at least 0
     * @param parameters laned θ, P·lanes numbers, finite. Not modified.
     * @param velocity laned velocity, P·lanes numbers, finite. Not modified.
     * @throws IllegalArgumentException if an argument is out of range
     * @throws IllegalStateException if the stepper has not been started
     */
    public void restore(long step, double[] parameters, double[] velocity) {
        requireStart("restore");
        Checks.atLeast("restore", "step", step, 0);
        Checks.atMost("restore", "step", step, draws.lastStep());
        state.restore(parameters, velocity);
        this.step = step;
    }

    /** Puts the only lane to a state of replica 0; keeps the random numbers that are ready. */
    void resume(long at, double[] theta, double[] lastChange) {
        if (!started || firstReplica != 0) {
            start(theta, 0);
        }
        restore(at, theta, lastChange);
    }

    /** Whether this very program is run. */
    @SuppressWarnings("ReferenceEquality") // programs are immutable and large: the same one is the question
    boolean isOf(SgdProgram program) {
        return compiled == program;
    }

    private void requireStart(String operation) {
        if (!started) {
            throw Checks.outOfTurn(operation, "the stepper", "new", "started");
        }
    }

    /**
     * Takes one step in every lane.
     *
     * @throws IllegalStateException if the stepper has not been started
     */
    public void step() {
        stepUnless(NEVER);
    }

    /**
     * Takes one step in every lane, unless it is told to stop while it computes the gradient; then nothing has changed.
     * It asks between the chunks of a batch that is cut; other steps are short, and ask nobody.
     *
     * @param stop asked by the threads of the stepper
     * @return whether the step was taken
     * @throws IllegalStateException if the stepper has not been started
     */
    public boolean stepUnless(BooleanSupplier stop) {
        requireStart("step");
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
                double[] gradient = Objects.requireNonNull(batchGradient).at(draws.indices(), indexOffset(), stop);
                if (gradient == null) {
                    return false;
                }
                descent.follow(gradient, step);
            }
        }
        step++;
        return true;
    }

    private int indexOffset() {
        return drawn ? draws.indexOffset(step) : 0;
    }

    /** Has ready what the fused step does not make itself. */
    private void prepareFused() {
        draws.prepare(step);
        inputs.gather(draws.indices(), indexOffset());
        if (!FusedStep.knowsTargets(compiled)) {
            targets.prepareWithoutSum(step);
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
     *
     * @throws IllegalStateException if the stepper has not been started
     */
    public void prepareStep() {
        requireStart("prepareStep");
        draws.prepare(step);
        targets.prepare(step);
    }

    /**
     * The first lane that has diverged.
     *
     * @return the lane; empty while every parameter is a number of at most {@link LabelNoiseSgd#LARGEST_PARAMETER}
     */
    public OptionalInt divergedLane() {
        return state.divergedLane();
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
        return state.parameters();
    }

    /**
     * The laned change of the last step: P·lanes numbers, live; zeros without momentum. To be read only.
     *
     * @return the stepper's own array
     */
    public double[] velocity() {
        return state.velocity();
    }

    /**
     * The laned noisy targets of the step that {@link #prepareStep} last prepared: B·c·lanes numbers, live, until the
     * next step. To be read only.
     *
     * @return the stepper's own array
     */
    public double[] targets() {
        return targets.live();
    }

    /**
     * Which sample a lane has drawn in the coming step.
     *
     * @param i place in the batch, in [0, B)
     * @param lane the lane
     * @return the sample, in [0, n)
     * @throws IllegalArgumentException if there is no such place or lane
     * @throws IllegalStateException if the coming step has not been prepared
     */
    public int batchIndex(int i, int lane) {
        Checks.index("batchIndex", "i", i, batch);
        Checks.index("batchIndex", "lane", lane, lanes);
        if (!started || !draws.has(step)) {
            throw Checks.outOfTurn("batchIndex", "the step", "not prepared", "prepared by prepareStep");
        }
        return targets.sample(i, lane, step);
    }
}
