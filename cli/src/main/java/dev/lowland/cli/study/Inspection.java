package dev.lowland.cli.study;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemException;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.PrecisionStatus;
import dev.lowland.optim.flatness.PredictionRounding;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerCost;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flatness.RegularizerSettings;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
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
 * @param method how the spectral quantities were found
 * @param probes behind each stochastic estimate, 0 if the method is EXACT
 * @param precision whether R is as precise as was asked for
 * @param hessian ∇²L(θ), P × P; null where it was neither needed nor asked for
 * @param eigenvalues of ∇²L(θ), ascending: all of them if the method is EXACT, otherwise the largest
 * @param trace tr ∇²L(θ)
 * @param traceStandardError 0 if the method is EXACT, as are all standard errors
 * @param topEigenvalue the largest eigenvalue of ∇²L(θ)
 * @param topEigenvalueStandardError the residual of the largest eigenvalue
 * @param effectiveRate e = η/(1+β)
 * @param lambda λ
 * @param status whether R(θ) is defined
 * @param margin 2 − e·λmax
 * @param rounding what the rounding of predictions puts on what comes from ∇²L(θ); null unless the method is EXACT
 * @param regularized what follows from R; null where R is undefined
 * @param jitter the fluctuations of the problem's own optimiser, and their drift
 * @param nearby the (ε, γ) of the point
 */
public record Inspection(
        Problem problem,
        DMatrixRMaj predictions,
        double loss,
        OptionalDouble heldOutLoss,
        DMatrixRMaj gradient,
        RegularizerMethod method,
        int probes,
        PrecisionStatus precision,
        @Nullable DMatrixRMaj hessian,
        DMatrixRMaj eigenvalues,
        double trace,
        double traceStandardError,
        double topEigenvalue,
        double topEigenvalueStandardError,
        double effectiveRate,
        double lambda,
        PotentialStatus status,
        double margin,
        @Nullable PredictionRounding rounding,
        @Nullable Regularized regularized,
        PointJitter jitter,
        NearbyPoint nearby) {

    /**
     * What follows from R where it is defined.
     *
     * @param value R(θ)
     * @param standardError of R(θ)
     * @param gradient ∇R(θ), P × 1
     * @param gradientStandardError of each entry, P × 1
     * @param loss L̃(θ)
     * @param lossStandardError of L̃(θ)
     * @param stationarity ‖∇L/λ + ∇R‖₂; NaN where λ is 0
     * @param stationarityStandardError the length of the standard errors of ∇R, which it is at most off by in the mean
     *     square
     */
    public record Regularized(
            double value,
            double standardError,
            DMatrixRMaj gradient,
            DMatrixRMaj gradientStandardError,
            double loss,
            double lossStandardError,
            double stationarity,
            double stationarityStandardError) {}

    /**
     * Inspects the point of a problem: by dense matrices and all eigenvalues up to
     * {@link RegularizerSettings#EXACT_LIMIT} parameters, beyond by stochastic estimates with their standard errors.
     * What works on the rows of the Jacobian, the jitter and the nearby point, is exact but for ∇R, and only there
     * where n·c or P is moderate.
     *
     * @param problem the problem
     * @param settings how to compute what is spectral, with its seed and its threads
     * @param withHessian whether ∇²L and S themselves are wanted
     * @return the inspection
     * @throws ProblemException if the loss or a derivative is not finite at θ, or the Hessian is wanted and P is above
     *     {@link DenseLimit#PARAMETERS}
     */
    public static Inspection of(Problem problem, RegularizerSettings settings, boolean withHessian) {
        return of(problem, settings, withHessian, cost -> {}, done -> {});
    }

    /**
     * The same, with somebody who is told.
     *
     * @param problem the problem
     * @param settings how to compute what is spectral, with its seed and its threads
     * @param withHessian whether ∇²L and S themselves are wanted
     * @param cost told what R and ∇R take, before they are begun
     * @param progress told the share of them that is done, in (0, 1], where it is known
     * @return the inspection
     * @throws ProblemException as for the other
     */
    public static Inspection of(
            Problem problem,
            RegularizerSettings settings,
            boolean withHessian,
            Consumer<RegularizerCost> cost,
            DoubleConsumer progress) {
        if (withHessian) {
            DenseLimit.check(problem);
        }
        Objective objective = problem.objective();
        LabelNoiseSgd sgd = problem.sgd(1);
        double lambda = NoiseStrength.of(problem, objective, sgd);
        DMatrixRMaj theta = problem.theta();
        int size = objective.parameterCount();
        ObjectiveEvaluator evaluator = objective.evaluator();
        DMatrixRMaj predictions = new DMatrixRMaj(objective.sampleCount(), 1);
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        evaluator.predictions(theta, predictions);
        double loss = evaluator.loss(theta);
        evaluator.gradient(theta, gradient);
        requireFinite(problem, loss, predictions, gradient);
        DMatrixRMaj drift = new DMatrixRMaj(size, 1);
        DMatrixRMaj driftError = new DMatrixRMaj(size, 1);
        Regularizer regularizer = Regularizer.of(objective, sgd).withSettings(settings);
        cost.accept(regularizer.cost());
        PotentialValue value = regularizer.withProgress(progress).evaluator().evaluate(theta, drift, driftError);
        if (value.margin() == Double.NEGATIVE_INFINITY) {
            throw OverflowingSample.refusal(problem);
        }
        boolean defined = value.status() != PotentialStatus.UNDEFINED;
        return new Inspection(
                problem,
                predictions,
                loss,
                problem.heldOutObjective().stream()
                        .mapToDouble(o -> o.loss(theta))
                        .findFirst(),
                gradient,
                value.method(),
                value.probes(),
                value.precision(),
                withHessian ? hessian(objective, theta, settings) : null,
                new DMatrixRMaj(value.eigenvalues()),
                value.trace(),
                value.traceStandardError(),
                value.topEigenvalue(),
                value.topEigenvalueError(),
                regularizer.effectiveRate(),
                lambda,
                value.status(),
                value.margin(),
                value.method() == RegularizerMethod.EXACT ? PredictionRounding.of(regularizer, theta) : null,
                defined ? regularized(value, drift, driftError, loss, gradient, lambda) : null,
                PointJitter.of(
                        objective,
                        sgd,
                        objective.loss().noiseVariance(problem.settings().labelNoise()),
                        theta,
                        loss,
                        defined ? drift : null,
                        withHessian),
                NearbyPoint.of(objective, regularizer, lambda, theta));
    }

    private static DMatrixRMaj hessian(Objective objective, DMatrixRMaj theta, RegularizerSettings settings) {
        DMatrixRMaj hessian = new DMatrixRMaj(theta.numRows, theta.numRows);
        Curvature.of(objective).withThreads(settings.threads()).dense().at(theta, hessian);
        return hessian;
    }

    private static Regularized regularized(
            PotentialValue value,
            DMatrixRMaj drift,
            DMatrixRMaj driftError,
            double loss,
            DMatrixRMaj gradient,
            double lambda) {
        double stationarity = lambda == 0 ? Double.NaN : stationarity(lambda, gradient, drift);
        return new Regularized(
                value.value(),
                value.standardError(),
                drift,
                driftError,
                loss + lambda * value.value(),
                lambda * value.standardError(),
                stationarity,
                lambda == 0 ? Double.NaN : Norms.scaled(driftError));
    }

    private static double stationarity(double lambda, DMatrixRMaj gradient, DMatrixRMaj drift) {
        DMatrixRMaj force = drift.copy();
        for (int i = 0; i < force.numRows; i++) {
            force.data[i] += gradient.data[i] / lambda;
        }
        return Norms.scaled(force);
    }

    private static void requireFinite(Problem problem, double loss, DMatrixRMaj... derivatives) {
        boolean finite = Double.isFinite(loss);
        for (DMatrixRMaj m : derivatives) {
            finite &= Norms.isFinite(m);
        }
        if (!finite) {
            throw OverflowingSample.refusal(problem);
        }
    }
}
