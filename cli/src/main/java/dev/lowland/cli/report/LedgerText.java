package dev.lowland.cli.report;

import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.report.format.TextTable;
import dev.lowland.theory.claim.Verdict;
import dev.lowland.theory.ledger.LedgerRun;
import java.util.Locale;

/** A run of the ledger as a table for a terminal. */
public final class LedgerText {
    /** Heads the claims about other optimisers than those of the paper. */
    static final String BEYOND = "beyond the paper";

    private LedgerText() {}

    /**
     * One line a claim (the worst relative error over its cases; the band of agreement as a share of the effect; the
     * smallest distance of a wrong theory), and for each claim that does not hold one line that says why.
     *
     * @param run what became of the ledger
     * @return lines, the last one the total
     */
    public static String text(LedgerRun run) {
        TextTable table = new TextTable(
                "claim", "verdict", ">cases", ">worst error", ">precision", ">weakest wrong theory", ">seconds");
        StringBuilder complaints = new StringBuilder();
        boolean beyond = false;
        for (LedgerRun.Entry entry : run.entries()) {
            if (entry.claim().isBeyondPaper() && !beyond) {
                table.row(BEYOND, "", "", "", "", "", "");
                beyond = true;
            }
            LedgerSummary summary = LedgerSummary.of(entry.result());
            table.row(
                    entry.claim().name(),
                    entry.result().verdict().name(),
                    String.valueOf(summary.cases()),
                    Numbers.percent(summary.relativeError()),
                    Numbers.percent(summary.precision()),
                    Numbers.distance(summary.weakest()),
                    String.format(Locale.ROOT, "%.1f", entry.seconds()));
            if (entry.result().verdict() != Verdict.HOLDS) {
                complaints
                        .append(entry.claim().name())
                        .append(": ")
                        .append(entry.result().summary())
                        .append('\n');
            }
        }
        return table.text() + complaints + total(run) + "\n";
    }

    /**
     * How many claims have which verdict.
     *
     * @param run what became of the ledger
     * @return part of a sentence, such as {@code 19 claims: 18 HOLDS, 1 FAILS}
     */
    static String total(LedgerRun run) {
        StringBuilder text =
                new StringBuilder(run.entries().size() + (run.entries().size() == 1 ? " claim" : " claims"));
        String separator = ": ";
        for (Verdict verdict : Verdict.values()) {
            long count = run.entries().stream()
                    .filter(e -> e.result().verdict() == verdict)
                    .count();
            if (count > 0) {
                text.append(separator).append(count).append(' ').append(verdict);
                separator = ", ";
            }
        }
        return text.toString();
    }
}
