package dev.lowland.cli.report;

import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.study.Inspection;
import dev.lowland.cli.study.OtherFlow;
import dev.lowland.cli.study.Prediction;
import dev.lowland.cli.study.Simulation;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.ThreePartRule;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The pictures of a study. */
final class StudyFigures {
    private StudyFigures() {}

    static List<Figure> of(Inspection inspection) {
        double[] eigenvalues = inspection.eigenvalues().data;
        double[] rank = new double[eigenvalues.length];
        for (int i = 0; i < rank.length; i++) {
            rank[i] = rank.length - i;
        }
        double limit = 2 / inspection.effectiveRate();
        Figure.Builder figure = Figure.named("spectrum")
                .title(
                        inspection.method() == RegularizerMethod.EXACT
                                ? "The spectrum of ∇²L"
                                : "The largest eigenvalues of ∇²L")
                .caption("R is defined while every eigenvalue is below 2/e, with e = η/(1+β); here that is "
                        + Numbers.brief(limit) + ".")
                .x("rank")
                .y("eigenvalue")
                .points(Role.MEASURED, "eigenvalues", rank, eigenvalues);
        if (inspection.topEigenvalue() > limit / 10) {
            figure.line(Role.REFERENCE, "2/e, where R ends", new double[] {1, Math.max(2, rank.length)}, new double[] {
                limit, limit
            });
        }
        return List.of(figure.build());
    }

    static List<Figure> of(Prediction prediction) {
        if (prediction.path().size() < 2) {
            return List.of();
        }
        return List.of(
                displacement(prediction),
                path(prediction, "loss", "Training loss along the flow", "L(Φ_k)", Prediction.Point::loss),
                path(
                        prediction,
                        "regularizer",
                        "The regularizer along the flow",
                        "R(Φ_k)",
                        Prediction.Point::regularizer));
    }

    static List<Figure> of(Simulation simulation) {
        List<Simulation.Point> path = simulation.path();
        if (path.size() < 2) {
            return List.of();
        }
        double[] steps = values(path, p -> p.step());
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
                    values(quarter, p -> p.step()),
                    values(quarter, Simulation.Point::quarterTrace));
        }
        return List.of(figure.build());
    }

    private static Figure displacement(Prediction prediction) {
        List<Prediction.Point> points = prediction.path();
        Figure.Builder figure = Figure.named("displacement")
                .title("How far the flow goes")
                .x("step k")
                .y("‖Φ_k − θ‖₂")
                .line(
                        Role.PREDICTED,
                        "Φ_k, with R",
                        values(points, p -> p.step()),
                        values(points, Prediction.Point::displacement));
        other(figure, Role.REFERENCE, "along the drift of S", prediction.ownDrift());
        other(figure, Role.FALSIFICATION, "with ¼tr H in place of R", prediction.quarterTrace());
        return figure.build();
    }

    private static void other(Figure.Builder figure, Role role, String name, OtherFlow flow) {
        if (flow.path().size() > 1) {
            figure.line(
                    role, name, values(flow.path(), p -> p.step()), values(flow.path(), OtherFlow.Step::displacement));
        }
    }

    private static Figure path(
            Prediction prediction, String name, String title, String label, ToDoubleFunction<Prediction.Point> value) {
        List<Prediction.Point> points = prediction.path().stream()
                .filter(p -> p.regularizerStatus() != PotentialStatus.UNDEFINED)
                .toList();
        return Figure.named(name)
                .title(title)
                .x("step k")
                .y(label)
                .line(Role.PREDICTED, label, values(points, p -> p.step()), values(points, value))
                .build();
    }

    private static <T> double[] values(List<T> points, ToDoubleFunction<T> value) {
        return points.stream().mapToDouble(value).toArray();
    }
}
