package dev.lowland.theory.mutation;

import java.util.Map;
import java.util.stream.Collectors;

/** The table that is kept in the repository: no times, no paths of a machine, so that the same tree gives the same text. Stateless. */
final class MutationTable {

    private static final String HEAD = """
            # Mutations of the theory

            Made by `theory-checks/mutate-theory`. Each row is one small change to one formula, of the kind that a slip of the pen makes. It is made in a
            copy of one file, on one side only: in what predicts, or in what measures, never in both. Then `./lowland verify` runs the claims named in
            the last column. A change is refused if every one of them comes to another verdict than HOLDS; the number of cases that do not hold is in
            brackets. Unchanged, all of them hold. The list, with the exact texts, is `theory-checks/mutations.txt`.

            | # | change | file | old | new | what the ledger says |
            |---|---|---|---|---|---|
            """;

    private MutationTable() {}

    static String text(Map<Mutation, Bench.Outcome> outcomes) {
        StringBuilder text = new StringBuilder(HEAD);
        outcomes.forEach((mutation, outcome) -> text.append("| ")
                .append(mutation.number())
                .append(" | ")
                .append(cell(mutation.what()))
                .append(" | `")
                .append(mutation.file()
                        .substring(mutation.file().lastIndexOf('/') + 1)
                        .replace(".java", ""))
                .append("` | `")
                .append(cell(mutation.before()))
                .append("` | `")
                .append(cell(mutation.after()))
                .append("` | ")
                .append(cell(said(outcome)))
                .append(" |\n"));
        return text.append('\n').append(total(outcomes)).append('\n').toString();
    }

    static String total(Map<Mutation, Bench.Outcome> outcomes) {
        long refused = outcomes.values().stream().filter(Bench.Outcome::refused).count();
        return refused + " of " + outcomes.size() + " refused";
    }

    private static String said(Bench.Outcome outcome) {
        if (!outcome.fault().isEmpty()) {
            return "fault: " + outcome.fault();
        }
        String claims = outcome.claims().stream().map(Bench.Said::brief).collect(Collectors.joining("; "));
        return outcome.refused() ? claims : "**survived**: " + claims;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s*\n\\s*", " ");
    }
}
