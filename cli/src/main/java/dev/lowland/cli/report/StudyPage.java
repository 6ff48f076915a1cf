package dev.lowland.cli.report;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.report.format.Html;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.study.Inspection;
import dev.lowland.cli.study.PointJitter;
import dev.lowland.cli.study.Prediction;
import dev.lowland.cli.study.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The page of a study of one problem. */
final class StudyPage {
    /** Where the CSV of its figures lies. */
    static final String OWNER = "study";

    private static final int LONGEST_TABLE = 500;

    private StudyPage() {}

    static String html(Inspection inspection, RunInfo info) {
        Html html = begin("How flat is this point", inspection.problem(), StudyFacts.of(inspection));
        FigureHtml.add(html, OWNER, StudyFigures.of(inspection));
        Inspection.@Nullable Regularized regularized = inspection.regularized();
        PointJitter.@Nullable Values jitter = inspection.jitter().numbers();
        int size = inspection.gradient().getNumElements();
        table(
                html,
                "By parameter",
                List.of(">index", ">θ", ">∇L", ">∇R", ">v", ">√S", ">θ*"),
                List.of(
                        inspection.problem().theta(),
                        inspection.gradient(),
                        orNothing(regularized == null ? null : regularized.gradient(), size),
                        orNothing(jitter == null ? null : jitter.drift(), size),
                        orNothing(jitter == null ? null : jitter.standardDeviations(), size),
                        orNothing(inspection.nearby().point(), size)));
        html.element(
                "p",
                "v = ½∇³L[S]/λ is the drift of the runs' own fluctuations S, which stands in for ∇R; √S has the standard deviation of each parameter; θ* is the "
                        + "point near by whose (ε, γ) is above.",
                "class",
                "note");
        table(
                html,
                "By sample",
                List.of(">index", ">target", ">prediction"),
                List.of(inspection.problem().data().targets(), inspection.predictions()));
        return Page.end(html, info);
    }

    static String html(Prediction prediction, RunInfo info) {
        Html html = begin("Where the slow flow goes", prediction.problem(), StudyFacts.of(prediction));
        FigureHtml.add(html, OWNER, StudyFigures.of(prediction));
        Prediction.@Nullable Point end = prediction.end();
        if (end != null) {
            int size = end.theta().getNumElements();
            table(
                    html,
                    "By parameter",
                    List.of(">index", ">θ", ">Φ_T with R", ">along the drift of S", ">with ¼tr H"),
                    List.of(
                            prediction.problem().theta(),
                            end.theta(),
                            orNothing(prediction.ownDrift().end(), size),
                            orNothing(prediction.quarterTrace().end(), size)));
        }
        return Page.end(html, info);
    }

    static String html(Simulation simulation, RunInfo info) {
        Html html = begin("Where the runs go", simulation.problem(), StudyFacts.of(simulation));
        FigureHtml.add(html, OWNER, StudyFigures.of(simulation));
        Simulation.@Nullable Outcome outcome = simulation.outcome();
        if (outcome != null) {
            int size = outcome.mean().getNumElements();
            table(
                    html,
                    "By parameter",
                    List.of(">index", ">θ", ">mean of θ_T", ">± SE", ">Φ_T with R", ">with ¼tr H"),
                    List.of(
                            simulation.problem().theta(),
                            outcome.mean(),
                            outcome.standardError(),
                            orNothing(simulation.predicted().end(), size),
                            orNothing(simulation.quarterTrace().end(), size)));
        }
        return Page.end(html, info);
    }

    private static Html begin(String title, Problem problem, List<StudyFacts.Fact> facts) {
        Html html = Page.begin(title, "Problem " + problem.file().getFileName());
        html.open("div", "class", "pair").open("section").element("h2", "Outcome");
        facts(html, facts);
        html.close("section").open("section").element("h2", "Problem");
        facts(html, StudyFacts.of(problem));
        html.close("section").close("div");
        return html;
    }

    private static void facts(Html html, List<StudyFacts.Fact> facts) {
        Page.table(
                html,
                List.of("quantity", "", ">value", "how"),
                facts.stream()
                        .map(f -> List.of(f.quantity(), f.symbol(), f.value(), f.method()))
                        .toList());
    }

    private static void table(Html html, String title, List<String> headers, List<DMatrixRMaj> columns) {
        int length = columns.get(0).getNumElements();
        int shown = Math.min(length, LONGEST_TABLE);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            List<String> row = new ArrayList<>();
            row.add(String.valueOf(i));
            for (DMatrixRMaj column : columns) {
                row.add(Numbers.full(column.data[i]));
            }
            rows.add(row);
        }
        html.open("section").element("h2", title);
        Page.table(html, headers, rows);
        if (shown < length) {
            html.element("p", "The first " + shown + " of " + length + "; results.json has all.", "class", "note");
        }
        html.close("section");
    }

    private static DMatrixRMaj orNothing(@Nullable DMatrixRMaj values, int length) {
        return values == null ? nothing(length) : values;
    }

    private static DMatrixRMaj nothing(int length) {
        DMatrixRMaj values = new DMatrixRMaj(length, 1);
        values.fill(Double.NaN);
        return values;
    }
}
