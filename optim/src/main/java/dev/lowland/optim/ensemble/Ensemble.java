package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.SgdProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Many replicas of one optimiser from one start. Immutable: each setting gives a new ensemble. Results do not depend on
 * the number of threads; replica r sees the random numbers of (seed, r), so replica 0 is the single run.
 *
 * <p>Threads are started by a run and ended with it. Memory: a state and a workspace for each thread, and for each
 * checkpoint, up to 1 + 2·threads times, the numbers that the {@link MomentKind} asks for. What the first run compiles
 * is kept for those after it.
 */
public final class Ensemble {

    /** Most replicas side by side in a block. */
    private static final int LANES = 64;

    /** A block is not made smaller than this to fit the cache. */
    private static final int FEW_LANES = 16;

    /** Lanes come in multiples of this, so that vectors are full. */
    private static final int LANE_UNIT = 8;

    /** What a step of a larger block may touch: a part of the second-level cache. */
    private static final long BLOCK_BYTES = 256 << 10;

    /**
     * Samples of a step times parameters from which on a replica is alone in its block, and as fast as a single run.
     */
    private static final long LARGE_WORK = 1 << 18;

    /** What a step of one replica touches from which on it is alone in its block. */
    private static final long LARGE_BYTES = 1 << 20;

    private static final EnsembleProgress SILENT = (done, total) -> {};
    private static final BooleanSupplier NEVER = () -> false;

    private final Objective objective;
    private final LabelNoiseSgd sgd;
    private final int replicas;
    private final int threads;
    private final boolean keepStates;
    private final boolean keepFinalState;
    private final MomentKind moments;
    private final EnsembleProgress progress;
    private final BooleanSupplier cancelled;
    private final List<Watch> watches;
    private @Nullable SgdProgram program;

    private Ensemble(
            Objective objective,
            LabelNoiseSgd sgd,
            int replicas,
            int threads,
            boolean keepStates,
            boolean keepFinalState,
            MomentKind moments,
            EnsembleProgress progress,
            BooleanSupplier cancelled,
            List<Watch> watches) {
        this.objective = objective;
        this.sgd = sgd;
        this.replicas = replicas;
        this.threads = threads;
        this.keepStates = keepStates;
        this.keepFinalState = keepFinalState;
        this.moments = moments;
        this.progress = progress;
        this.cancelled = cancelled;
        this.watches = watches;
    }

    /**
     * An ensemble of 64 replicas on one thread, which takes mean and covariance up to {@value MomentKind#LARGEST_FULL}
     * parameters, mean and variances beyond.
     *
     * @param objective what to minimise
     * @param sgd how
     * @return the ensemble
     * @throws IllegalArgumentException if the law of the noise does not suit the loss
     */
    public static Ensemble of(Objective objective, LabelNoiseSgd sgd) {
        Checks.notNull("Ensemble", "objective", objective);
        Checks.notNull("Ensemble", "sgd", sgd);
        sgd.noiseLaw(objective);
        MomentKind kind = MomentKind.suiting(objective.parameterCount());
        return new Ensemble(objective, sgd, 64, 1, false, false, kind, SILENT, NEVER, List.of());
    }

    /**
     * The same with another number of replicas N.
     *
     * @param count at least 1
     * @return a new ensemble
     * @throws IllegalArgumentException if it is not
     */
    public Ensemble withReplicas(int count) {
        Checks.atLeast("Ensemble", "replicas", count, 1);
        return new Ensemble(
                objective, sgd, count, threads, keepStates, keepFinalState, moments, progress, cancelled, watches);
    }

    /**
     * The same with several threads. They do not change any result.
     *
     * @param count at least 1
     * @return a new ensemble
     * @throws IllegalArgumentException if it is not
     */
    public Ensemble withThreads(int count) {
        Checks.atLeast("Ensemble", "threads", count, 1);
        return new Ensemble(
                objective, sgd, replicas, count, keepStates, keepFinalState, moments, progress, cancelled, watches);
    }

    /**
     * The same with every replica's state kept at every checkpoint, or not: N·P numbers each.
     *
     * @param keep true to keep them
     * @return a new ensemble
     */
    public Ensemble withStates(boolean keep) {
        return new Ensemble(
                objective, sgd, replicas, threads, keep, keepFinalState, moments, progress, cancelled, watches);
    }

    /**
     * The same, which says where all replicas are at the end, so that they can go on from there.
     *
     * @param keep true to keep {@link EnsembleResult#finalState}, N × P numbers, and as many for each thing that the
     *     optimiser remembers
     * @return a new ensemble
     */
    public Ensemble withFinalState(boolean keep) {
        return new Ensemble(objective, sgd, replicas, threads, keepStates, keep, moments, progress, cancelled, watches);
    }

    /**
     * The same with other moments at the checkpoints.
     *
     * @param kind which
     * @return a new ensemble
     * @throws IllegalArgumentException if it has directions for another number of parameters
     */
    public Ensemble withMoments(MomentKind kind) {
        Checks.notNull("Ensemble", "kind", kind);
        DMatrixRMaj columns = kind.columns();
        if (columns != null) {
            Checks.rows("Ensemble", "directions of moments", columns, objective.parameterCount());
        }
        return new Ensemble(
                objective, sgd, replicas, threads, keepStates, keepFinalState, kind, progress, cancelled, watches);
    }

    /**
     * The same with somebody who hears of progress.
     *
     * @param listener called from the worker threads, about fifty times a second
     * @return a new ensemble
     */
    public Ensemble withProgress(EnsembleProgress listener) {
        return new Ensemble(
                objective,
                sgd,
                replicas,
                threads,
                keepStates,
                keepFinalState,
                moments,
                Checks.notNull("Ensemble", "listener", listener),
                cancelled,
                watches);
    }

    /**
     * The same with something that can end a run early, with status STOPPED. An interrupt of the calling thread does so
     * too.
     *
     * @param condition asked before the first step, and then from the worker threads about fifty times a second; true
     *     ends the run
     * @return a new ensemble
     */
    public Ensemble withStop(BooleanSupplier condition) {
        return new Ensemble(
                objective,
                sgd,
                replicas,
                threads,
                keepStates,
                keepFinalState,
                moments,
                progress,
                Checks.notNull("Ensemble", "condition", condition),
                watches);
    }

    /**
     * The same with one more statistic that is watched.
     *
     * @param statistic what to measure
     * @param schedule when; must end no later than the run
     * @return a new ensemble
     */
    public Ensemble withStatistic(ReplicaStatistic statistic, StepSchedule schedule) {
        Checks.notNull("Ensemble", "statistic", statistic);
        Checks.notNull("Ensemble", "schedule", schedule);
        List<Watch> more = new ArrayList<>(watches);
        more.add(new Watch(statistic, schedule));
        return new Ensemble(
                objective,
                sgd,
                replicas,
                threads,
                keepStates,
                keepFinalState,
                moments,
                progress,
                cancelled,
                List.copyOf(more));
    }

    /**
     * Runs all replicas from rest and takes the moments at the end.
     *
     * @param theta the start, P × 1, finite. Not modified.
     * @param steps number of steps, at least 0
     * @return what was found
     * @throws IllegalArgumentException if an argument is out of range, or memory cannot hold the moments or states
     */
    public EnsembleResult run(DMatrixRMaj theta, long steps) {
        return run(theta, new long[] {steps});
    }

    /**
     * Runs all replicas from rest and takes the moments at checkpoints, the last of which is the end.
     *
     * @param theta the start, P × 1, finite. Not modified.
     * @param checkpoints numbers of steps, at least one, not negative and growing. Not modified.
     * @return what was found
     * @throws IllegalArgumentException if an argument is out of range, a statistic is scheduled after the end, or
     *     memory cannot hold the moments or states
     */
    public EnsembleResult run(DMatrixRMaj theta, long[] checkpoints) {
        Checks.shape("Ensemble.run", "theta", theta, objective.parameterCount(), 1);
        Checks.finite("Ensemble.run", "theta", theta);
        return run(theta, null, checkpoints);
    }

    /**
     * Lets all replicas go on from where an ensemble with the same settings has ended: with the moments at a later step
     * that the undisturbed ensemble would have, bit for bit.
     *
     * @param from {@link EnsembleResult#finalState} of an ensemble {@link #withFinalState}
     * @param checkpoints numbers of steps from the very start, at least one, later than the state and growing. Not
     *     modified.
     * @return what was found
     * @throws IllegalArgumentException if the state is of other replicas or parameters or remembers something else, an
     *     argument is out of range, a statistic is scheduled before the state or after the end, or memory cannot hold
     *     the moments or states
     */
    public EnsembleResult resume(EnsembleState from, long[] checkpoints) {
        Checks.notNull("Ensemble.resume", "from", from);
        DMatrixRMaj states = from.liveParameters();
        Checks.shape("Ensemble.resume", "parameters of from", states, replicas, objective.parameterCount());
        Checks.notNull("Ensemble.resume", "checkpoints", checkpoints);
        Checks.atLeast("Ensemble.resume", "number of checkpoints", checkpoints.length, 1);
        Checks.atLeast("Ensemble.resume", "first checkpoint", checkpoints[0], from.step() + 1);
        for (Watch watch : watches) {
            String first = "first step of statistic " + watch.statistic().name();
            Checks.atLeast("Ensemble.resume", first, watch.schedule().step(0), from.step());
        }
        DMatrixRMaj theta = new DMatrixRMaj(states.numCols, 1);
        System.arraycopy(states.data, 0, theta.data, 0, states.numCols);
        return run(theta, from, checkpoints);
    }

    private EnsembleResult run(DMatrixRMaj theta, @Nullable EnsembleState from, long[] checkpoints) {
        Checks.notNull("Ensemble.run", "checkpoints", checkpoints);
        StepSchedule.check("Ensemble.run", checkpoints);
        long steps = checkpoints[checkpoints.length - 1];
        Checks.atMost("Ensemble.run", "steps of " + replicas + " replicas", steps, Long.MAX_VALUE / replicas);
        for (Watch watch : watches) {
            Checks.atMost(
                    "Ensemble.run",
                    "last step of statistic " + watch.statistic().name(),
                    watch.schedule().last(),
                    steps);
        }
        return new EnsembleRun(this, theta, from, checkpoints.clone()).run();
    }

    /** The compiled steps of a block, made by the first run and kept for those after it. */
    synchronized SgdProgram program() {
        SgdProgram known = program;
        if (known == null) {
            known = compile();
            program = known;
        }
        return known;
    }

    /**
     * Where one replica is work enough for a step, its kernels are faster than those for lanes, and the step ends soon.
     */
    private SgdProgram compile() {
        SgdProgram single = sgd.withThreads(1).compile(objective, 1);
        long work = (long) single.batchSize() * objective.parameterCount();
        if (work >= LARGE_WORK || single.stepBytes() >= LARGE_BYTES) {
            return single;
        }
        int lanes = wholeUnits(Math.min(LANES, replicas));
        SgdProgram laned = sgd.compile(objective, lanes);
        while (lanes > FEW_LANES && laned.stepBytes() > BLOCK_BYTES) {
            lanes = Math.max(FEW_LANES, wholeUnits(lanes / 2));
            laned = sgd.compile(objective, lanes);
        }
        return laned;
    }

    private static int wholeUnits(int lanes) {
        return (lanes + LANE_UNIT - 1) / LANE_UNIT * LANE_UNIT;
    }

    Objective objective() {
        return objective;
    }

    LabelNoiseSgd sgd() {
        return sgd;
    }

    int replicaCount() {
        return replicas;
    }

    int threadCount() {
        return threads;
    }

    boolean keepsStates() {
        return keepStates;
    }

    boolean keepsFinalState() {
        return keepFinalState;
    }

    MomentKind moments() {
        return moments;
    }

    EnsembleProgress listener() {
        return progress;
    }

    BooleanSupplier cancelled() {
        return cancelled;
    }

    List<Watch> watches() {
        return watches;
    }
}
