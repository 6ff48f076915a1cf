package dev.lowland.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.report.format.Json;
import dev.lowland.cli.study.Inspection;
import dev.lowland.cli.study.Prediction;
import dev.lowland.cli.study.Simulation;
import org.jspecify.annotations.Nullable;

/** The studies of one problem as JSON. What does not exist is null, and a status says why. */
public final class StudyJson {
    /** The largest P for which an inspection has its Hessian without being asked. */
    public static final int HESSIAN_UP_TO = 64;

    private StudyJson() {}

    /**
     * An inspection. The keys {@code hessian} and {@code fluctuationCovariance} are there where the inspection has
     * them; {@code heldOutLoss} where the problem has held-out data; and where {@code method} is stochastic each
     * estimated quantity has a sibling of its name and {@code StandardError}. {@code methods} tells of each number how
     * it was got, {@code reasons} why what is null is not there.
     *
     * @param inspection what was found
     * @return the text, ending with a line feed
     */
    public static String text(Inspection inspection) {
        return InspectionJson.text(inspection);
    }

    /**
     * A prediction; {@code theta} and what follows from it are null where the flow did not get there. {@code methods}
     * tells of each number how it was got, {@code reasons} why what is null is not there.
     *
     * @param prediction what was found
     * @return the text, ending with a line feed
     */
    public static String text(Prediction prediction) {
        return PredictionJson.text(prediction);
    }

    /**
     * A simulation; {@code mean} and what follows from it are null where a run diverged, {@code predicted} and what
     * follows from it where the flow did not get to the end.
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
