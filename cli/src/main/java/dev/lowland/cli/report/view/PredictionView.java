package dev.lowland.cli.report.view;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.report.view.VectorTable.Column;
import dev.lowland.cli.study.FlowChoice.FlowMethod;
import dev.lowland.cli.study.OtherFlow;
import dev.lowland.cli.study.Prediction;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a prediction shows. In the JSON {@code theta} and what follows from it are null where the flow did not get
 * there; {@code methods} tells of each number how it was got, {@code reasons} why what is null is not there.
 *
 * @param prediction what was found
 */
public record PredictionView(Prediction prediction) implements ProblemView {
    private static final double NONE = Double.NaN;

    @Override
    public Problem problem() {
        return prediction.problem();
    }

    @Override
    public String title() {
        return "Where the slow flow goes";
    }

    @Override
    public List<Fact> facts() {
        FactList list = new FactList();
        Prediction.@Nullable Point end = prediction.end();
        list.add("steps", "T", Numbers.count(prediction.steps()), "");
        list.add("regularization strength", "λ", prediction.lambda(), Methods.FORMULA);
        if (end == null) {
            list.add("slow flow", "Φ_T", prediction.status().name(), why());
        } else {
            Prediction.Point start = prediction.path().get(0);
            list.estimate("displacement", "‖Φ_T − θ‖₂", end.displacement(), prediction.errorEstimate(), flow());
            list.change("training loss", "L", start.loss(), end.loss(), Methods.EXACT);
            list.change("regularizer", "R", start.regularizer(), end.regularizer(), spectral());
            list.change("trace of the Hessian", "tr ∇²L", start.trace(), end.trace(), spectral());
        }
        prediction.restStep().ifPresent(step -> list.add("at rest after step", "", Numbers.count(step), atRest()));
        other(list, "along the drift of S", prediction.ownDrift(), ownFlow());
        other(list, "with ¼tr H for R", prediction.quarterTrace(), quarterFlow());
        return list.facts();
    }

    private static void other(FactList list, String name, OtherFlow flow, String method) {
        if (flow.end() == null) {
            list.add("displacement " + name, "", flow.status().name(), flow.reason());
            return;
        }
        list.estimate("displacement " + name, "", flow.displacement(), flow.errorEstimate(), method);
        if (!Double.isNaN(flow.difference())) {
            list.add("which ends apart from Φ_T by", "", flow.difference(), method);
        }
    }

    @Override
    public List<Figure> figures() {
        if (prediction.path().size() < 2) {
            return List.of();
        }
        return List.of(
                displacement(),
                path("loss", "Training loss along the flow", "L(Φ_k)", Prediction.Point::loss),
                path("regularizer", "The regularizer along the flow", "R(Φ_k)", Prediction.Point::regularizer));
    }

    private Figure displacement() {
        List<Prediction.Point> points = prediction.path();
        Figure.Builder figure = Figure.named("displacement")
                .title("How far the flow goes")
                .x("step k")
                .y("‖Φ_k − θ‖₂")
                .line(
                        Role.PREDICTED,
                        "Φ_k, with R",
                        values(points, Prediction.Point::step),
                        values(points, Prediction.Point::displacement));
        other(figure, Role.REFERENCE, "along the drift of S", prediction.ownDrift());
        other(figure, Role.FALSIFICATION, "with ¼tr H in place of R", prediction.quarterTrace());
        return figure.build();
    }

    private static void other(Figure.Builder figure, Role role, String name, OtherFlow flow) {
        if (flow.path().size() > 1) {
            figure.line(
                    role,
                    name,
                    values(flow.path(), OtherFlow.Step::step),
                    values(flow.path(), OtherFlow.Step::displacement));
        }
    }

    private Figure path(String name, String title, String label, ToDoubleFunction<Prediction.Point> value) {
        List<Prediction.Point> points = prediction.path().stream()
                .filter(p -> p.regularizerStatus() != PotentialStatus.UNDEFINED)
                .toList();
        return Figure.named(name)
                .title(title)
                .x("step k")
                .y(label)
                .line(Role.PREDICTED, label, values(points, Prediction.Point::step), values(points, value))
                .build();
    }

    private static <T> double[] values(List<T> points, ToDoubleFunction<T> value) {
        return points.stream().mapToDouble(value).toArray();
    }

    @Override
    public List<VectorTable> tables() {
        Prediction.@Nullable Point end = prediction.end();
        if (end == null) {
            return List.of();
        }
        int size = end.theta().getNumElements();
        return List.of(VectorTable.byParameter(
                "",
                new Column("θ", problem().theta()),
                new Column("Φ_T with R", end.theta()),
                Column.of("along the drift of S", prediction.ownDrift().end(), size),
                Column.of("with ¼tr H", prediction.quarterTrace().end(), size)));
    }

    @Override
    public String json() {
        AnswerJson json = new AnswerJson();
        Prediction.@Nullable Point end = prediction.end();
        String why = why();
        json.count("steps", prediction.steps());
        json.text("status", prediction.status().name());
        json.count("stepsTaken", prediction.stepsTaken());
        json.number("lambda", prediction.lambda(), Methods.FORMULA, "");
        json.numbers("theta", end == null ? null : end.theta(), flow(), why);
        json.number("loss", end == null ? NONE : end.loss(), Methods.EXACT, why);
        json.text("regularizerStatus", (end == null ? PotentialStatus.UNDEFINED : end.regularizerStatus()).name());
        String undefined = end == null ? why : "R is undefined at the end";
        json.number("regularizer", end == null ? NONE : end.regularizer(), spectral(), undefined);
        json.number("hessianTrace", end == null ? NONE : end.trace(), spectral(), undefined);
        json.number("displacement", end == null ? NONE : end.displacement(), flow(), why);
        json.text("method", prediction.method().name().toLowerCase(Locale.ROOT));
        if (prediction.method() == RegularizerMethod.STOCHASTIC) {
            String scatter = Methods.SCATTER;
            json.number("regularizerStandardError", end == null ? NONE : end.regularizerStandardError(), scatter, why);
            json.number("hessianTraceStandardError", end == null ? NONE : end.traceStandardError(), scatter, why);
        }
        json.text("flow", prediction.flow().name().toLowerCase(Locale.ROOT));
        json.number("errorEstimate", end == null ? NONE : prediction.errorEstimate(), errors(), why);
        json.count("longSteps", prediction.longSteps());
        json.count("plainSteps", prediction.plainSteps());
        json.count("restStep", prediction.restStep(), atRest(), "the flow was not seen to come to rest");
        other(json, "OwnDrift", prediction.ownDrift(), ownFlow());
        other(json, "QuarterTrace", prediction.quarterTrace(), quarterFlow());
        return json.text();
    }

    private void other(AnswerJson json, String name, OtherFlow flow, String method) {
        boolean there = flow.status() == OtherFlow.Status.FINISHED;
        json.text("predicted" + name + "Status", flow.status().name());
        json.numbers("predicted" + name, flow.end(), method, flow.reason());
        json.number("displacement" + name, flow.displacement(), method, flow.reason());
        json.number("difference" + name, flow.difference(), method, there ? why() : flow.reason());
        json.number("errorEstimate" + name, there ? flow.errorEstimate() : NONE, errors(), flow.reason());
        String moving = there ? "the flow was not seen to come to rest" : flow.reason();
        json.count("restStep" + name, flow.restStep(), atRest(), moving);
    }

    private String spectral() {
        return Methods.spectral(prediction.method(), prediction.probes());
    }

    /** How the flow along a gradient of R was followed. */
    private String flow() {
        return steps() + ", ∇R " + spectral();
    }

    /** The same along the drift of S. */
    private String ownFlow() {
        return steps() + ", S from the Lyapunov equation";
    }

    /** The same along ¼ ∇tr H. */
    private String quarterFlow() {
        return steps() + ", ∇tr H " + spectral();
    }

    private String steps() {
        return prediction.flow() == FlowMethod.LONG ? "long steps" : "plain steps";
    }

    /** How it was seen that a flow is at rest. */
    private String atRest() {
        return prediction.flow() == FlowMethod.LONG
                ? "states come again, or what is left of the way is a thousandth of the tolerance"
                : "states come again, bit for bit";
    }

    private String errors() {
        return prediction.flow() == FlowMethod.LONG
                ? "two runs, and plain steps beside some of the long ones"
                : "every step was taken";
    }

    /** Why the flow has no end. */
    private String why() {
        return Methods.ending(prediction.status(), prediction.stepsTaken());
    }
}
