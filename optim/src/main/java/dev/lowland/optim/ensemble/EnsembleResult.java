package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;

/** What an ensemble found. Immutable; all numbers are finite. */
public final class EnsembleResult {

    private final RunStatus status;
    private final long steps;
    private final int replicas;
    private final OptionalLong divergedAtStep;
    private final OptionalInt divergedReplica;
    private final List<Moments> checkpoints;
    private final List<DMatrixRMaj> states;
    private final Optional<OptimiserState> finalState;
    private final List<StatisticSeries> statistics;

    EnsembleResult(
            RunStatus status,
            long steps,
            int replicas,
            OptionalLong divergedAtStep,
            OptionalInt divergedReplica,
            List<Moments> checkpoints,
            List<DMatrixRMaj> states,
            Optional<OptimiserState> finalState,
            List<StatisticSeries> statistics) {
        this.status = status;
        this.steps = steps;
        this.replicas = replicas;
        this.divergedAtStep = divergedAtStep;
        this.divergedReplica = divergedReplica;
        this.checkpoints = List.copyOf(checkpoints);
        this.states = List.copyOf(states);
        this.finalState = finalState;
        this.statistics = List.copyOf(statistics);
    }

    /**
     * FINISHED; DIVERGED if a replica diverged; STOPPED if it was cancelled.
     *
     * @return the status
     */
    public RunStatus status() {
        return status;
    }

    /**
     * Steps that each replica was to take.
     *
     * @return the number of steps
     */
    public long steps() {
        return steps;
    }

    /**
     * Number of replicas.
     *
     * @return N
     */
    public int replicas() {
        return replicas;
    }

    /**
     * The earliest step, counted from 1, that took a replica out of the range of numbers.
     *
     * @return the step, empty unless the status is DIVERGED
     */
    public OptionalLong divergedAtStep() {
        return divergedAtStep;
    }

    /**
     * The replica that diverged at {@link #divergedAtStep()}; the lowest if several did.
     *
     * @return the replica, empty unless the status is DIVERGED
     */
    public OptionalInt divergedReplica() {
        return divergedReplica;
    }

    /**
     * The moments at the checkpoints: all if the status is FINISHED, those before the divergence if it is DIVERGED,
     * none if it is STOPPED.
     *
     * @return one entry a checkpoint
     */
    public List<Moments> checkpoints() {
        return checkpoints;
    }

    /**
     * The moments at the last checkpoint.
     *
     * @return the moments
     * @throws IllegalStateException if the status is not FINISHED
     */
    public Moments last() {
        if (status != RunStatus.FINISHED) {
            throw Checks.outOfTurn("EnsembleResult.last", "the run", toString(), "FINISHED");
        }
        return checkpoints.get(checkpoints.size() - 1);
    }

    /**
     * Every replica's θ at the checkpoints of {@link #checkpoints()}, if asked for.
     *
     * @return a matrix a checkpoint, N × P, replica r in row r, not copied; empty unless states were kept
     */
    public List<DMatrixRMaj> states() {
        return states;
    }

    /**
     * Where all replicas are at the end, to go on from with {@link Ensemble#resume}: lane r is replica r.
     *
     * @return the state; empty unless it was asked for and the status is FINISHED
     */
    public Optional<OptimiserState> finalState() {
        return finalState;
    }

    /**
     * The statistics watched, in the order in which they were asked for.
     *
     * @return one entry a statistic; none unless the status is FINISHED
     */
    public List<StatisticSeries> statistics() {
        return statistics;
    }

    @Override
    public String toString() {
        String text = status + " with " + replicas + " replicas";
        return divergedAtStep.isPresent()
                ? text + ", replica " + divergedReplica.getAsInt() + " diverged at step " + divergedAtStep.getAsLong()
                : text;
    }
}
