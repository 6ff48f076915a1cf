package dev.lowland.optim.ensemble;

import dev.lowland.optim.ensemble.MomentKind.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

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

    /** Another that is merged without changing this one. */
    BlockSums copy() {
        BlockSums copy = new BlockSums();
        checkpoints.forEach(sums -> copy.addCheckpoint(sums.copy()));
        series.forEach(sums -> copy.addSeries(sums.copy()));
        return copy;
    }

    /**
     * What is kept of a checkpoint, of one block or of all blocks so far: sums over θ, and over Dᵀθ where there are
     * directions D.
     */
    record CheckpointSums(MomentSums theta, @Nullable MomentSums along) {

        /** Over some lanes of a laned state, from one on. */
        static CheckpointSums of(
                double[] state, int size, int lanes, int from, int replicas, MomentKind kind, BooleanSupplier stop) {
            MomentSums theta = MomentSums.of(state, size, lanes, from, replicas, kind.spread(), stop);
            DMatrixRMaj directions = kind.columns();
            if (directions == null) {
                return new CheckpointSums(theta, null);
            }
            double[] projected = project(state, lanes, directions);
            return new CheckpointSums(
                    theta, MomentSums.of(projected, directions.numCols, lanes, from, replicas, Spread.FULL, stop));
        }

        /** Laned Dᵀθ, summed in the order of the entries of θ. */
        private static double[] project(double[] state, int lanes, DMatrixRMaj directions) {
            int columns = directions.numCols;
            double[] projected = new double[columns * lanes];
            for (int i = 0; i < directions.numRows; i++) {
                for (int j = 0; j < columns; j++) {
                    double entry = directions.data[i * columns + j];
                    for (int l = 0; l < lanes; l++) {
                        projected[j * lanes + l] += entry * state[i * lanes + l];
                    }
                }
            }
            return projected;
        }

        /** Takes in the replicas of another; see {@link MomentSums#merge}. */
        void merge(CheckpointSums other, BooleanSupplier stop) {
            theta.merge(other.theta, stop);
            if (along != null && other.along != null) {
                along.merge(other.along, stop);
            }
        }

        /** The moments, which take over the memory: to be called once. */
        Moments toMoments(long step) {
            Moments moments = theta.toMoments(step);
            return along == null ? moments : moments.withProjections(along.toMoments(step));
        }

        CheckpointSums copy() {
            return new CheckpointSums(theta.copy(), along == null ? null : along.copy());
        }
    }
}
