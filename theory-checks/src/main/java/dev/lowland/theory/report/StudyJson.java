package dev.lowland.theory.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.theory.study.Inspection;
import dev.lowland.theory.study.Prediction;
import dev.lowland.theory.study.Simulation;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The studies of one problem as JSON. What does not exist is null, and a status says why. */
public final class StudyJson {
    /** The largest P for which an inspection has its Hessian without being asked. */
    public static final int HESSIAN_UP_TO = 64;

    private static final String ERROR = "StandardError";

    private StudyJson() {}

    /**
     * An inspection. The key {@code hessian} is there where the inspection has it; {@code heldOutLoss} where the problem has held-out data; and
     * where {@code method} is stochastic each estimated quantity has a sibling of its name and {@code StandardError}.
     *
     * @param inspection what was found
     * @return the text, ending with a line feed
     */
    public static String text(Inspection inspection) {
        Inspection.@Nullable Regularized regularized = inspection.regularized();
        ObjectNode node = Json.object();
        node.set("predictions", Json.numbers(inspection.predictions()));
        node.set("loss", Json.number(inspection.loss()));
        inspection.heldOutLoss().ifPresent(loss -> node.set("heldOutLoss", Json.number(loss)));
        node.set("gradient", Json.numbers(inspection.gradient()));
        DMatrixRMaj hessian = inspection.hessian();
        if (hessian != null) {
            node.set("hessian", Json.matrix(hessian));
        }
        node.set("hessianTrace", Json.number(inspection.trace()));
        node.set("hessianTopEigenvalue", Json.number(inspection.topEigenvalue()));
        node.set("lambda", Json.number(inspection.lambda()));
        node.put("regularizerStatus", inspection.status().name());
        node.set("margin", Json.number(inspection.margin()));
        node.set("regularizer", Json.number(regularized == null ? Double.NaN : regularized.value()));
        node.set("regularizerGradient", Json.numbers(regularized == null ? null : regularized.gradient()));
        node.set("regularizedLoss", Json.number(regularized == null ? Double.NaN : regularized.loss()));
        node.set("stationarity", Json.number(regularized == null ? Double.NaN : regularized.stationarity()));
        node.put("method", name(inspection.method()));
        if (inspection.method() == RegularizerMethod.STOCHASTIC) {
            error(node, "hessianTrace", inspection.traceStandardError());
            error(node, "hessianTopEigenvalue", inspection.topEigenvalueStandardError());
            error(node, "margin", inspection.effectiveRate() * inspection.topEigenvalueStandardError());
            error(node, "regularizer", regularized == null ? Double.NaN : regularized.standardError());
            node.set(
                    "regularizerGradient" + ERROR,
                    Json.numbers(regularized == null ? null : regularized.gradientStandardError()));
            error(node, "regularizedLoss", regularized == null ? Double.NaN : regularized.lossStandardError());
            error(node, "stationarity", regularized == null ? Double.NaN : regularized.stationarityStandardError());
        }
        return Json.text(node);
    }

    private static String name(RegularizerMethod method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    private static void error(ObjectNode node, String quantity, double value) {
        node.set(quantity + ERROR, Json.number(value));
    }

    /**
     * A prediction; {@code theta} and what follows from it are null where the flow did not get there.
     *
     * @param prediction what was found
     * @return the text, ending with a line feed
     */
    public static String text(Prediction prediction) {
        Prediction.@Nullable Point end = prediction.end();
        ObjectNode node = Json.object();
        node.put("steps", prediction.steps());
        node.put("status", prediction.status().name());
        node.put("stepsTaken", prediction.stepsTaken());
        node.set("lambda", Json.number(prediction.lambda()));
        node.set("theta", Json.numbers(end == null ? null : end.theta()));
        node.set("loss", Json.number(end == null ? Double.NaN : end.loss()));
        node.put("regularizerStatus", (end == null ? PotentialStatus.UNDEFINED : end.regularizerStatus()).name());
        node.set("regularizer", Json.number(end == null ? Double.NaN : end.regularizer()));
        node.set("hessianTrace", Json.number(end == null ? Double.NaN : end.trace()));
        node.set("displacement", Json.number(end == null ? Double.NaN : end.displacement()));
        node.put("method", name(prediction.method()));
        if (prediction.method() == RegularizerMethod.STOCHASTIC) {
            error(node, "regularizer", end == null ? Double.NaN : end.regularizerStandardError());
            error(node, "hessianTrace", end == null ? Double.NaN : end.traceStandardError());
        }
        return Json.text(node);
    }

    /**
     * A simulation; {@code mean} and what follows from it are null where a run diverged, {@code predicted} and what follows from
     * it where the flow did not get to the end.
     *
     * @param simulation what was found
     * @return the text, ending with a line feed
     */
    public static String text(Simulation simulation) {
        Simulation.@Nullable Outcome outcome = simulation.outcome();
        ObjectNode node = Json.object();
        node.put("steps", simulation.steps());
        node.put("replicas", simulation.replicas());
        node.put("seed", simulation.seed());
        node.put("status", simulation.status().name());
        if (simulation.divergedAtStep().isPresent()) {
            node.put("divergedAtStep", simulation.divergedAtStep().getAsLong());
            node.put("divergedReplica", simulation.divergedReplica().orElseThrow());
        } else {
            node.putNull("divergedAtStep");
            node.putNull("divergedReplica");
        }
        node.set("lambda", Json.number(simulation.lambda()));
        node.set("startLoss", Json.number(simulation.startLoss()));
        node.set("mean", Json.numbers(outcome == null ? null : outcome.mean()));
        node.set("standardError", Json.numbers(outcome == null ? null : outcome.standardError()));
        node.put("predictedStatus", simulation.predicted().status().name());
        node.set("predicted", Json.numbers(simulation.predicted().end()));
        node.put(
                "predictedQuarterTraceStatus",
                simulation.quarterTrace().status().name());
        node.set("predictedQuarterTrace", Json.numbers(simulation.quarterTrace().end()));
        node.set("displacement", Json.number(simulation.predicted().displacement()));
        node.set("difference", Json.number(outcome == null ? Double.NaN : outcome.difference()));
        node.set(
                "differenceQuarterTrace", Json.number(outcome == null ? Double.NaN : outcome.differenceQuarterTrace()));
        node.set("standardErrorNorm", Json.number(outcome == null ? Double.NaN : outcome.standardErrorNorm()));
        return Json.text(node);
    }
}
