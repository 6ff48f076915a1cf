package dev.lowland.cli.report;

import dev.lowland.cli.report.format.Html;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.report.view.Fact;
import dev.lowland.cli.report.view.StudyView;
import dev.lowland.cli.report.view.TextRows;
import dev.lowland.cli.report.view.VectorTable;
import dev.lowland.theory.claim.Figure;
import java.util.ArrayList;
import java.util.List;

/** The page of a study. */
final class StudyPage {
    /** Where the CSV of its figures lies. */
    static final String OWNER = "study";

    private static final int LONGEST_TABLE = 500;

    private StudyPage() {}

    /** {@code figures} are those of the study. */
    static String html(StudyView study, List<Figure> figures, RunInfo info) {
        Html html = Page.begin(study.title(), study.subject(), study.isComplete());
        html.open("div", "class", "pair").open("section").element("h2", "Outcome");
        facts(html, study.facts());
        html.close("section").open("section").element("h2", "Problem");
        facts(html, study.given());
        html.close("section").close("div");
        study.parts().forEach(part -> part(html, part));
        FigureHtml.add(html, OWNER, figures);
        study.tables().forEach(table -> vectors(html, table));
        return Page.end(html, info);
    }

    private static void facts(Html html, List<Fact> facts) {
        Page.table(
                html,
                List.of("quantity", "", ">value", "how"),
                facts.stream()
                        .map(f -> List.of(f.quantity(), f.symbol(), f.value(), f.method()))
                        .toList());
    }

    private static void part(Html html, TextRows part) {
        html.open("section").element("h2", part.title());
        Page.table(html, part.headers(), part.rows());
        html.close("section");
        if (!part.note().isEmpty()) {
            html.element("p", part.note(), "class", "note");
        }
    }

    private static void vectors(Html html, VectorTable table) {
        List<String> headers = new ArrayList<>(List.of(">index"));
        table.columns().forEach(column -> headers.add(">" + column.header()));
        int length = table.columns().get(0).values().getNumElements();
        int shown = Math.min(length, LONGEST_TABLE);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            List<String> row = new ArrayList<>();
            row.add(String.valueOf(i));
            for (VectorTable.Column column : table.columns()) {
                row.add(Numbers.full(column.values().data[i]));
            }
            rows.add(row);
        }
        html.open("section").element("h2", table.title());
        Page.table(html, headers, rows);
        if (shown < length) {
            html.element("p", "The first " + shown + " of " + length + "; results.json has all.", "class", "note");
        }
        html.close("section");
        if (!table.note().isEmpty()) {
            html.element("p", table.note(), "class", "note");
        }
    }
}
