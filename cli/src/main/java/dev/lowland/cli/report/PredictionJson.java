package dev.lowland.cli.report;

import dev.lowland.cli.study.FlowChoice.FlowMethod;
import dev.lowland.cli.study.OtherFlow;
import dev.lowland.cli.study.Prediction;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.RegularizerMethod;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A prediction as JSON. */
final class PredictionJson {
    private static final double NONE = Double.NaN;

    private final AnswerJson json = new AnswerJson();
    private final Prediction prediction;
    private final boolean ended;
    private final String why;

    private PredictionJson(Prediction prediction) {
        this.prediction = prediction;
        this.ended = prediction.end() != null;
        this.why = StudyMethods.ending(prediction.status(), prediction.stepsTaken());
    }

    static String text(Prediction prediction) {
        PredictionJson writer = new PredictionJson(prediction);
        writer.flow();
        writer.other("OwnDrift", prediction.ownDrift(), StudyMethods.ownFlow(prediction));
        writer.other("QuarterTrace", prediction.quarterTrace(), StudyMethods.quarterFlow(prediction));
        return writer.json.text();
    }

    private void flow() {
        Prediction.@Nullable Point end = prediction.end();
        String flow = StudyMethods.flow(prediction);
        String spectral = StudyMethods.spectral(prediction);
        json.count("steps", prediction.steps());
        json.text("status", prediction.status().name());
        json.count("stepsTaken", prediction.stepsTaken());
        json.number("lambda", prediction.lambda(), StudyMethods.FORMULA, "");
        json.numbers("theta", end == null ? null : end.theta(), flow, why);
        json.number("loss", end == null ? NONE : end.loss(), StudyMethods.EXACT, why);
        json.text("regularizerStatus", (end == null ? PotentialStatus.UNDEFINED : end.regularizerStatus()).name());
        String undefined = end == null ? why : "R is undefined at the end";
        json.number("regularizer", end == null ? NONE : end.regularizer(), spectral, undefined);
        json.number("hessianTrace", end == null ? NONE : end.trace(), spectral, undefined);
        json.number("displacement", end == null ? NONE : end.displacement(), flow, why);
        json.text("method", prediction.method().name().toLowerCase(Locale.ROOT));
        if (prediction.method() == RegularizerMethod.STOCHASTIC) {
            String scatter = "scatter of the probes";
            json.number("regularizerStandardError", end == null ? NONE : end.regularizerStandardError(), scatter, why);
            json.number("hessianTraceStandardError", end == null ? NONE : end.traceStandardError(), scatter, why);
        }
        json.text("flow", prediction.flow().name().toLowerCase(Locale.ROOT));
        json.number("errorEstimate", ended ? prediction.errorEstimate() : NONE, errors(), why);
        json.count("longSteps", prediction.longSteps());
        json.count("plainSteps", prediction.plainSteps());
    }

    private String errors() {
        return prediction.flow() == FlowMethod.LONG
                ? "two runs, and plain steps beside some of the long ones"
                : "every step was taken";
    }

    private void other(String name, OtherFlow flow, String method) {
        boolean there = flow.status() == OtherFlow.Status.FINISHED;
        json.text("predicted" + name + "Status", flow.status().name());
        json.numbers("predicted" + name, flow.end(), method, flow.reason());
        json.number("displacement" + name, flow.displacement(), method, flow.reason());
        json.number("difference" + name, flow.difference(), method, there ? why : flow.reason());
        json.number("errorEstimate" + name, there ? flow.errorEstimate() : NONE, errors(), flow.reason());
    }
}
