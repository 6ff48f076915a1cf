package dev.lowland.theory.study;

import dev.lowland.optim.flatness.FlowStatus;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.SlowFlow;
import dev.lowland.optim.flatness.SlowFlowResult;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.problem.Problem;
import dev.lowland.theory.problem.ProblemException;
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
 * @param path points on the way, the first θ, the last Φ_T if the status is FINISHED
 */
public record Prediction(
        Problem problem, long steps, FlowStatus status, long stepsTaken, double lambda, List<Point> path) {
    private static final int PARTS_OF_PATH = 100;

    /**
     * A point of the flow.
     *
     * @param step steps taken to here
     * @param theta Φ_k, P × 1. Not to be modified.
     * @param loss L
     * @param regularizerStatus whether R is defined
     * @param regularizer R; NaN where it is undefined
     * @param trace tr ∇²L
     * @param displacement ‖Φ_k − θ‖₂
     */
    public record Point(
            long step,
            DMatrixRMaj theta,
            double loss,
            PotentialStatus regularizerStatus,
            double regularizer,
            double trace,
            double displacement) {}

    /**
     * Flows from the point of a problem.
     *
     * @param problem the problem
     * @param steps T, at least 0
     * @return the prediction
     * @throws ProblemException if P is above {@link DenseLimit#PARAMETERS}
     */
    public static Prediction of(Problem problem, long steps) {
        DenseLimit.check(problem);
        Objective objective = problem.objective();
        LabelNoiseSgd sgd = problem.sgd(1);
        DMatrixRMaj theta = problem.theta();
        SlowFlow flow = SlowFlow.of(objective, sgd);
        SlowFlowResult result = flow.run(theta, Checkpoints.upTo(steps, PARTS_OF_PATH));
        Regularizer regularizer = Regularizer.of(objective, sgd);
        List<Point> path = new ArrayList<>();
        for (SlowFlowResult.Point point : result.path()) {
            DMatrixRMaj here = point.parameters();
            PotentialValue value = regularizer.at(here);
            boolean undefined = value.status() == PotentialStatus.UNDEFINED;
            path.add(new Point(
                    point.step(),
                    here,
                    objective.loss(here),
                    value.status(),
                    undefined ? Double.NaN : value.value(),
                    value.trace(),
                    Vectors.distance(here, theta)));
        }
        return new Prediction(problem, steps, result.status(), result.steps(), flow.strength(), List.copyOf(path));
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
