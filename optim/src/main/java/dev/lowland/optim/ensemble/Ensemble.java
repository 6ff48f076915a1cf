package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.ensemble.WatchRunner.Watch;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.SgdProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
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
    private final Optimiser optimiser;
    private final int replicas;
    private final int threads;
    private final boolean keepStates;
    private final boolean keepFinalState;
    private final MomentKind moments;
    private final EnsembleProgress progress;
    private final BooleanSupplier cancelled;
    private final List<Watch> watches;
    private @Nullable SgdProgram program;
    private @Nullable SgdProgram varied;
    private int lanesOfVaried;

    private Ensemble(
            Objective objective,
            Optimiser optimiser,
            int replicas,
            int threads,
            boolean keepStates,
            boolean keepFinalState,
            MomentKind moments,
            EnsembleProgress progress,
            BooleanSupplier cancelled,
            List<Watch> watches) {
        this.objective = objective;
        this.optimiser = optimiser;
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
        return of(objective, sgd.optimiser());
    }

    /**
     * An ensemble of an optimiser of other parts, with the same defaults.
     *
     * @param objective what to minimise
     * @param optimiser how
     * @return the ensemble
     * @throws IllegalArgumentException if a part does not suit the objective
     */
    public static Ensemble of(Objective objective, Optimiser optimiser) {
        Checks.notNull("Ensemble", "objective", objective);
        Checks.notNull("Ensemble", "optimiser", optimiser);
        optimiser.noiseLaw(objective);
        optimiser.batchSize(objective);
        MomentKind kind = MomentKind.suiting(objective.parameterCount());
        return new Ensemble(objective, optimiser, 64, 1, false, false, kind, SILENT, NEVER, List.of());
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
                objective,
                optimiser,
                count,
                threads,
                keepStates,
                keepFinalState,
                moments,
                progress,
                cancelled,
                watches);
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
                objective,
                optimiser,
                replicas,
                count,
                keepStates,
                keepFinalState,
                moments,
                progress,
                cancelled,
                watches);
    }

    /**
     * The same with every replica's state kept at every checkpoint, or not: N·P numbers each.
     *
     * @param keep true to keep them
     * @return a new ensemble
     */
    public Ensemble withStates(boolean keep) {
        return new Ensemble(
                objective, optimiser, replicas, threads, keep, keepFinalState, moments, progress, cancelled, watches);
    }

    /**
     * The same, which says where all replicas are at the end, so that they can go on from there.
     *
     * @param keep true to keep {@link EnsembleResult#finalState}: N·P numbers, and as many for each thing that the rule
     *     remembers
     * @return a new ensemble
     */
    public Ensemble withFinalState(boolean keep) {
        return new Ensemble(
                objective, optimiser, replicas, threads, keepStates, keep, moments, progress, cancelled, watches);
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
                objective,
                optimiser,
                replicas,
                threads,
                keepStates,
                keepFinalState,
                kind,
                progress,
                cancelled,
                watches);
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
                optimiser,
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
                optimiser,
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
        return withWatch(statistic, schedule, false);
    }

    /**
     * The same with one more statistic that is watched, of which the number of every replica is kept, for quantiles and
     * histograms: {@link StatisticSeries#values}. Takes N numbers a scheduled step.
     *
     * @param statistic what to measure
     * @param schedule when; must end no later than the run
     * @return a new ensemble
     */
    public Ensemble withValues(ReplicaStatistic statistic, StepSchedule schedule) {
        return withWatch(statistic, schedule, true);
    }

    private Ensemble withWatch(ReplicaStatistic statistic, StepSchedule schedule, boolean keepsValues) {
        Checks.notNull("Ensemble", "statistic", statistic);
        Checks.notNull("Ensemble", "schedule", schedule);
        List<Watch> more = new ArrayList<>(watches);
        more.add(new Watch(statistic, schedule, keepsValues));
        return new Ensemble(
                objective,
                optimiser,
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
        checkStart(theta);
        checkSteps(1, checkpoints);
        List<double[]> starts = List.of(Arrays.copyOf(theta.data, theta.numRows));
        return new EnsembleRun(this, program(), List.of(optimiser), starts, List.of(), checkpoints.clone())
                .run()
                .get(0);
    }

    /**
     * Lets all replicas go on from where an ensemble with the same settings has ended: it finds at later steps what the
     * undisturbed ensemble would have found, bit for bit.
     *
     * @param from {@link EnsembleResult#finalState} of an ensemble {@link #withFinalState}: lane r is replica r
     * @param checkpoints numbers of steps from the very start, at least one, later than the state and growing. Not
     *     modified.
     * @return what was found
     * @throws IllegalArgumentException if the state is of other replicas, parameters or another seed, or remembers
     *     something else than the rule; if an argument is out of range, or a statistic is scheduled before the state
     */
    public EnsembleResult resume(OptimiserState from, long[] checkpoints) {
        Checks.notNull("Ensemble.resume", "from", from);
        return resumeEach(program(), List.of(optimiser), List.of(from), checkpoints)
                .get(0);
    }

    /**
     * Lets the replicas of several settings go on: see {@link #resume} and {@link #runEach(List, List, long[])}.
     *
     * @param settings those that ran
     * @param from where the replicas of each of them ended, all after as many steps
     * @param checkpoints numbers of steps from the very start, at least one, later than the states and growing. Not
     *     modified.
     * @return what was found, for each of the settings
     * @throws IllegalArgumentException if a state does not belong to its setting, or an argument is out of range
     */
    public List<EnsembleResult> resumeEach(List<Optimiser> settings, List<OptimiserState> from, long[] checkpoints) {
        Checks.noNulls("Ensemble.resumeEach", "settings", settings);
        Checks.noNulls("Ensemble.resumeEach", "from", from);
        Checks.atLeast("Ensemble.resumeEach", "number of settings", settings.size(), 1);
        Checks.length("Ensemble.resumeEach", "from", from.size(), settings.size());
        return resumeEach(varied(settings.size()), settings, from, checkpoints);
    }

    private List<EnsembleResult> resumeEach(
            SgdProgram steps, List<Optimiser> settings, List<OptimiserState> from, long[] checkpoints) {
        Checks.notNull("Ensemble.resume", "checkpoints", checkpoints);
        Checks.atLeast("Ensemble.resume", "number of checkpoints", checkpoints.length, 1);
        long taken = from.get(0).step();
        Checks.atLeast("Ensemble.resume", "first checkpoint", checkpoints[0], taken + 1);
        checkSteps(settings.size(), checkpoints);
        for (Watch watch : watches) {
            String first = "first step of statistic " + watch.statistic().name();
            Checks.atLeast("Ensemble.resume", first, watch.schedule().step(0), taken);
        }
        List<double[]> starts = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            starts.add(start(from.get(i), settings.get(i), taken));
        }
        return new EnsembleRun(this, steps, List.copyOf(settings), starts, List.copyOf(from), checkpoints.clone())
                .run();
    }

    /** The θ of replica 0, of a state that belongs to a setting. */
    private double[] start(OptimiserState from, Optimiser own, long taken) {
        String operation = "Ensemble.resume";
        double[] parameters = from.parameters();
        if (from.lanes() != replicas || parameters.length != (long) replicas * objective.parameterCount()) {
            throw Checks.error(
                    operation,
                    "from",
                    from.toString(),
                    "of " + objective.parameterCount() + " parameters in " + replicas + " lanes");
        }
        if (from.firstReplica() != 0) {
            throw Checks.error(operation, "first replica of from", String.valueOf(from.firstReplica()), "0");
        }
        if (from.seed() != own.seed()) {
            throw Checks.error(operation, "seed of from", String.valueOf(from.seed()), String.valueOf(own.seed()));
        }
        if (from.step() != taken) {
            throw Checks.error(
                    operation, "steps of from", String.valueOf(from.step()), taken + ", as those of the first");
        }
        if (!from.memoryNames().equals(own.rule().memory())) {
            throw Checks.error(
                    operation,
                    "what from remembers",
                    from.memoryNames().toString(),
                    own.rule().memory().toString());
        }
        double[] theta = new double[objective.parameterCount()];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = parameters[i * replicas];
        }
        return theta;
    }

    /**
     * Runs so many replicas of each of several settings, all from one start: see {@link #runEach(List, List, long[])}.
     *
     * @param settings at least one, whose parts are of the kinds that this ensemble's optimiser has
     * @param theta the start, P × 1, finite. Not modified.
     * @param steps number of steps, at least 0
     * @return what was found, for each of the settings
     * @throws IllegalArgumentException if an argument is out of range
     */
    public List<EnsembleResult> runEach(List<Optimiser> settings, DMatrixRMaj theta, long steps) {
        Checks.noNulls("Ensemble.runEach", "settings", settings);
        Checks.notNull("Ensemble.runEach", "theta", theta);
        return runEach(settings, Collections.nCopies(settings.size(), theta), new long[] {steps});
    }

    /**
     * Runs so many replicas of each of several settings side by side, as one ensemble. Settings differ in numbers
     * alone: η, β and what else the rule has, σ, p, λ, γ, the seed; the kinds of parts, the batches and this ensemble's
     * optimiser are one. Replica r of a setting sees the random numbers of (its seed, r), so that each is its own run.
     * A setting that diverges ends alone.
     *
     * @param settings at least one, whose parts are of the kinds that this ensemble's optimiser has
     * @param thetas a start for each of them, P × 1, finite. Not modified.
     * @param checkpoints numbers of steps, at least one, not negative and growing. Not modified.
     * @return what was found, for each of the settings
     * @throws IllegalArgumentException if an argument is out of range, or settings differ in what they may not
     */
    public List<EnsembleResult> runEach(List<Optimiser> settings, List<DMatrixRMaj> thetas, long[] checkpoints) {
        Checks.noNulls("Ensemble.runEach", "settings", settings);
        Checks.noNulls("Ensemble.runEach", "thetas", thetas);
        Checks.atLeast("Ensemble.runEach", "number of settings", settings.size(), 1);
        Checks.length("Ensemble.runEach", "thetas", thetas.size(), settings.size());
        checkSteps(settings.size(), checkpoints);
        List<double[]> starts = new ArrayList<>();
        for (DMatrixRMaj theta : thetas) {
            checkStart(theta);
            starts.add(Arrays.copyOf(theta.data, theta.numRows));
        }
        return new EnsembleRun(
                        this, varied(settings.size()), List.copyOf(settings), starts, List.of(), checkpoints.clone())
                .run();
    }

    /** The same for lanes that differ, made anew where the settings fill fewer or more lanes than before. */
    private synchronized SgdProgram varied(int settings) {
        int most = mostLanes((long) replicas * settings);
        SgdProgram known = varied;
        if (known == null || lanesOfVaried != most) {
            known = compile(most, lanes -> optimiser.withThreads(1).compileVaried(objective, lanes));
            varied = known;
            lanesOfVaried = most;
        }
        return known;
    }

    void checkStart(DMatrixRMaj theta) {
        Checks.notNull("Ensemble.run", "theta", theta);
        Checks.shape("Ensemble.run", "theta", theta, objective.parameterCount(), 1);
        Checks.finite("Ensemble.run", "theta", theta);
    }

    void checkSteps(int settings, long[] checkpoints) {
        Checks.notNull("Ensemble.run", "checkpoints", checkpoints);
        StepSchedule.check("Ensemble.run", checkpoints);
        long steps = checkpoints[checkpoints.length - 1];
        long most = Long.MAX_VALUE / replicas / settings;
        Checks.atMost("Ensemble.run", "steps of " + (long) replicas * settings + " replicas", steps, most);
        for (Watch watch : watches) {
            Checks.atMost(
                    "Ensemble.run",
                    "last step of statistic " + watch.statistic().name(),
                    watch.schedule().last(),
                    steps);
        }
    }

    /** The compiled steps of a block, made by the first run and kept for those after it. */
    synchronized SgdProgram program() {
        SgdProgram known = program;
        if (known == null) {
            known = compile(
                    mostLanes(replicas), lanes -> optimiser.withThreads(1).compile(objective, lanes));
            program = known;
        }
        return known;
    }

    /**
     * Where one replica is work enough for a step, its kernels are faster than those for lanes, and the step ends soon.
     */
    private SgdProgram compile(int most, IntFunction<SgdProgram> forLanes) {
        SgdProgram single = forLanes.apply(1);
        long work = (long) single.batchSize() * objective.parameterCount();
        if (work >= LARGE_WORK || single.stepBytes() >= LARGE_BYTES) {
            return single;
        }
        int lanes = most;
        SgdProgram laned = forLanes.apply(lanes);
        while (lanes > FEW_LANES && laned.stepBytes() > BLOCK_BYTES) {
            lanes = Math.max(FEW_LANES, wholeUnits(lanes / 2));
            laned = forLanes.apply(lanes);
        }
        return laned;
    }

    private static int mostLanes(long all) {
        return wholeUnits((int) Math.min(LANES, all));
    }

    private static int wholeUnits(int lanes) {
        return (lanes + LANE_UNIT - 1) / LANE_UNIT * LANE_UNIT;
    }

    Optimiser optimiser() {
        return optimiser;
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

    /** How many numbers the rule remembers for each parameter. */
    int rememberedCount() {
        return optimiser.rule().memory().size();
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
