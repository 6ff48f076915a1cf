package dev.lowland.optim.ensemble;

import dev.lowland.optim.ensemble.WatchRunner.Watch;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.LaneGroup;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What a run of an ensemble finds of one setting: its sums, its states and its divergence. Safe for threads. */
final class SettingRun {

    private final Ensemble ensemble;
    private final Optimiser optimiser;
    private final double[] start;
    private final double[][] before;
    private final double[][] finalState;
    private final long[] checkpoints;
    private final OrderedMerge merge;
    private final EarliestDivergence divergence = new EarliestDivergence();
    private final List<DMatrixRMaj> states = new ArrayList<>();

    SettingRun(
            Ensemble ensemble,
            Optimiser optimiser,
            double[] start,
            @Nullable OptimiserState from,
            long[] checkpoints,
            OrderedMerge merge) {
        this.ensemble = ensemble;
        this.optimiser = optimiser;
        this.start = start;
        this.before = from == null ? new double[0][] : arrays(from);
        int arrays = ensemble.keepsFinalState() ? 1 + ensemble.rememberedCount() : 0;
        this.finalState = new double[arrays][arrays == 0 ? 0 : ensemble.replicaCount() * start.length];
        this.checkpoints = checkpoints;
        this.merge = merge;
        for (int i = 0; ensemble.keepsStates() && i < checkpoints.length; i++) {
            states.add(new DMatrixRMaj(ensemble.replicaCount(), start.length));
        }
    }

    /** The lanes of a part. */
    LaneGroup group(BlockPlan.Part part) {
        return LaneGroup.of(optimiser, part.firstReplica(), part.count(), start);
    }

    OrderedMerge merge() {
        return merge;
    }

    EarliestDivergence divergence() {
        return divergence;
    }

    List<DMatrixRMaj> states() {
        return states;
    }

    private static double[][] arrays(OptimiserState state) {
        List<double[]> arrays = new ArrayList<>();
        arrays.add(state.parameters());
        state.memoryNames().forEach(name -> arrays.add(state.memory(name)));
        return arrays.toArray(new double[0][]);
    }

    /** θ and what the rule remembers where the replicas have ended before; empty if they begin at rest. */
    double[][] before() {
        return before;
    }

    /** θ and what the rule remembers at the end, which each part writes its own replicas of; empty unless wanted. */
    double[][] finalState() {
        return finalState;
    }

    private OptimiserState endState() {
        Map<String, double[]> memory = new LinkedHashMap<>();
        List<String> names = optimiser.rule().memory();
        for (int i = 0; i < names.size(); i++) {
            memory.put(names.get(i), finalState[i + 1]);
        }
        long end = checkpoints[checkpoints.length - 1];
        return OptimiserState.of(end, optimiser.seed(), 0, ensemble.replicaCount(), finalState[0], memory);
    }

    EnsembleResult result(boolean stopped) {
        if (divergence.found()) {
            return diverged(stopped);
        }
        BlockSums merged = merge.merged();
        if (stopped || merged == null) {
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
    private EnsembleResult diverged(boolean stopped) {
        BlockSums merged = merge.merged();
        List<Moments> before = stopped || merged == null ? List.of() : moments(merged);
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
                status == RunStatus.FINISHED && finalState.length > 0 ? Optional.of(endState()) : Optional.empty(),
                statistics);
    }
}
