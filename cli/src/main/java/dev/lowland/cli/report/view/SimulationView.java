package dev.lowland.cli.report.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.report.format.Json;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.report.view.VectorTable.Column;
import dev.lowland.cli.study.Simulation;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.ThreePartRule;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation shows. In the JSON {@code mean} and what follows from it are null where a run diverged,
 * {@code predicted} and what follows from it where the flow did not get to the end.
 *
 * @param simulation what was found
 */
public record SimulationView(Simulation simulation) implements ProblemView {
    @Override
    public Problem problem() {
        return simulation.problem();
    }

    @Override
    public String title() {
        return "Where the runs go";
    }

    @Override
    public List<Fact> facts() {
        FactList list = new FactList();
        Simulation.@Nullable Outcome outcome = simulation.outcome();
        Simulation.Flow predicted = simulation.predicted();
        list.add("steps", "T", Numbers.count(simulation.steps()));
        list.add("replicas", "N", Numbers.count(simulation.replicas()));
        list.add("seed", "", String.valueOf(simulation.seed()));
        list.add("regularization strength", "λ", simulation.lambda());
        list.add("training loss at the start", "L(θ)", simulation.startLoss());
        if (predicted.end() == null) {
            list.add(
                    "predicted displacement", "‖Φ_T − θ‖₂", Methods.ending(predicted.status(), predicted.stepsTaken()));
        } else {
            list.add("predicted displacement", "‖Φ_T − θ‖₂", predicted.displacement());
        }
        if (outcome == null) {
            list.add(
                    "runs",
                    "",
                    "diverged: replica " + simulation.divergedReplica().orElse(-1) + " at step "
                            + Numbers.count(simulation.divergedAtStep().orElse(-1)));
            return list.facts();
        }
        list.add("mean and prediction differ by", "‖mean − Φ_T‖₂", outcome.difference());
        list.add("the same with ¼tr H for R", "", outcome.differenceQuarterTrace());
        list.add("difference expected by chance", "√(Σ SE²)", outcome.standardErrorNorm());
        return list.facts();
    }

    @Override
    public List<Figure> figures() {
        List<Simulation.Point> path = simulation.path();
        if (path.size() < 2) {
            return List.of();
        }
        double[] steps = values(path, Simulation.Point::step);
        double band = ThreePartRule.AGREEMENT;
        Figure.Builder figure = Figure.named("drift")
                .title("The mean of the runs and where the theory says it goes")
                .caption("Movement along the direction from θ to Φ_T. The band is " + Numbers.brief(band)
                        + " standard errors to either side of the mean of " + Numbers.count(simulation.replicas())
                        + " runs.")
                .x("step k")
                .y("movement along Φ_T − θ")
                .band(
                        Role.MEASURED,
                        "mean ± " + Numbers.brief(band) + " SE",
                        steps,
                        values(path, p -> p.measured() - band * p.standardError()),
                        values(path, p -> p.measured() + band * p.standardError()))
                .line(Role.MEASURED, "mean of the runs", steps, values(path, Simulation.Point::measured))
                .line(Role.PREDICTED, "Φ_k, with R", steps, values(path, Simulation.Point::predicted));
        List<Simulation.Point> quarter =
                path.stream().filter(p -> !Double.isNaN(p.quarterTrace())).toList();
        if (!quarter.isEmpty()) {
            figure.line(
                    Role.FALSIFICATION,
                    "with ¼tr H in place of R",
                    values(quarter, Simulation.Point::step),
                    values(quarter, Simulation.Point::quarterTrace));
        }
        return List.of(figure.build());
    }

    private static double[] values(List<Simulation.Point> points, ToDoubleFunction<Simulation.Point> value) {
        return points.stream().mapToDouble(value).toArray();
    }

    @Override
    public List<VectorTable> tables() {
        Simulation.@Nullable Outcome outcome = simulation.outcome();
        if (outcome == null) {
            return List.of();
        }
        int size = outcome.mean().getNumElements();
        return List.of(VectorTable.byParameter(
                "",
                new Column("θ", problem().theta()),
                new Column("mean of θ_T", outcome.mean()),
                new Column("± SE", outcome.standardError()),
                Column.of("Φ_T with R", simulation.predicted().end(), size),
                Column.of("with ¼tr H", simulation.quarterTrace().end(), size)));
    }

    @Override
    public String json() {
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
