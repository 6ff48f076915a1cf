package dev.lowland.optim.ensemble;

import dev.lowland.optim.sgd.LaneGroup;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;

/** What a run of an ensemble finds of one setting: its sums, its states and its divergence. Safe for threads. */
final class SettingRun {

    private final Ensemble ensemble;
    private final Optimiser optimiser;
    private final double[] start;
    private final long[] checkpoints;
    private final OrderedMerge merge;
    private final EarliestDivergence divergence = new EarliestDivergence();
    private final List<DMatrixRMaj> states = new ArrayList<>();

    SettingRun(Ensemble ensemble, Optimiser optimiser, double[] start, long[] checkpoints, int workers) {
        this.ensemble = ensemble;
        this.optimiser = optimiser;
        this.start = start;
        this.checkpoints = checkpoints;
        this.merge = new OrderedMerge(workers);
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
                statistics);
    }
}
