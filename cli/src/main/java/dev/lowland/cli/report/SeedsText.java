package dev.lowland.cli.report;

import dev.lowland.cli.report.format.Numbers;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Verdict;
import dev.lowland.theory.ledger.LedgerRun;
import java.util.Locale;

/**
 * The ledger checked for one seed after the other, as a log for a terminal: a line a run, written when it ends. It
 * shows how often the checks raise a false alarm, and how near they come to one.
 */
public final class SeedsText {
    private static final String FORMAT = "%6s  %-12s  %7s  %6s  %13s  %20s  %7s%n";

    private int runs;
    private int holding;

    /** An empty log. */
    public SeedsText() {}

    /**
     * The names of the columns.
     *
     * @return one line
     */
    public String header() {
        return String.format(
                Locale.ROOT,
                FORMAT,
                "seed",
                "verdict",
                "claims",
                "cases",
                "worst miss/SE",
                "weakest wrong theory",
                "seconds");
    }

    /**
     * The line of a run, and one more for each claim in it that does not hold.
     *
     * @param run what became of the ledger
     * @return the lines
     */
    public String line(LedgerRun run) {
        runs++;
        long good = 0;
        int cases = 0;
        double worst = 0;
        double weakest = Double.POSITIVE_INFINITY;
        double seconds = 0;
        StringBuilder complaints = new StringBuilder();
        for (LedgerRun.Entry entry : run.entries()) {
            LedgerSummary summary = LedgerSummary.of(entry.result());
            cases += summary.cases();
            seconds += entry.seconds();
            weakest = Math.min(weakest, Double.isNaN(summary.weakest()) ? weakest : summary.weakest());
            worst = Math.max(
                    worst,
                    entry.result().cases().stream()
                            .mapToDouble(SeedsText::miss)
                            .max()
                            .orElse(0));
            if (entry.result().verdict() == Verdict.HOLDS) {
                good++;
            } else {
                complaints
                        .append("        ")
                        .append(entry.claim().name())
                        .append(' ')
                        .append(entry.result().verdict())
                        .append(": ")
                        .append(entry.result().summary())
                        .append(System.lineSeparator());
            }
        }
        holding += run.verdict() == Verdict.HOLDS ? 1 : 0;
        return String.format(
                        Locale.ROOT,
                        FORMAT,
                        run.seed(),
                        run.verdict(),
                        good + "/" + run.entries().size(),
                        cases,
                        Numbers.distance(worst),
                        Numbers.distance(weakest),
                        String.format(Locale.ROOT, "%.1f", seconds))
                + complaints;
    }

    /**
     * How far a statistic is from its prediction, in standard errors, beyond what the theory allows; 0 without scatter.
     */
    private static double miss(CaseResult c) {
        double beyond = Math.abs(c.measured() - c.predicted()) - c.bias();
        return c.standardError() > 0 && beyond > 0 ? beyond / c.standardError() : 0;
    }

    /**
     * How many runs held.
     *
     * @return one line
     */
    public String total() {
        return runs + (runs == 1 ? " seed: " : " seeds: ") + holding + " without an alarm" + System.lineSeparator();
    }

    /**
     * Whether every run held.
     *
     * @return true if none raised an alarm
     */
    public boolean allHold() {
        return holding == runs;
    }
}
