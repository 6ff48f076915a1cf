package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of checking one claim.
 *
 * @param name the claim's name
 * @param verdict the worst verdict of its cases, and INCONCLUSIVE if a wrong theory that must be refused was refused by
 *     no case
 * @param summary one line for a table: the tightest statement that the data support, or what went wrong
 * @param cases the judged statistics, in the order in which the claim declares them
 * @param figures pictures for a report; may be empty
 */
public record ClaimResult(String name, Verdict verdict, String summary, List<CaseResult> cases, List<Figure> figures) {

    public ClaimResult {
        Checks.notNull("claim result", "name", name);
        Checks.notNull("claim result", "verdict", verdict);
        Checks.notNull("claim result", "summary", summary);
        Checks.noNulls("claim result", "cases", cases);
        Checks.noNulls("claim result", "figures", figures);
        cases = List.copyOf(cases);
        figures = List.copyOf(figures);
    }

    /**
     * Puts the cases together. The summary is {@code agreement} where the claim holds, and otherwise names the first
     * case that decides.
     *
     * @param claim the claim that was checked
     * @param agreement summary for the case that everything holds
     * @param cases the judged statistics
     * @param figures pictures
     */
    public static ClaimResult of(Claim claim, String agreement, List<CaseResult> cases, List<Figure> figures) {
        Checks.notNull("claim result", "claim", claim);
        Checks.notNull("claim result", "agreement", agreement);
        Checks.noNulls("claim result", "cases", cases);
        Checks.noNulls("claim result", "figures", figures);
        List<Verdict> verdicts = new ArrayList<>();
        cases.forEach(c -> verdicts.add(c.verdict()));
        Verdict verdict = Verdict.worst(verdicts);
        if (verdict != Verdict.HOLDS) {
            return new ClaimResult(claim.name(), verdict, complaint(verdict, cases), cases, figures);
        }
        Optional<String> accepted = claim.mustReject().stream()
                .filter(wrong -> cases.stream().noneMatch(c -> refuses(c, wrong)))
                .findFirst();
        return accepted.map(wrong -> new ClaimResult(
                        claim.name(),
                        Verdict.INCONCLUSIVE,
                        "no case refuses the wrong theory \"" + wrong + "\"",
                        cases,
                        figures))
                .orElseGet(() -> new ClaimResult(claim.name(), verdict, agreement, cases, figures));
    }

    private static boolean refuses(CaseResult c, String wrong) {
        return c.falsifications().stream()
                .anyMatch(f -> f.required() && f.rejected() && f.name().equals(wrong));
    }

    private static String complaint(Verdict verdict, List<CaseResult> cases) {
        List<CaseResult> bad =
                cases.stream().filter(c -> c.verdict() == verdict).toList();
        if (bad.isEmpty()) {
            return "nothing was checked";
        }
        return bad.size() + " of " + cases.size() + " cases; first: "
                + bad.get(0).caseName() + ": " + bad.get(0).note();
    }
}
