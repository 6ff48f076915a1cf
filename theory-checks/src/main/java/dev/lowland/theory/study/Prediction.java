package dev.lowland.theory.study;

import dev.lowland.optim.flatness.FlowStatus;
import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flatness.RegularizerSettings;
import dev.lowland.optim.flatness.SlowFlow;
import dev.lowland.optim.flatness.SlowFlowResult;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.problem.Problem;
import java.util.ArrayList;
import java.util.List;
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
 * @param path points on the way, the first θ, the last Φ_T if the status is FINISHED
 */
public record Prediction(
        Problem problem,
        long steps,
        FlowStatus status,
        long stepsTaken,
        double lambda,
        RegularizerMethod method,
        List<Point> path) {
    private static final int PARTS_OF_PATH = 100;
    /** Where a value of R on the way costs as much as many steps. */
    private static final int PARTS_OF_LARGE_PATH = 10;

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
     * @return the prediction
     */
    public static Prediction of(Problem problem, long steps, RegularizerSettings settings) {
        Objective objective = problem.objective();
        LabelNoiseSgd sgd = problem.sgd(1);
        DMatrixRMaj theta = problem.theta();
        Regularizer regularizer = Regularizer.of(objective, sgd).with(settings);
        boolean exact = regularizer.method() == RegularizerMethod.EXACT;
        SlowFlow flow = SlowFlow.of(objective, sgd).withPotential(regularizer);
        SlowFlowResult result = flow.run(theta, Checkpoints.upTo(steps, exact ? PARTS_OF_PATH : PARTS_OF_LARGE_PATH));
        PotentialEvaluator evaluator = regularizer.evaluator();
        List<Point> path = new ArrayList<>();
        for (SlowFlowResult.Point point : result.path()) {
            DMatrixRMaj here = point.parameters();
            PotentialValue value = evaluator.at(here);
            boolean undefined = value.status() == PotentialStatus.UNDEFINED;
            path.add(new Point(
                    point.step(),
                    here,
                    objective.loss(here),
                    value.status(),
                    undefined ? Double.NaN : value.value(),
                    value.standardError(),
                    value.trace(),
                    value.traceStandardError(),
                    Vectors.distance(here, theta)));
        }
        return new Prediction(
                problem,
                steps,
                result.status(),
                result.steps(),
                flow.strength(),
                regularizer.method(),
                List.copyOf(path));
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
