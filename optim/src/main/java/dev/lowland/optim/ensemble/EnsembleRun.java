package dev.lowland.optim.ensemble;

import dev.lowland.optim.parallel.Workers;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.sgd.SgdProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** One run of an ensemble: hands blocks to threads and puts their sums together. */
final class EnsembleRun {

    private final Ensemble ensemble;
    private final DMatrixRMaj theta;
    private final @Nullable EnsembleState from;
    private final @Nullable FinalStates finalStates;
    private final long[] checkpoints;
    private final int lanes;
    private final int blocks;
    private final MomentKind moments;
    private final SgdProgram program;
    private final List<DMatrixRMaj> states = new ArrayList<>();
    private final OrderedMerge merge;
    private final EarliestDivergence divergence = new EarliestDivergence();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger nextBlock = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();

    /** Of replicas at θ, or where they have been, if that is given. */
    EnsembleRun(Ensemble ensemble, DMatrixRMaj theta, @Nullable EnsembleState from, long[] checkpoints) {
        this.ensemble = ensemble;
        this.theta = theta;
        this.from = from;
        this.checkpoints = checkpoints;
        this.program = ensemble.program();
        this.lanes = program.lanes();
        this.moments = ensemble.moments();
        int replicas = ensemble.replicaCount();
        this.blocks = blocks(replicas, lanes);
        int workers = workers();
        this.merge = new OrderedMerge(workers);
        EnsembleMemory memory = new EnsembleMemory(
                theta.numRows,
                replicas,
                checkpoints.length,
                lanes == 1 ? 1 : copies(blocks, workers),
                Runtime.getRuntime().maxMemory());
        memory.checkMoments(moments);
        memory.checkStatistics(ensemble.watches());
        if (ensemble.keepsStates()) {
            memory.checkStates();
            for (int i = 0; i < checkpoints.length; i++) {
                states.add(new DMatrixRMaj(replicas, theta.numRows));
            }
        }
        this.finalStates = ensemble.keepsFinalState() ? finalStates(memory) : null;
    }

    private FinalStates finalStates(EnsembleMemory memory) {
        memory.checkFinalState();
        return new FinalStates(ensemble.replicaCount(), theta.numRows);
    }

    /** How many blocks of so many lanes hold the replicas. */
    static int blocks(int replicas, int lanes) {
        return (replicas - 1) / lanes + 1;
    }

    /**
     * Sums at a time: those of all blocks so far, of the block of each worker, and of those ready before their turn.
     */
    private static int copies(int blocks, int workers) {
        return Math.min(blocks, workers == 1 ? 2 : 1 + 2 * workers);
    }

    private int workers() {
        return Math.min(ensemble.threadCount(), blocks);
    }

    EnsembleResult run() {
        askWhetherToStop();
        if (!isStopped()) {
            Workers.run(workers(), this::takeBlocks, this::stop);
        }
        if (divergence.found()) {
            return diverged();
        }
        BlockSums merged = merge.merged();
        if (isStopped() || merged == null) {
            return result(RunStatus.STOPPED, List.of(), List.of(), List.of());
        }
        List<StatisticSeries> statistics = new ArrayList<>();
        for (int i = 0; i < ensemble.watches().size(); i++) {
            Watch watch = ensemble.watches().get(i);
            statistics.add(merged.series().get(i).toSeries(watch.statistic().name(), watch.schedule()));
        }
        return result(RunStatus.FINISHED, moments(merged), states, statistics);
    }

    /** The checkpoints that all blocks have reached are those before the divergence. */
    private EnsembleResult diverged() {
        BlockSums merged = merge.merged();
        List<Moments> before = isStopped() || merged == null ? List.of() : moments(merged);
        List<DMatrixRMaj> kept = states.isEmpty() ? states : states.subList(0, before.size());
        return result(RunStatus.DIVERGED, before, kept, List.of());
    }

    private List<Moments> moments(BlockSums merged) {
        List<Moments> moments = new ArrayList<>();
        for (int i = 0; i < merged.checkpoints().size(); i++) {
            moments.add(merged.checkpoints().get(i).toMoments(checkpoints[i]));
        }
        return moments;
    }

    private EnsembleResult result(
            RunStatus status, List<Moments> moments, List<DMatrixRMaj> keptStates, List<StatisticSeries> statistics) {
        boolean diverged = status == RunStatus.DIVERGED;
        return new EnsembleResult(
                status,
                checkpoints[checkpoints.length - 1],
                ensemble.replicaCount(),
                diverged ? OptionalLong.of(divergence.step()) : OptionalLong.empty(),
                diverged ? OptionalInt.of(divergence.replica()) : OptionalInt.empty(),
                moments,
                keptStates,
                status == RunStatus.FINISHED && finalStates != null
                        ? Optional.of(finalStates.at(checkpoints[checkpoints.length - 1]))
                        : Optional.empty(),
                statistics);
    }

    /** What each thread does: takes the next block until there is none. */
    private void takeBlocks() {
        BlockRunner runner = new BlockRunner(this);
        for (int block = nextBlock.getAndIncrement(); block < blocks; block = nextBlock.getAndIncrement()) {
            BlockSums sums = runner.run(block * lanes);
            if (sums == null) {
                return;
            }
            merge.offer(block, sums, runner::stops);
        }
    }

    Ensemble ensemble() {
        return ensemble;
    }

    DMatrixRMaj theta() {
        return theta;
    }

    /** Where the replicas begin; null if at θ, at rest. */
    @Nullable
    EnsembleState from() {
        return from;
    }

    /** What takes down where they end; null if nobody wants to know. */
    @Nullable
    FinalStates finalStates() {
        return finalStates;
    }

    long[] checkpoints() {
        return checkpoints;
    }

    MomentKind moments() {
        return moments;
    }

    SgdProgram program() {
        return program;
    }

    List<DMatrixRMaj> states() {
        return states;
    }

    EarliestDivergence divergence() {
        return divergence;
    }

    /** Whether the run is to end. */
    boolean isStopped() {
        return stopped.get();
    }

    /** Ends the run if somebody wants it: an interrupt of the caller, who works too, or the user's condition. */
    void askWhetherToStop() {
        if (!isStopped()
                && (Thread.currentThread().isInterrupted()
                        || ensemble.cancelled().getAsBoolean())) {
            stop();
        }
    }

    private void stop() {
        stopped.set(true);
        merge.abandon();
    }

    /** Tells the listener that so many more replica-steps are done. */
    void advance(long replicaSteps) {
        long before = from == null ? 0 : from.step();
        long total = ensemble.replicaCount() * (checkpoints[checkpoints.length - 1] - before);
        ensemble.listener().onProgress(done.addAndGet(replicaSteps), total);
    }
}
