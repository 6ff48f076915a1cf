package dev.lowland.cli.study;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemException;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.EnsembleResult;
import dev.lowland.optim.ensemble.MomentKind;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerSettings;
import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Many runs of SGD with label noise from the point of a problem, and their mean beside the slow flow with R and with
 * ¼tr H.
 *
 * @param problem what was simulated
 * @param steps T
 * @param replicas N
 * @param seed seed of the runs
 * @param status how the runs ended
 * @param divergedAtStep the step at which the first run diverged; empty where none did
 * @param divergedReplica the replica that did; empty where none did
 * @param lambda λ
 * @param startLoss L(θ); the theory speaks of starts where it is small
 * @param predicted the slow flow with R
 * @param quarterTrace the slow flow with ¼tr H in place of R
 * @param path the mean on the way; empty where a run diverged, or moments have no covariance
 * @param outcome what came out at T; null where a run diverged
 */
public record Simulation(
        Problem problem,
        long steps,
        int replicas,
        long seed,
        RunStatus status,
        OptionalLong divergedAtStep,
        OptionalInt divergedReplica,
        double lambda,
        double startLoss,
        Flow predicted,
        Flow quarterTrace,
        List<Point> path,
        @Nullable Outcome outcome) {

    /** The largest P for which the way is kept and not only the end: moments are P × P at each point. */
    private static final int LARGEST_WITH_PATH = 200;

    private static final int PARTS_OF_PATH = 50;

    /**
     * A slow flow.
     *
     * @param status how it ended
     * @param stepsTaken the steps that were taken
     * @param end Φ_T, P × 1; null where it did not get there
     * @param displacement ‖Φ_T − θ‖₂; NaN where it did not get there
     */
    public record Flow(
            FlowStatus status, long stepsTaken, @Nullable DMatrixRMaj end, double displacement) {}

    /**
     * The mean after T steps.
     *
     * @param mean of θ_T over the replicas, P × 1
     * @param standardError of each of them, P × 1
     * @param difference ‖mean − Φ_T‖₂; NaN where there is no Φ_T
     * @param differenceQuarterTrace the same for the flow with ¼tr H
     * @param standardErrorNorm √(Σ SE²): the size that a difference has by chance where the prediction is exact
     */
    public record Outcome(
            DMatrixRMaj mean,
            DMatrixRMaj standardError,
            double difference,
            double differenceQuarterTrace,
            double standardErrorNorm) {}

    /**
     * The projections on the direction u from θ to Φ_T.
     *
     * @param step k
     * @param measured ⟨u, mean − θ⟩
     * @param standardError of it
     * @param predicted ⟨u, Φ_k − θ⟩
     * @param quarterTrace the same for the flow with ¼tr H; NaN where that did not get here
     */
    public record Point(long step, double measured, double standardError, double predicted, double quarterTrace) {}

    /**
     * Runs.
     *
     * @param problem the problem
     * @param steps T, at least 0
     * @param replicas N, at least 2
     * @param seed seed of the runs
     * @param threads worker threads; no result depends on it
     * @param progress told the share of the runs that is done, in [0, 1]
     * @return the simulation
     * @throws ProblemException if λ is no number to compute with
     */
    public static Simulation of(
            Problem problem, long steps, int replicas, long seed, int threads, DoubleConsumer progress) {
        Objective objective = problem.objective();
        Optimiser sgd = problem.optimiser(seed);
        NoiseStrength.of(problem, objective, sgd);
        DMatrixRMaj theta = problem.theta();
        boolean withCovariance = objective.parameterCount() <= MomentKind.LARGEST_FULL;
        long[] checkpoints =
                Checkpoints.upTo(steps, objective.parameterCount() <= LARGEST_WITH_PATH ? PARTS_OF_PATH : 1);
        EnsembleResult runs = Ensemble.of(objective, sgd)
                .withReplicas(replicas)
                .withThreads(threads)
                .withMoments(withCovariance ? MomentKind.full() : MomentKind.diagonal())
                .withProgress((done, total) -> progress.accept((double) done / total))
                .run(theta, checkpoints);
        RegularizerSettings settings =
                RegularizerSettings.standard().withSeed(seed).withThreads(threads);
        SlowFlow flow = SlowFlow.of(objective, sgd)
                .withDrift(Regularizer.of(objective, sgd).withSettings(settings));
        SlowFlowResult predicted = flow.run(theta, checkpoints);
        SlowFlowResult quarter = flow.withDrift(QuarterTrace.of(objective).withSettings(settings))
                .run(theta, checkpoints);
        boolean finished = runs.status() == RunStatus.FINISHED;
        return new Simulation(
                problem,
                steps,
                replicas,
                seed,
                runs.status(),
                runs.divergedAtStep(),
                runs.divergedReplica(),
                flow.strength(),
                objective.loss(theta),
                flow(predicted, theta),
                flow(quarter, theta),
                finished && withCovariance ? path(runs, predicted, quarter, theta) : List.of(),
                finished ? outcome(runs.last(), predicted, quarter) : null);
    }

    private static Flow flow(SlowFlowResult result, DMatrixRMaj theta) {
        if (result.status() != FlowStatus.FINISHED) {
            return new Flow(result.status(), result.steps(), null, Double.NaN);
        }
        DMatrixRMaj end = result.parameters();
        return new Flow(result.status(), result.steps(), end, Norms.distance(end, theta));
    }

    private static Outcome outcome(Moments last, SlowFlowResult predicted, SlowFlowResult quarter) {
        DMatrixRMaj errors = VectorSums.standardErrors(last);
        return new Outcome(
                last.mean(), errors, difference(last, predicted), difference(last, quarter), Norms.scaled(errors));
    }

    private static double difference(Moments last, SlowFlowResult flow) {
        return flow.status() == FlowStatus.FINISHED ? Norms.distance(last.mean(), flow.parameters()) : Double.NaN;
    }

    private static List<Point> path(
            EnsembleResult runs, SlowFlowResult predicted, SlowFlowResult quarter, DMatrixRMaj theta) {
        double displacement = Norms.distance(predicted.parameters(), theta);
        if (predicted.status() != FlowStatus.FINISHED || displacement == 0) {
            return List.of();
        }
        DMatrixRMaj direction = predicted.parameters();
        for (int i = 0; i < direction.getNumElements(); i++) {
            direction.data[i] = (direction.data[i] - theta.data[i]) / displacement;
        }
        List<Point> path = new ArrayList<>();
        for (int k = 0; k < runs.checkpoints().size(); k++) {
            Moments moments = runs.checkpoints().get(k);
            path.add(new Point(
                    moments.step(),
                    VectorSums.along(direction, moments.mean(), theta),
                    moments.standardErrorAlong(direction),
                    VectorSums.along(direction, predicted.path().get(k).parameters(), theta),
                    k < quarter.path().size()
                            ? VectorSums.along(direction, quarter.path().get(k).parameters(), theta)
                            : Double.NaN));
        }
        return List.copyOf(path);
    }
}
