package dev.lowland.cli.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table that is kept in the repository: no times, no paths of a machine, so that the same tree gives the same text.
 * Stateless.
 */
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

    /**
     * The table of a whole list: new rows where there are outcomes, the rows of an earlier table where they still are
     * about the same change, and no row otherwise.
     *
     * @param list all mutations
     * @param outcomes what has been tried now
     * @param earlier the text of an earlier table; empty for none
     */
    static String text(List<Mutation> list, Map<Mutation, Bench.Outcome> outcomes, String earlier) {
        List<String> rows = new ArrayList<>();
        for (Mutation mutation : list) {
            Bench.Outcome outcome = outcomes.get(mutation);
            if (outcome != null) {
                rows.add(start(mutation) + cell(said(outcome)) + " |");
            } else {
                earlier.lines().filter(line -> line.startsWith(start(mutation))).forEach(rows::add);
            }
        }
        long refused = rows.stream()
                .filter(row -> !row.contains("| **survived**") && !row.contains("| fault: "))
                .count();
        return HEAD + String.join("\n", rows) + "\n\n" + refused + " of " + list.size() + " refused\n";
    }

    private static String start(Mutation mutation) {
        return "| " + mutation.number() + " | " + cell(mutation.what()) + " | `"
                + mutation.file()
                        .substring(mutation.file().lastIndexOf('/') + 1)
                        .replace(".java", "") + "` | `"
                + cell(mutation.before()) + "` | `" + cell(mutation.after()) + "` | ";
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
