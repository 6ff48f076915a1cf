package dev.lowland.optim.ensemble;

import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

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
}
