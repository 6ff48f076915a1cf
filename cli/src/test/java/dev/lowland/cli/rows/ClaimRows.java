package dev.lowland.cli.rows;

import dev.lowland.theory.claim.Claim;
import java.util.List;
import java.util.stream.Collectors;

/** The rows that claims have in the documents. */
final class ClaimRows {

    private static final String HEAD =
            "| # | claim | where it is from | class | the theory it lays beside the measurement |\n|---|---|---|---|---|\n";

    private ClaimRows() {}

    /** PAPER.md with its tables of results made again: first the claims of the paper, then those beyond it. */
    static String paper(String document, List<Claim> claims) {
        String made = document;
        int at = 0;
        for (boolean beyond : new boolean[] {false, true}) {
            int from = made.indexOf("| # | claim |", at);
            int to = made.indexOf("\n\n", from) + 1;
            if (from < 0 || to == 0) {
                throw new IllegalArgumentException("write rows: PAPER.md has no table of results "
                        + (beyond ? "beyond the paper" : "") + ", must have one");
            }
            String rows = claims.stream()
                    .filter(claim -> claim.isBeyondPaper() == beyond)
                    .map(ClaimRows::row)
                    .collect(Collectors.joining());
            made = made.substring(0, from) + HEAD + rows + made.substring(to);
            at = from + 1;
        }
        return made;
    }

    private static String row(Claim claim) {
        return "| %d | `%s` | %s | `%s` | %s |\n"
                .formatted(
                        claim.number(),
                        claim.name(),
                        claim.source(),
                        claim.getClass().getSimpleName(),
                        claim.comparison().orElse(""));
    }

    /** README.md with what {@code ./lowland verify} printed in place of its table. */
    static String readme(String document, String printed) {
        int from = document.indexOf("```\nclaim  ");
        int to = document.indexOf("```", from + 3);
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("write rows: README.md has no table of claims, must have one");
        }
        return document.substring(0, from) + "```\n" + printed.strip() + "\n" + document.substring(to);
    }
}
