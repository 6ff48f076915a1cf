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
import dev.lowland.optim.sgd.Optimiser;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * How flat the point θ of a problem is.
 *
 * @param problem what was inspected
 * @param predictions f_i(θ), n × c
 * @param loss L(θ)
 * @param accuracy the share of samples whose class is predicted, empty where there are no classes
 * @param heldOutLoss L(θ) over the held-out data, empty where there are none
 * @param heldOutAccuracy the same share of the held-out data
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
 * @param layers the same of each layer
 * @param jitter the fluctuations of the problem's own optimiser, and their drift
 * @param nearby the (ε, γ) of the point
 */
public record Inspection(
        Problem problem,
        DMatrixRMaj predictions,
        double loss,
        OptionalDouble accuracy,
        OptionalDouble heldOutLoss,
        OptionalDouble heldOutAccuracy,
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
        LayerFlatness layers,
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

    /** Eigenvectors and relative error of runs where a product with ∇²L takes long. */
    private static final int FEW_DEFLATED = 4;

    private static final double ROUGH = 1e-3;

    /** Of the work, about. */
    private static final double SHARE_OF_REGULARIZER = 0.6;

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
        return of(problem, settings, withHessian, cost -> {}, (done, activity) -> {});
    }

    /**
     * The same, with somebody who is told.
     *
     * @param problem the problem
     * @param settings how to compute what is spectral, with its seed and its threads
     * @param withHessian whether ∇²L and S themselves are wanted
     * @param cost told what R and ∇R take, before they are begun
     * @param progress told how far the work has come
     * @return the inspection
     * @throws ProblemException as for the other
     */
    public static Inspection of(
            Problem problem,
            RegularizerSettings settings,
            boolean withHessian,
            Consumer<RegularizerCost> cost,
            StudyProgress progress) {
        if (withHessian) {
            DenseLimit.check(problem);
        }
        Objective objective = problem.objective();
        Optimiser sgd = problem.optimiser(1);
        double lambda = NoiseStrength.of(problem, objective, sgd);
        DMatrixRMaj theta = problem.theta();
        int size = objective.parameterCount();
        ObjectiveEvaluator evaluator = objective.evaluator();
        DMatrixRMaj predictions =
                new DMatrixRMaj(objective.sampleCount(), objective.data().outputSize());
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        evaluator.predictions(theta, predictions);
        double loss = evaluator.loss(theta);
        evaluator.gradient(theta, gradient);
        requireFinite(problem, loss, predictions, gradient);
        DMatrixRMaj drift = new DMatrixRMaj(size, 1);
        DMatrixRMaj driftError = new DMatrixRMaj(size, 1);
        Regularizer regularizer = Regularizer.of(objective, sgd).withSettings(affordable(settings, objective));
        cost.accept(regularizer.cost());
        PotentialValue value = regularizer
                .withProgress(progress.part(0, SHARE_OF_REGULARIZER, "R and ∇R"))
                .evaluator()
                .evaluate(theta, drift, driftError);
        if (value.margin() == Double.NEGATIVE_INFINITY) {
            throw OverflowingSample.refusal(problem);
        }
        boolean defined = value.status() != PotentialStatus.UNDEFINED;
        LayerFlatness layers = LayerFlatness.of(
                regularizer, objective, value.status(), theta, progress.part(SHARE_OF_REGULARIZER, 1, "layers"));
        Optional<Objective> heldOut = problem.heldOutObjective();
        return new Inspection(
                problem,
                predictions,
                loss,
                Accuracy.of(objective, predictions),
                heldOut.stream().mapToDouble(o -> o.loss(theta)).findFirst(),
                heldOut.map(o -> Accuracy.at(o, theta)).orElse(OptionalDouble.empty()),
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
                layers,
                PointJitter.of(
                        objective,
                        sgd,
                        objective.loss().noiseVariance(sgd.noise().deviation()),
                        theta,
                        loss,
                        defined ? drift : null,
                        withHessian),
                NearbyPoint.of(objective, regularizer, lambda, theta));
    }

    /**
     * The settings where a product with ∇²L takes long: fewer eigenvectors are looked for, and runs end when they are
     * as exact as the scatter of the probes deserves.
     */
    private static RegularizerSettings affordable(RegularizerSettings settings, Objective objective) {
        return RowsLimit.refusesSearch(objective).isEmpty()
                ? settings
                : settings.withDeflated(FEW_DEFLATED).withLanczos(settings.maxSteps(), ROUGH);
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
