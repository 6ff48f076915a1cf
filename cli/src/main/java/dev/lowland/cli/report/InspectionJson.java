package dev.lowland.cli.report;

import dev.lowland.cli.study.Inspection;
import dev.lowland.cli.study.NearbyPoint;
import dev.lowland.cli.study.PointJitter;
import dev.lowland.optim.flatness.RegularizerMethod;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** An inspection as JSON. */
final class InspectionJson {
    private static final double NONE = Double.NaN;

    private final AnswerJson json = new AnswerJson();
    private final Inspection inspection;
    private final String spectral;

    private InspectionJson(Inspection inspection) {
        this.inspection = inspection;
        this.spectral = StudyMethods.spectral(inspection);
    }

    static String text(Inspection inspection) {
        InspectionJson writer = new InspectionJson(inspection);
        writer.point();
        writer.regularizer();
        if (inspection.method() == RegularizerMethod.STOCHASTIC) {
            writer.json.text("precisionStatus", inspection.precision().name());
            writer.errors();
        }
        writer.jitter();
        writer.nearby();
        return writer.json.text();
    }

    private void point() {
        String exact = StudyMethods.EXACT;
        json.numbers("predictions", inspection.predictions(), exact, "");
        json.number("loss", inspection.loss(), exact, "");
        inspection.heldOutLoss().ifPresent(loss -> json.number("heldOutLoss", loss, exact, "the predictions overflow"));
        json.numbers("gradient", inspection.gradient(), exact, "");
        DMatrixRMaj hessian = inspection.hessian();
        if (hessian != null) {
            json.matrix("hessian", hessian, exact, "");
        }
        json.number("hessianTrace", inspection.trace(), spectral, "");
        json.number("hessianTopEigenvalue", inspection.topEigenvalue(), StudyMethods.top(inspection), "");
        json.number("lambda", inspection.lambda(), StudyMethods.FORMULA, "");
    }

    private void regularizer() {
        Inspection.@Nullable Regularized regularized = inspection.regularized();
        String why = StudyMethods.undefined(inspection);
        json.text("regularizerStatus", inspection.status().name());
        json.number("margin", inspection.margin(), StudyMethods.top(inspection), "");
        json.number("regularizer", regularized == null ? NONE : regularized.value(), spectral, why);
        json.numbers("regularizerGradient", regularized == null ? null : regularized.gradient(), spectral, why);
        json.number("regularizedLoss", regularized == null ? NONE : regularized.loss(), spectral, why);
        json.number(
                "stationarity",
                regularized == null ? NONE : regularized.stationarity(),
                spectral,
                StudyMethods.notStationary(inspection));
        json.text("method", inspection.method().name().toLowerCase(Locale.ROOT));
    }

    private void errors() {
        Inspection.@Nullable Regularized regularized = inspection.regularized();
        String why = StudyMethods.undefined(inspection);
        String scatter = "scatter of the probes";
        String residual = "residual of Lanczos";
        double top = inspection.topEigenvalueStandardError();
        error("hessianTrace", inspection.traceStandardError(), scatter, "");
        error("hessianTopEigenvalue", top, residual, "");
        error("margin", inspection.effectiveRate() * top, residual, "");
        error("regularizer", regularized == null ? NONE : regularized.standardError(), scatter, why);
        json.numbers(
                "regularizerGradientStandardError",
                regularized == null ? null : regularized.gradientStandardError(),
                scatter,
                why);
        error("regularizedLoss", regularized == null ? NONE : regularized.lossStandardError(), scatter, why);
        error(
                "stationarity",
                regularized == null ? NONE : regularized.stationarityStandardError(),
                scatter,
                StudyMethods.notStationary(inspection));
    }

    private void error(String quantity, double value, String method, String reason) {
        json.number(quantity + "StandardError", value, method, reason);
    }

    private void jitter() {
        PointJitter jitter = inspection.jitter();
        PointJitter.@Nullable Values numbers = jitter.numbers();
        String why = jitter.reason();
        String method = numbers == null ? "" : StudyMethods.jitter(numbers);
        json.text("fluctuationStatus", jitter.status().name());
        json.number("fluctuationTrace", numbers == null ? NONE : numbers.trace(), method, why);
        json.number("fluctuationTopEigenvalue", numbers == null ? NONE : numbers.topEigenvalue(), method, why);
        json.number("fluctuationRank", numbers == null ? NONE : jitter.rank(), method, why);
        json.number("fluctuationLoss", numbers == null ? NONE : numbers.lossFloor(), method, why);
        json.number(
                "fluctuationErrorBound",
                numbers == null ? NONE : numbers.errorBound(),
                "residual of the equation",
                why);
        json.numbers(
                "fluctuationStandardDeviations", numbers == null ? null : numbers.standardDeviations(), method, why);
        if (inspection.hessian() != null) {
            json.matrix("fluctuationCovariance", numbers == null ? null : numbers.covariance(), method, why);
        }
        String whyNotApart = numbers == null ? why : StudyMethods.undefined(inspection);
        String apart = method + ", less ∇R " + spectral;
        json.numbers("drift", numbers == null ? null : numbers.drift(), method, why);
        json.number("driftDifference", numbers == null ? NONE : numbers.difference(), apart, whyNotApart);
        json.number(
                "driftDifferenceShare",
                numbers == null ? NONE : numbers.share(),
                apart,
                inspection.regularized() == null
                        ? whyNotApart
                        : numbers == null ? why : "∇R has no part along the valley");
    }

    private void nearby() {
        NearbyPoint nearby = inspection.nearby();
        String method = StudyMethods.nearby(inspection);
        String why = nearby.reason();
        json.text("nearbyStatus", nearby.status().name());
        json.number("nearbyEpsilon", nearby.epsilon(), method, why);
        json.number("nearbyGamma", nearby.distance(), method, why);
        if (inspection.method() == RegularizerMethod.STOCHASTIC) {
            json.number("nearbyEpsilonNoise", nearby.noise(), "scatter of the probes", why);
        }
        json.numbers("nearbyPoint", nearby.point(), method, why);
    }
}
