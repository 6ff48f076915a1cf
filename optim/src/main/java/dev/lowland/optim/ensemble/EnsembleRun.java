package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.event.Events;
import dev.lowland.optim.parallel.Workers;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.sgd.SgdProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One run of an ensemble: hands blocks to threads, and their sums to the settings that they are of. */
final class EnsembleRun {

    private final Ensemble ensemble;
    private final long[] checkpoints;
    private final BlockPlan plan;
    private final SgdProgram program;
    private final long replicas;
    private final boolean resumed;
    private final long taken;
    private final List<SettingRun> settings = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger nextBlock;
    private final int endBlock;
    private final AtomicLong done = new AtomicLong();

    /** Of one optimiser, or of several with a start each, at rest; or with the states that they go on from, if any. */
    EnsembleRun(
            Ensemble ensemble,
            SgdProgram program,
            List<Optimiser> optimisers,
            List<double[]> starts,
            List<OptimiserState> from,
            long[] checkpoints) {
        this(ensemble, program, optimisers, starts, from, checkpoints, null);
    }

    /** Of a part of the replicas, with the strips kept apart. */
    EnsembleRun(
            Ensemble ensemble,
            SgdProgram program,
            Optimiser optimiser,
            double[] start,
            long[] checkpoints,
            Strips part) {
        this(ensemble, program, List.of(optimiser), List.of(start), List.of(), checkpoints, part);
    }

    /** Neighbouring strips of blocks. */
    record Strips(int first, int count) {}

    private EnsembleRun(
            Ensemble ensemble,
            SgdProgram program,
            List<Optimiser> optimisers,
            List<double[]> starts,
            List<OptimiserState> from,
            long[] checkpoints,
            @Nullable Strips part) {
        this.ensemble = ensemble;
        this.checkpoints = checkpoints;
        this.program = program;
        int ofEach = ensemble.replicaCount();
        this.plan = new BlockPlan(optimisers.size(), ofEach, program.lanes());
        int firstBlock = part == null ? 0 : part.first() * OrderedMerge.STRIP;
        this.nextBlock = new AtomicInteger(firstBlock);
        int blocks = blocks(ofEach, program.lanes());
        this.endBlock = part == null
                ? plan.blocks()
                : (int) Math.min(blocks, firstBlock + (long) part.count() * OrderedMerge.STRIP);
        this.replicas = part == null
                ? (long) optimisers.size() * ofEach
                : Math.min(ofEach, (long) endBlock * program.lanes()) - (long) firstBlock * program.lanes();
        long kept = (long) checkpoints.length * optimisers.size();
        Checks.atMost("Ensemble.run", "checkpoints of all settings", kept, Integer.MAX_VALUE);
        EnsembleMemory memory = new EnsembleMemory(
                starts.get(0).length,
                ofEach,
                (int) kept,
                program.lanes() == 1 ? 1 : copies(blocks, workers(), part),
                Runtime.getRuntime().maxMemory());
        memory.checkMoments(ensemble.moments());
        memory.checkStatistics(ensemble.watches());
        if (ensemble.keepsStates()) {
            memory.checkStates();
        }
        if (ensemble.keepsFinalState()) {
            memory.checkFinalStates(optimisers.size(), 1 + ensemble.rememberedCount());
        }
        this.resumed = !from.isEmpty();
        this.taken = from.isEmpty() ? 0 : from.get(0).step();
        for (int i = 0; i < optimisers.size(); i++) {
            OptimiserState begin = from.isEmpty() ? null : from.get(i);
            settings.add(new SettingRun(
                    ensemble, optimisers.get(i), starts.get(i), begin, checkpoints, merge(firstBlock, part != null)));
        }
    }

    /** How many blocks of so many lanes hold the replicas. */
    static int blocks(int replicas, int lanes) {
        return (replicas - 1) / lanes + 1;
    }

    /**
     * Sums at a time: those of all strips so far, of the strip, of the block of each worker, and of those ready before
     * their turn.
     */
    private static int copies(int blocks, int workers, @Nullable Strips part) {
        int kept = part == null ? 1 : part.count();
        int strip = blocks > OrderedMerge.STRIP ? 1 : 0;
        return Math.min(blocks, kept + strip + (workers == 1 ? 1 : 2 * workers));
    }

    private OrderedMerge merge(int firstBlock, boolean apart) {
        return new OrderedMerge(workers(), firstBlock, apart);
    }

    private int workers() {
        return Math.min(ensemble.threadCount(), endBlock - nextBlock.get());
    }

    /** What was found of each setting. */
    List<EnsembleResult> run() {
        Events.Span span = begin();
        List<EnsembleResult> results =
                settings.stream().map(setting -> setting.result(isStopped())).toList();
        span.end(results.get(0).status().name(), done.get());
        results.forEach(result -> result.divergedAtStep()
                .ifPresent(
                        step -> tellOfDivergence(step, result.divergedReplica().orElseThrow())));
        return results;
    }

    /** The strips of a part, and its divergence; empty if it was stopped. */
    Optional<SettingRun> runPart() {
        Events.Span span = begin();
        SettingRun found = settings.get(0);
        boolean diverged = found.divergence().found();
        RunStatus status = isStopped() ? RunStatus.STOPPED : diverged ? RunStatus.DIVERGED : RunStatus.FINISHED;
        span.end(status.name(), done.get());
        if (diverged) {
            tellOfDivergence(found.divergence().step(), found.divergence().replica());
        }
        return isStopped() ? Optional.empty() : Optional.of(found);
    }

    private static void tellOfDivergence(long step, int replica) {
        Events.recorder().divergence(step, replica);
    }

    private Events.Span begin() {
        Events.Span span = Events.recorder()
                .run("Ensemble", program.objective().parameterCount(), replicas, checkpoints[checkpoints.length - 1]);
        askWhetherToStop();
        if (!isStopped()) {
            Workers.run(workers(), this::takeBlocks, this::stop);
        }
        return span;
    }

    /** What each thread does: takes the next block until there is none. */
    private void takeBlocks() {
        BlockRunner runner = new BlockRunner(this);
        for (int block = nextBlock.getAndIncrement(); block < endBlock; block = nextBlock.getAndIncrement()) {
            List<BlockPlan.Part> parts = plan.parts(block);
            List<BlockSums> sums = runner.run(parts);
            for (int i = 0; i < sums.size(); i++) {
                BlockPlan.Part part = parts.get(i);
                settings.get(part.setting()).merge().offer(part.block(), sums.get(i), runner::stops);
            }
            if (sums.isEmpty()) {
                return;
            }
        }
    }

    SettingRun setting(BlockPlan.Part part) {
        return settings.get(part.setting());
    }

    Ensemble ensemble() {
        return ensemble;
    }

    long[] checkpoints() {
        return checkpoints;
    }

    SgdProgram program() {
        return program;
    }

    /** Whether the replicas go on from where they have been. */
    boolean isResumed() {
        return resumed;
    }

    /** Steps taken before. */
    long taken() {
        return taken;
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
        settings.forEach(setting -> setting.merge().abandon());
    }

    /** Tells the listener that so many more replica-steps are done. */
    void advance(long replicaSteps) {
        long total = replicas * (checkpoints[checkpoints.length - 1] - taken);
        ensemble.listener().onProgress(done.addAndGet(replicaSteps), total);
    }
}
