package dev.lowland.theory.study;

import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.objective.Evaluator;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.problem.Problem;
import dev.lowland.theory.problem.ProblemException;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * How flat the point θ of a problem is.
 *
 * @param problem what was inspected
 * @param predictions f_i(θ), n × 1
 * @param loss L(θ)
 * @param heldOutLoss L(θ) over the held-out data, empty where there are none
 * @param gradient ∇L(θ), P × 1
 * @param hessian ∇²L(θ), P × P
 * @param eigenvalues of ∇²L(θ), ascending, P × 1
 * @param trace tr ∇²L(θ)
 * @param topEigenvalue the largest eigenvalue of ∇²L(θ)
 * @param effectiveRate e = η/(1+β)
 * @param lambda λ
 * @param status whether R(θ) is defined
 * @param margin 2 − e·λmax
 * @param regularized what follows from R; null where R is undefined
 */
public record Inspection(
        Problem problem,
        DMatrixRMaj predictions,
        double loss,
        OptionalDouble heldOutLoss,
        DMatrixRMaj gradient,
        DMatrixRMaj hessian,
        DMatrixRMaj eigenvalues,
        double trace,
        double topEigenvalue,
        double effectiveRate,
        double lambda,
        PotentialStatus status,
        double margin,
        @Nullable Regularized regularized) {

    /**
     * What follows from R where it is defined.
     *
     * @param value R(θ)
     * @param gradient ∇R(θ), P × 1
     * @param loss L̃(θ)
     * @param stationarity ‖∇L/λ + ∇R‖₂; NaN where λ is 0
     */
    public record Regularized(double value, DMatrixRMaj gradient, double loss, double stationarity) {}

    /**
     * Inspects the point of a problem. All quantities are exact: dense matrices and all eigenvalues.
     *
     * @param problem the problem
     * @return the inspection
     * @throws ProblemException if the loss or a derivative is not finite at θ, or P is above {@link DenseLimit#PARAMETERS}
     */
    public static Inspection of(Problem problem) {
        DenseLimit.check(problem);
        Objective objective = problem.objective();
        LabelNoiseSgd sgd = problem.sgd(1);
        DMatrixRMaj theta = problem.theta();
        int size = objective.parameterCount();
        Evaluator evaluator = objective.evaluator();
        DMatrixRMaj predictions = new DMatrixRMaj(objective.sampleCount(), 1);
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        evaluator.predictions(theta, predictions);
        double loss = evaluator.loss(theta);
        evaluator.gradient(theta, gradient);
        evaluator.hessian(theta, hessian);
        requireFinite(problem, loss, predictions, gradient, hessian);
        Regularizer regularizer = Regularizer.of(objective, sgd);
        PotentialValue value = regularizer.at(theta);
        double lambda = sgd.regularizationStrength(objective);
        return new Inspection(
                problem,
                predictions,
                loss,
                problem.heldOutObjective().stream()
                        .mapToDouble(o -> o.loss(theta))
                        .findFirst(),
                gradient,
                hessian,
                new DMatrixRMaj(value.eigenvalues()),
                value.trace(),
                value.topEigenvalue(),
                regularizer.effectiveRate(),
                lambda,
                value.status(),
                value.margin(),
                value.status() == PotentialStatus.UNDEFINED
                        ? null
                        : regularized(regularizer, value.value(), theta, loss, gradient, lambda));
    }

    private static Regularized regularized(
            Regularizer regularizer,
            double value,
            DMatrixRMaj theta,
            double loss,
            DMatrixRMaj gradient,
            double lambda) {
        DMatrixRMaj drift = new DMatrixRMaj(theta.getNumElements(), 1);
        regularizer.gradient(theta, drift);
        double stationarity = lambda == 0 ? Double.NaN : Vectors.normOfSum(1 / lambda, gradient, drift);
        return new Regularized(value, drift, loss + lambda * value, stationarity);
    }

    private static void requireFinite(Problem problem, double loss, DMatrixRMaj... derivatives) {
        boolean finite = Double.isFinite(loss);
        for (DMatrixRMaj m : derivatives) {
            for (int i = 0; i < m.getNumElements(); i++) {
                finite &= Double.isFinite(m.data[i]);
            }
        }
        if (!finite) {
            throw new ProblemException(
                    problem.file().toString(), "theta", "the loss or one of its derivatives overflows at this point");
        }
    }
}
