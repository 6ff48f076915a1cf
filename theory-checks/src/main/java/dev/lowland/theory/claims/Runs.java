package dev.lowland.theory.claims;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.theory.claim.Estimate;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Many runs of an optimiser from one point, and estimates over them. Statistics are means over replicas, summed in the order of the
 * replicas, so that they do not depend on the number of threads.
 */
final class Runs {

    private final EnsembleResult result;
    private final long seed;

    private Runs(EnsembleResult result, long seed) {
        this.result = result;
        this.seed = seed;
    }

    /**
     * Runs replicas and keeps their moments at checkpoints.
     *
     * @param setting problem and start
     * @param sgd the optimiser, with the seed of the stage
     * @param replicas how many
     * @param threads worker threads
     * @param checkpoints steps at which to look, growing
     */
    static Runs moments(Setting setting, LabelNoiseSgd sgd, int replicas, int threads, long... checkpoints) {
        return run(setting, sgd, replicas, threads, false, checkpoints);
    }

    /** Like {@link #moments}, and keeps every replica's state. */
    static Runs states(Setting setting, LabelNoiseSgd sgd, int replicas, int threads, long... checkpoints) {
        return run(setting, sgd, replicas, threads, true, checkpoints);
    }

    private static Runs run(
            Setting setting, LabelNoiseSgd sgd, int replicas, int threads, boolean keep, long... checkpoints) {
        EnsembleResult result = Ensemble.of(setting.objective(), sgd)
                .replicas(replicas)
                .threads(threads)
                .keepStates(keep)
                .run(setting.theta(), checkpoints);
        return new Runs(result, sgd.seed());
    }

    /** Whether every replica stayed finite to the end. */
    boolean finished() {
        return result.status() == RunStatus.FINISHED;
    }

    /** Mean and covariance at a checkpoint. */
    Moments moments(int checkpoint) {
        return result.checkpoints().get(checkpoint);
    }

    /** States at a checkpoint, replicas × P. */
    DMatrixRMaj states(int checkpoint) {
        return result.states().get(checkpoint);
    }

    /**
     * The mean of ⟨direction, θ⟩ − offset at a checkpoint.
     *
     * @param direction P × 1. Not modified.
     */
    Estimate meanAlong(int checkpoint, DMatrixRMaj direction, double offset) {
        if (!finished()) {
            return diverged();
        }
        Moments moments = moments(checkpoint);
        return new Estimate(
                Dense.dot(direction, moments.mean()) - offset,
                moments.standardErrorAlong(direction),
                moments.count(),
                seed);
    }

    /** Variance over replicas of ⟨direction, θ⟩ at a checkpoint. */
    Estimate varianceAlong(int checkpoint, DMatrixRMaj direction) {
        return variance(checkpoint, List.of(direction));
    }

    /** Σ over directions of the variance over replicas of ⟨direction, θ⟩ at a checkpoint. */
    Estimate variance(int checkpoint, List<DMatrixRMaj> directions) {
        if (!finished()) {
            return diverged();
        }
        DMatrixRMaj states = states(checkpoint);
        double[] sums = new double[states.numRows];
        for (DMatrixRMaj direction : directions) {
            double[] projected = Dense.array(Dense.times(states, direction));
            double mean = Arrays.stream(projected).sum() / projected.length;
            for (int r = 0; r < sums.length; r++) {
                sums[r] += (projected[r] - mean) * (projected[r] - mean);
            }
        }
        double correction = sums.length / (sums.length - 1.0);
        RunningMean mean = new RunningMean();
        for (double sum : sums) {
            mean.add(correction * sum);
        }
        return mean.estimate(seed);
    }

    private Estimate diverged() {
        return new Estimate(Double.NaN, Double.NaN, result.replicas(), seed);
    }
}
