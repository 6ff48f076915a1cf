package dev.lowland.cli.report;

import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.study.FlowChoice.FlowMethod;
import dev.lowland.cli.study.Inspection;
import dev.lowland.cli.study.PointJitter;
import dev.lowland.cli.study.Prediction;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.stationarity.FloorMethod;

/**
 * How the numbers of a study were got, and why some are not there: the same words in JSON, on the terminal and on the
 * page.
 */
final class StudyMethods {
    static final String EXACT = "exact";
    static final String FORMULA = "formula";

    private StudyMethods() {}

    /** What comes from the spectrum of ∇²L. */
    static String spectral(RegularizerMethod method, int probes) {
        return method == RegularizerMethod.EXACT ? EXACT : "stochastic, " + probes + " probes";
    }

    static String spectral(Inspection inspection) {
        return spectral(inspection.method(), inspection.probes());
    }

    static String spectral(Prediction prediction) {
        return spectral(prediction.method(), prediction.probes());
    }

    /** The largest eigenvalue. */
    static String top(Inspection inspection) {
        return inspection.method() == RegularizerMethod.EXACT ? EXACT : "Lanczos";
    }

    /** What comes from S. */
    static String jitter(PointJitter.Values numbers) {
        return "Lyapunov equation, " + (numbers.sampled() ? "sampling included" : "full batch");
    }

    /** What is at the nearby point. */
    static String nearby(Inspection inspection) {
        String lanczos = inspection.nearby().floor() == FloorMethod.MATRIX_FREE ? " by Lanczos" : "";
        return "Newton across the valley" + lanczos + ", ∇R " + spectral(inspection);
    }

    /** A flow along the gradient of a potential. */
    static String flow(Prediction prediction) {
        return steps(prediction) + ", ∇R " + spectral(prediction);
    }

    /** The flow along the drift of S. */
    static String ownFlow(Prediction prediction) {
        return steps(prediction) + ", S from the Lyapunov equation";
    }

    /** The flow along ¼ ∇tr H. */
    static String quarterFlow(Prediction prediction) {
        return steps(prediction) + ", ∇tr H " + spectral(prediction);
    }

    private static String steps(Prediction prediction) {
        return prediction.flow() == FlowMethod.LONG ? "long steps" : "plain steps";
    }

    /** Why nothing follows from R. */
    static String undefined(Inspection inspection) {
        return "R is undefined: e·λmax is 2 or more, the margin " + inspection.margin();
    }

    /** Why there is no ‖∇L/λ + ∇R‖. */
    static String notStationary(Inspection inspection) {
        return inspection.regularized() == null ? undefined(inspection) : "λ is 0";
    }

    /** Why a flow has no end; empty where it has one. */
    static String ending(FlowStatus status, long steps) {
        return switch (status) {
            case FINISHED -> "";
            case UNDEFINED -> "R is undefined after step " + Numbers.count(steps);
            case DIVERGED -> "the flow diverged after step " + Numbers.count(steps);
        };
    }
}
