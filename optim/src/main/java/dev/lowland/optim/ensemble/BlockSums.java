package dev.lowland.optim.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What one block of replicas, or all blocks so far, add up to: an entry a checkpoint reached and an entry a statistic.
 */
final class BlockSums {

    private final List<CheckpointSums> checkpoints = new ArrayList<>();
    private final List<SeriesSums> series = new ArrayList<>();

    void addCheckpoint(CheckpointSums sums) {
        checkpoints.add(sums);
    }

    void addSeries(SeriesSums sums) {
        series.add(sums);
    }

    List<CheckpointSums> checkpoints() {
        return checkpoints;
    }

    List<SeriesSums> series() {
        return series;
    }

    /** Takes in the next block. Checkpoints that either has not reached are dropped. If told to stop, it is no use. */
    void merge(BlockSums other, BooleanSupplier stop) {
        int reached = Math.min(checkpoints.size(), other.checkpoints.size());
        checkpoints.subList(reached, checkpoints.size()).clear();
        for (int i = 0; i < reached; i++) {
            checkpoints.get(i).merge(other.checkpoints.get(i), stop);
        }
        for (int i = 0; i < series.size(); i++) {
            series.get(i).merge(other.series.get(i));
        }
    }
}
