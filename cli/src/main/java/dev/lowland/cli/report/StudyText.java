package dev.lowland.cli.report;

import dev.lowland.cli.report.format.TextTable;
import dev.lowland.cli.report.view.Fact;
import dev.lowland.cli.report.view.StudyView;
import dev.lowland.cli.report.view.TextRows;
import java.util.List;

/** A study of one problem as a table for a terminal: seven digits; JSON has all of them, and the vectors. */
public final class StudyText {
    private StudyText() {}

    /**
     * What was given, and the outcome.
     *
     * @param study what was found
     * @return lines
     */
    public static String text(StudyView study) {
        List<Fact> facts = study.facts();
        boolean methods = facts.stream().anyMatch(f -> !f.method().isEmpty());
        TextTable table = new TextTable("quantity", "", "value", methods ? "method" : "");
        study.given().forEach(f -> table.row(f.quantity(), f.symbol(), f.value(), f.method()));
        table.row("", "", "", "");
        facts.forEach(f -> table.row(f.quantity(), f.symbol(), f.value(), f.method()));
        StringBuilder text = new StringBuilder(table.text());
        study.parts().forEach(part -> text.append('\n').append(text(part)));
        return text.toString();
    }

    private static String text(TextRows part) {
        TextTable table = new TextTable(part.headers().toArray(new String[0]));
        part.rows().forEach(row -> table.row(row.toArray(new String[0])));
        return table.text();
    }
}
