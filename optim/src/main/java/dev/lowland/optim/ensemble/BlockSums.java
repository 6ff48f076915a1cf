package dev.lowland.optim.ensemble;

import java.util.ArrayList;
import java.util.List;

/**
 * What one block of replicas, or all blocks so far, add up to: an entry a checkpoint reached and an entry a statistic.
 */
final class BlockSums {

    private final List<MomentSums> checkpoints = new ArrayList<>();
    private final List<SeriesSums> series = new ArrayList<>();

    void addCheckpoint(MomentSums sums) {
        checkpoints.add(sums);
    }

    void addSeries(SeriesSums sums) {
        series.add(sums);
    }

    List<MomentSums> checkpoints() {
        return checkpoints;
    }

    List<SeriesSums> series() {
        return series;
    }

    /** Takes in the next block. Checkpoints that either has not reached are dropped. */
    void merge(BlockSums other) {
        int reached = Math.min(checkpoints.size(), other.checkpoints.size());
        checkpoints.subList(reached, checkpoints.size()).clear();
        for (int i = 0; i < reached; i++) {
            checkpoints.get(i).merge(other.checkpoints.get(i));
        }
        for (int i = 0; i < series.size(); i++) {
            series.get(i).merge(other.series.get(i));
        }
    }
}
