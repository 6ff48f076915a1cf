package dev.lowland.cli.study;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemException;
import dev.lowland.cli.study.FlowChoice.FlowMethod;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerCost;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flatness.RegularizerSettings;
import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.Optimiser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Where the slow flow Φ goes from the point of a problem.
 *
 * @param problem what was asked about
 * @param steps the steps that were asked for
 * @param status how the flow ended
 * @param stepsTaken the steps that were taken; fewer than asked for unless the status is FINISHED
 * @param lambda λ
 * @param method how R and its gradient were found
 * @param probes behind each stochastic estimate, the most of them; 0 if the method is EXACT
 * @param flow whether the steps were plain or long
 * @param tolerance that long steps were held to, in the norm of θ; NaN for plain ones
 * @param errorEstimate how far the end may be from that of plain steps; 0 if all were plain
 * @param longSteps long steps taken, in all runs that the result is made of
 * @param plainSteps plain steps taken, in all runs that the result is made of
 * @param restStep where the flow came to rest; empty if it was not seen to
 * @param path points on the way, the first θ, the last Φ_T if the status is FINISHED
 * @param ownDrift the flow along −½∇³L[S], S that of the problem's own optimiser with sampling included
 * @param quarterTrace the flow with ¼tr H in place of R
 */
public record Prediction(
        Problem problem,
        long steps,
        FlowStatus status,
        long stepsTaken,
        double lambda,
        RegularizerMethod method,
        int probes,
        FlowMethod flow,
        double tolerance,
        double errorEstimate,
        long longSteps,
        long plainSteps,
        OptionalLong restStep,
        List<Point> path,
        OtherFlow ownDrift,
        OtherFlow quarterTrace) {
    private static final int PARTS_OF_PATH = 100;
    /** Where a value of R on the way costs as much as many steps. */
    private static final int PARTS_OF_LARGE_PATH = 10;
    /** Long steps end at each. */
    private static final int PARTS_OF_LONG_PATH = 20;

    /**
     * A point of the flow.
     *
     * @param step steps taken to here
     * @param theta Φ_k, P × 1. Not to be modified.
     * @param loss L
     * @param regularizerStatus whether R is defined
     * @param regularizer R; NaN where it is undefined
     * @param regularizerStandardError 0 if the method is EXACT
     * @param trace tr ∇²L; NaN where a stochastic estimate found R undefined
     * @param traceStandardError 0 if the method is EXACT
     * @param displacement ‖Φ_k − θ‖₂
     */
    public record Point(
            long step,
            DMatrixRMaj theta,
            double loss,
            PotentialStatus regularizerStatus,
            double regularizer,
            double regularizerStandardError,
            double trace,
            double traceStandardError,
            double displacement) {}

    /**
     * Flows from the point of a problem.
     *
     * @param problem the problem
     * @param steps T, at least 0
     * @param settings how to compute R and its gradient, with the seed and the threads
     * @param choice plain or long steps
     * @return the prediction
     * @throws ProblemException if long steps are asked for, and the Jacobian is too large for them
     */
    public static Prediction of(Problem problem, long steps, RegularizerSettings settings, FlowChoice choice) {
        return of(problem, steps, settings, choice, cost -> {}, done -> {});
    }

    /**
     * The same, with somebody who is told. The three flows are followed at once, as far as there are threads.
     *
     * @param problem the problem
     * @param steps T, at least 0
     * @param settings how to compute R and its gradient, with the seed and the threads
     * @param choice plain or long steps
     * @param cost told what the flow with R takes, before it is begun
     * @param progress told the share of all flows that is done, in (0, 1], ascending
     * @return the prediction
     * @throws ProblemException as for the other
     */
    public static Prediction of(
            Problem problem,
            long steps,
            RegularizerSettings settings,
            FlowChoice choice,
            Consumer<RegularizerCost> cost,
            DoubleConsumer progress) {
        Objective objective = problem.objective();
        Optimiser sgd = problem.optimiser(1);
        NoiseStrength.of(problem, objective, sgd);
        DMatrixRMaj theta = problem.theta();
        Regularizer regularizer = Regularizer.of(objective, sgd).withSettings(settings);
        boolean exact = regularizer.method() == RegularizerMethod.EXACT;
        boolean inLongSteps = inLongSteps(problem, objective, steps, exact, choice.method());
        double tolerance = inLongSteps ? tolerance(choice, theta) : Double.NaN;
        long[] checkpoints = Checkpoints.upTo(
                steps, !exact ? PARTS_OF_LARGE_PATH : inLongSteps ? PARTS_OF_LONG_PATH : PARTS_OF_PATH);
        SlowFlow flow = SlowFlow.of(objective, sgd).withDrift(regularizer);
        if (inLongSteps) {
            flow = flow.withLongSteps(tolerance);
        }
        long fields = inLongSteps ? Math.min(steps, FlowChoice.FIELDS_OF_LONG_STEPS) : steps;
        cost.accept(regularizer.cost().times((double) fields));
        Optional<String> unknown = SamplingTheory.missing(objective, sgd);
        Optional<String> refused = unknown.isPresent() ? unknown : RowsLimit.refusesDrifts(objective, fields);
        List<SlowFlow> flows = new ArrayList<>();
        flows.add(flow);
        flows.add(flow.withDrift(QuarterTrace.of(objective).withSettings(settings)));
        if (refused.isEmpty()) {
            flows.add(flow.withDrift(Fluctuations.of(objective, sgd).drift()));
        }
        List<SlowFlowResult> results = run(flows, theta, checkpoints, settings.threads(), progress);
        SlowFlowResult result = results.get(0);
        DMatrixRMaj end = result.status() == FlowStatus.FINISHED ? result.parameters() : null;
        PotentialEvaluator evaluator = regularizer.evaluator();
        int probes = 0;
        List<Point> path = new ArrayList<>();
        for (SlowFlowResult.Point point : result.path()) {
            PotentialValue value = evaluator.at(point.parameters());
            probes = Math.max(probes, value.probes());
            path.add(point(objective, theta, point, value));
        }
        return new Prediction(
                problem,
                steps,
                result.status(),
                result.steps(),
                flow.strength(),
                regularizer.method(),
                probes,
                inLongSteps ? FlowMethod.LONG : FlowMethod.PLAIN,
                tolerance,
                result.errorEstimate(),
                result.longSteps(),
                result.plainSteps(),
                result.restStep(),
                List.copyOf(path),
                refused.isPresent()
                        ? OtherFlow.notBegun(
                                unknown.isPresent() ? OtherFlow.Status.NO_THEORY : OtherFlow.Status.TOO_LARGE,
                                refused.get())
                        : OtherFlow.of(results.get(2), theta, end),
                OtherFlow.of(results.get(1), theta, end));
    }

    /** All flows, told of as one. */
    private static List<SlowFlowResult> run(
            List<SlowFlow> flows, DMatrixRMaj theta, long[] checkpoints, int threads, DoubleConsumer progress) {
        double[] shares = new double[flows.size()];
        List<SlowFlow> told = new ArrayList<>();
        for (int f = 0; f < shares.length; f++) {
            int flow = f;
            told.add(flows.get(f).withProgress(done -> {
                synchronized (shares) {
                    shares[flow] = done;
                    progress.accept(Arrays.stream(shares).sum() / shares.length);
                }
            }));
        }
        return SlowFlow.runAll(told, theta, checkpoints, threads);
    }

    private static boolean inLongSteps(
            Problem problem, Objective objective, long steps, boolean exact, FlowMethod method) {
        Optional<String> refused = RowsLimit.refuses(objective);
        if (method == FlowMethod.LONG && refused.isPresent()) {
            throw new ProblemException(
                    problem.file().toString(),
                    "theta",
                    "too large for long steps (" + refused.get() + ")",
                    "smaller, or followed with plain steps");
        }
        return method == FlowMethod.LONG
                || (method == FlowMethod.AUTOMATIC && exact && steps > FlowChoice.PLAIN_UP_TO && refused.isEmpty());
    }

    private static double tolerance(FlowChoice choice, DMatrixRMaj theta) {
        double size = Norms.scaled(theta);
        return choice.tolerance().orElse(FlowChoice.RELATIVE * (size > 0 ? size : 1));
    }

    private static Point point(
            Objective objective, DMatrixRMaj theta, SlowFlowResult.Point point, PotentialValue value) {
        DMatrixRMaj here = point.parameters();
        return new Point(
                point.step(),
                here,
                objective.loss(here),
                value.status(),
                value.status() == PotentialStatus.UNDEFINED ? Double.NaN : value.value(),
                value.standardError(),
                value.trace(),
                value.traceStandardError(),
                Norms.distance(here, theta));
    }

    /**
     * Φ_T.
     *
     * @return null where the flow did not get there
     */
    public @Nullable Point end() {
        return status == FlowStatus.FINISHED ? path.get(path.size() - 1) : null;
    }
}
