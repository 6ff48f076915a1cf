package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.gradient.BatchPrograms;
import dev.lowland.optim.gradient.DrawnInputs;
import dev.lowland.optim.rule.OptimiserState;
import java.util.ArrayList;
import java.util.List;
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
    private final LaneNoise noise;
    private final NoisyTargets targets;
    private final boolean drawn;
    private final DrawnInputs inputs;
    private final BatchStep batchStep;
    private final @Nullable BatchStep shortStep;
    private final BatchLaw batches;
    private final Draws draws;
    private final Descent descent;
    private final double[] coefficients;
    private final double[][] fusedArrays;
    private final int[] fusedOffsets = new int[FusedStep.ARRAYS];
    private @Nullable FusedStep fused;
    private List<LaneGroup> groups = List.of();
    private boolean started;
    private int firstReplica;
    private long step;
    private long marked;

    SgdStepper(SgdProgram compiled) {
        this.compiled = compiled;
        this.lanes = compiled.lanes();
        this.batch = compiled.batchSize();
        this.batches = compiled.optimiser().batches();
        this.state = new LanedState(
                compiled.objective().parameterCount(),
                lanes,
                compiled.optimiser().rule().memory());
        this.drawn = !compiled.isFullBatch();
        this.draws = new Draws(compiled);
        this.noise = new LaneNoise(compiled);
        this.targets = new NoisyTargets(compiled, draws, noise);
        this.descent = new Descent(compiled, state, draws);
        double[] live = targets.live();
        double[] parameters = state.parameters();
        this.coefficients =
                FusedStep.newCoefficients(compiled.objective().data().outputSize(), lanes);
        this.inputs = BatchStep.inputs(compiled, compiled.programs());
        this.batchStep = BatchStep.of(compiled, compiled.programs(), inputs, parameters, live, coefficients);
        BatchPrograms rest = compiled.ofShortBatch();
        this.shortStep = rest == null
                ? null
                : BatchStep.of(compiled, rest, BatchStep.inputs(compiled, rest), parameters, live, coefficients);
        this.fusedArrays =
                FusedStep.arrays(parameters, state.velocity(), live, draws.noise(), inputs.live(), coefficients);
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
        Checks.notNull("start", "theta", theta);
        Checks.length("start", "theta", theta.length, state.parameters().length / lanes);
        LanedState.checkFinite("start", "theta", theta);
        begin(List.of(LaneGroup.of(compiled.optimiser(), firstReplica, lanes, theta)));
    }

    /**
     * Puts every lane to the start of its group, at rest, before step 0. Lanes behind the last group follow the first
     * group's first replica, to no effect on the others.
     *
     * @param given groups of lanes, from lane 0 on. All have the kinds of parts of the program's optimiser; in a varied
     *     program their numbers, seeds, replicas and starts are their own.
     * @param count how many of the groups, from the first on, at least 1
     * @throws IllegalArgumentException if there are more lanes than in the program, or a group differs in what it may
     *     not
     */
    public void start(List<LaneGroup> given, int count) {
        Checks.noNulls("start", "groups", given);
        Checks.inRange("start", "count", count, 1, given.size());
        List<LaneGroup> all = new ArrayList<>(given.subList(0, count));
        int used = all.stream().mapToInt(LaneGroup::count).sum();
        Checks.atMost("start", "lanes of the groups", used, lanes);
        for (LaneGroup group : all) {
            Alike.check(compiled, group);
        }
        LaneGroup first = all.get(0);
        for (int l = used; l < lanes; l++) {
            all.add(LaneGroup.of(first.optimiser(), first.firstReplica(), 1, first.liveStart()));
        }
        begin(List.copyOf(all));
    }

    private void begin(List<LaneGroup> all) {
        groups = all;
        draws.start(all);
        noise.start(compiled, all);
        descent.start(all);
        int lane = 0;
        for (LaneGroup group : all) {
            state.start(group.liveStart(), lane, group.count());
            for (int end = lane + group.count(); lane < end; lane++) {
                FusedStep.setCoefficients(coefficients, lanes, lane, group.optimiser());
            }
        }
        firstReplica = all.get(0).firstReplica();
        step = 0;
        started = true;
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
    void resume(String operation, OptimiserState from) {
        if (!started || firstReplica != 0) {
            start(from.parameters(), 0);
        }
        restore(operation, from);
    }

    /**
     * Puts the lanes to a state of the same replicas that was saved.
     *
     * @param saved of as many lanes and parameters
     * @throws IllegalArgumentException if it is not, or remembers something else than the rule
     * @throws IllegalStateException if the stepper has not been started
     */
    public void restore(OptimiserState saved) {
        requireStart("restore");
        Checks.notNull("restore", "saved", saved);
        if (saved.lanes() != lanes || saved.firstReplica() != firstReplica) {
            throw Checks.error(
                    "restore",
                    "saved",
                    saved.lanes() + " lanes from replica " + saved.firstReplica(),
                    lanes + " from replica " + firstReplica);
        }
        restore("restore", saved);
    }

    private void restore(String operation, OptimiserState saved) {
        Checks.atMost("restore", "step", saved.step(), draws.lastStep());
        state.restore(operation, saved);
        step = saved.step();
    }

    /**
     * The state after the steps taken.
     *
     * @return a copy, with the seed of the first lane
     * @throws IllegalArgumentException if a lane has diverged
     * @throws IllegalStateException if the stepper has not been started
     */
    public OptimiserState state() {
        requireStart("state");
        return state.copy(step, groups.get(0).optimiser().seed(), firstReplica);
    }

    /**
     * Keeps the state as it is, for {@link #goBack}; in place of one that was kept before.
     *
     * @throws IllegalStateException if the stepper has not been started
     */
    public void remember() {
        requireStart("remember");
        state.remember();
        marked = step;
    }

    /**
     * Goes back to the state that was kept.
     *
     * @throws IllegalStateException if there is none
     */
    public void goBack() {
        requireStart("goBack");
        state.goBack();
        step = marked;
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
        Checks.notNull("step", "stop", stop);
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
            if (!current().take(descent, draws.indices(), indexOffset(), step, stop)) {
                return false;
            }
        }
        step++;
        return true;
    }

    /** What takes the coming step. */
    private BatchStep current() {
        BatchStep rest = shortStep;
        return rest == null || batches.batchSize(step, compiled.objective().sampleCount()) == batch ? batchStep : rest;
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
        batchStep.close();
        if (shortStep != null) {
            shortStep.close();
        }
    }

    SgdProgram program() {
        return compiled;
    }

    /** η of a step in lane 0. */
    double rate(long k) {
        return descent.rate(k);
    }

    /** Samples of the coming step. */
    int coming() {
        return batches.isFull()
                ? batch
                : batches.batchSize(step, compiled.objective().sampleCount());
    }

    /** The inputs of some samples of the coming step, which has been prepared, of the only lane. */
    void gather(int from, int count, double[] out) {
        if (drawn) {
            compiled.objective().data().gatherInputs(draws.indices(), indexOffset() + from, count, 1, out);
        } else {
            compiled.objective().data().copyInputs(from, count, out);
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
     * Whether a lane has diverged.
     *
     * @param lane which
     * @return true if one of its numbers is no number or too large
     * @throws IllegalArgumentException if there is no such lane
     */
    public boolean hasDiverged(int lane) {
        Checks.index("hasDiverged", "lane", lane, lanes);
        return state.hasDiverged(lane);
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
     * The laned change of the last step: P·lanes numbers, live; zeros where the rule does not remember it. To be read
     * only.
     *
     * @return the stepper's own array
     */
    public double[] velocity() {
        return state.velocity();
    }

    /**
     * The names of what the rule remembers.
     *
     * @return in its order
     */
    public List<String> memoryNames() {
        return state.names();
    }

    /**
     * The laned numbers that the rule remembers under a name: P·lanes numbers, live. To be read only.
     *
     * @param name one of {@link #memoryNames}
     * @return the stepper's own array
     * @throws IllegalArgumentException if there is no such name
     */
    public double[] memory(String name) {
        return state.memory(Checks.notNull("memory", "name", name));
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
