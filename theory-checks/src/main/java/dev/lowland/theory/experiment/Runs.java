package dev.lowland.theory.experiment;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.MomentKind;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Interruption;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Many runs of an optimiser from one point, and estimates over them. Statistics are means over replicas, summed in the
 * order of the replicas, so that they do not depend on the number of threads.
 *
 * <p>A run that diverges is a result: every estimate of it is NaN. Immutable and thread-safe. Memory: with
 * {@link #states} replicas × P numbers a checkpoint, with {@link #moments} P² numbers.
 */
public final class Runs {

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
     * @param replicas how many, at least 2 for a standard error
     * @param threads worker threads, at least 1; the result does not depend on it
     * @param checkpoints steps at which to look, growing
     * @throws IllegalArgumentException if replicas, threads or checkpoints are out of range, or the optimiser does not
     *     fit the loss
     * @throws IllegalStateException if the thread is interrupted
     */
    public static Runs moments(Setting setting, LabelNoiseSgd sgd, int replicas, int threads, long... checkpoints) {
        Checks.notNull("moments of runs", "setting", setting);
        Checks.notNull("moments of runs", "sgd", sgd);
        Checks.notNull("moments of runs", "checkpoints", checkpoints);
        return run(setting, sgd.optimiser(), replicas, threads, false, checkpoints);
    }

    /** Like {@link #moments(Setting, LabelNoiseSgd, int, int, long...)}, and keeps every replica's state. */
    public static Runs states(Setting setting, LabelNoiseSgd sgd, int replicas, int threads, long... checkpoints) {
        Checks.notNull("states of runs", "setting", setting);
        Checks.notNull("states of runs", "sgd", sgd);
        Checks.notNull("states of runs", "checkpoints", checkpoints);
        return run(setting, sgd.optimiser(), replicas, threads, true, checkpoints);
    }

    /** Like {@link #moments(Setting, LabelNoiseSgd, int, int, long...)}, of an optimiser of other parts. */
    public static Runs moments(Setting setting, Optimiser optimiser, int replicas, int threads, long... checkpoints) {
        Checks.notNull("moments of runs", "setting", setting);
        Checks.notNull("moments of runs", "optimiser", optimiser);
        Checks.notNull("moments of runs", "checkpoints", checkpoints);
        return run(setting, optimiser, replicas, threads, false, checkpoints);
    }

    /**
     * Lets replicas go on from a state of their own each, and keeps every replica's state.
     *
     * @param setting the problem; its point is not looked at
     * @param optimiser the optimiser, with the seed of the state
     * @param from lane r is replica r
     * @param threads worker threads, at least 1; the result does not depend on it
     * @param checkpoints steps at which to look, growing
     * @throws IllegalArgumentException if the state is not one of this optimiser, or checkpoints are out of range
     * @throws IllegalStateException if the thread is interrupted
     */
    public static Runs from(
            Setting setting, Optimiser optimiser, OptimiserState from, int threads, long... checkpoints) {
        Checks.notNull("states of runs", "setting", setting);
        Checks.notNull("states of runs", "optimiser", optimiser);
        Checks.notNull("states of runs", "from", from);
        Checks.notNull("states of runs", "checkpoints", checkpoints);
        return of(ensemble(setting, optimiser, from.lanes(), threads, true).resume(from, checkpoints), optimiser);
    }

    private static Runs run(
            Setting setting, Optimiser optimiser, int replicas, int threads, boolean keep, long... checkpoints) {
        return of(ensemble(setting, optimiser, replicas, threads, keep).run(setting.theta(), checkpoints), optimiser);
    }

    private static Ensemble ensemble(Setting setting, Optimiser optimiser, int replicas, int threads, boolean keep) {
        return Ensemble.of(setting.objective(), optimiser)
                .withReplicas(replicas)
                .withThreads(threads)
                .withStates(keep)
                .withMoments(MomentKind.full());
    }

    private static Runs of(EnsembleResult result, Optimiser optimiser) {
        Interruption.check();
        return new Runs(result, optimiser.seed());
    }

    /** Whether every replica stayed finite to the end. */
    public boolean finished() {
        return result.status() == RunStatus.FINISHED;
    }

    /**
     * Mean and covariance over replicas at a checkpoint.
     *
     * @param checkpoint which, from 0
     */
    public Moments moments(int checkpoint) {
        Checks.index(
                "moments of runs",
                "checkpoint",
                checkpoint,
                result.checkpoints().size());
        return result.checkpoints().get(checkpoint);
    }

    /**
     * States at a checkpoint, replicas × P.
     *
     * @param checkpoint which, from 0
     * @throws IllegalStateException if the states were not kept
     */
    public DMatrixRMaj states(int checkpoint) {
        if (result.states().isEmpty()) {
            throw Checks.outOfTurn(
                    "states of runs",
                    "the measurement",
                    "one of moments",
                    "one by Runs.states, which keeps the states");
        }
        Checks.index("states of runs", "checkpoint", checkpoint, result.states().size());
        return result.states().get(checkpoint);
    }

    /**
     * The mean of ⟨direction, θ⟩ − offset at a checkpoint.
     *
     * @param checkpoint which, from 0
     * @param direction P × 1. Not modified.
     * @param offset usually ⟨direction, start⟩, so that a displacement is estimated
     */
    public Estimate meanAlong(int checkpoint, DMatrixRMaj direction, double offset) {
        Checks.finite("mean along", "direction", direction);
        Checks.finite("mean along", "offset", offset);
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

    /**
     * Variance over replicas of ⟨direction, θ⟩ at a checkpoint. Needs {@link #states(Setting, LabelNoiseSgd, int, int,
     * long...)}.
     *
     * @param checkpoint which, from 0
     * @param direction P × 1. Not modified.
     */
    public Estimate varianceAlong(int checkpoint, DMatrixRMaj direction) {
        Checks.finite("variance along", "direction", direction);
        return variance(checkpoint, List.of(direction));
    }

    /**
     * Σ over directions of the variance over replicas of ⟨direction, θ⟩ at a checkpoint. Needs {@link #states(Setting,
     * LabelNoiseSgd, int, int, long...)}.
     *
     * @param checkpoint which, from 0
     * @param directions each P × 1. Not modified.
     */
    public Estimate variance(int checkpoint, List<DMatrixRMaj> directions) {
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
        RunningEstimate mean = new RunningEstimate();
        for (double sum : sums) {
            mean.add(correction * sum);
        }
        return mean.estimate(seed);
    }

    private Estimate diverged() {
        return new Estimate(Double.NaN, Double.NaN, result.replicas(), seed);
    }
}
