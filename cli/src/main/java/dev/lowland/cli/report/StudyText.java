package dev.lowland.cli.report;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.report.format.TextTable;
import dev.lowland.cli.study.Inspection;
import dev.lowland.cli.study.Prediction;
import dev.lowland.cli.study.Simulation;
import java.util.List;

/** The studies of one problem as tables for a terminal: seven digits; JSON has all of them, and the vectors. */
public final class StudyText {
    private StudyText() {}

    /**
     * An inspection.
     *
     * @param inspection what was found
     * @return lines
     */
    public static String text(Inspection inspection) {
        return text(inspection.problem(), StudyFacts.of(inspection));
    }

    /**
     * A prediction.
     *
     * @param prediction what was found
     * @return lines
     */
    public static String text(Prediction prediction) {
        return text(prediction.problem(), StudyFacts.of(prediction));
    }

    /**
     * A simulation.
     *
     * @param simulation what was found
     * @return lines
     */
    public static String text(Simulation simulation) {
        return text(simulation.problem(), StudyFacts.of(simulation));
    }

    private static String text(Problem problem, List<StudyFacts.Fact> facts) {
        boolean methods = facts.stream().anyMatch(f -> !f.method().isEmpty());
        TextTable table = new TextTable("quantity", "", "value", methods ? "method" : "");
        StudyFacts.of(problem).forEach(f -> table.row(f.quantity(), f.symbol(), f.value(), f.method()));
        table.row("", "", "", "");
        facts.forEach(f -> table.row(f.quantity(), f.symbol(), f.value(), f.method()));
        return table.text();
    }
}
