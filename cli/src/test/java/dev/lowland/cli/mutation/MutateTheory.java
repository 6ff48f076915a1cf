package dev.lowland.cli.mutation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts every mutation of a list to the ledger and counts what is refused.
 *
 * <pre>
 * MutateTheory ROOT LIST SCRATCH [--table FILE] [NUMBER | CLAIM]…
 * </pre>
 *
 * Numbers and claims choose a part of the list; the table keeps its rows about the others. First the claims have to
 * hold as they are. Exit status 0 if all is refused, 1 if something survives, 2 for a fault of the list or of the
 * arguments.
 */
final class MutateTheory {

    private static final long SEED = 1;

    private final PrintStream out;
    private final Bench bench;

    private MutateTheory(PrintStream out, Bench bench) {
        this.out = out;
        this.bench = bench;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<String> rest = new ArrayList<>(List.of(args));
        Path root = Path.of(rest.remove(0));
        Path list = Path.of(rest.remove(0));
        Bench bench = new Bench(root, Path.of(rest.remove(0)), SEED);
        Path table = null;
        if (!rest.isEmpty() && rest.get(0).equals("--table")) {
            rest.remove(0);
            table = Path.of(rest.remove(0));
        }
        List<Mutation> all = Mutation.read(list);
        List<Mutation> chosen = all.stream().filter(m -> chosen(m, rest)).toList();
        if (chosen.isEmpty()) {
            out.println("mutate-theory: no mutation is chosen by " + rest);
            System.exit(2);
        }
        Map<Mutation, Bench.Outcome> outcomes = new MutateTheory(out, bench).run(chosen);
        if (table != null && !outcomes.isEmpty()) {
            String earlier = Files.exists(table) ? Files.readString(table) : "";
            Files.writeString(table, MutationTable.text(all, outcomes, earlier));
        }
        System.exit(status(outcomes));
    }

    private static boolean chosen(Mutation mutation, List<String> choice) {
        return choice.isEmpty()
                || choice.contains(String.valueOf(mutation.number()))
                || mutation.claims().stream().anyMatch(choice::contains);
    }

    private static int status(Map<Mutation, Bench.Outcome> outcomes) {
        if (outcomes.isEmpty()
                || outcomes.values().stream().anyMatch(o -> !o.fault().isEmpty())) {
            return 2;
        }
        return outcomes.values().stream().allMatch(Bench.Outcome::refused) ? 0 : 1;
    }

    private Map<Mutation, Bench.Outcome> run(List<Mutation> mutations) throws IOException, InterruptedException {
        Map<Mutation, Bench.Outcome> outcomes = new LinkedHashMap<>();
        List<String> claims = List.copyOf(
                mutations.stream().flatMap(m -> m.claims().stream()).collect(Collectors.toCollection(TreeSet::new)));
        Bench.Outcome unchanged = bench.unchanged(claims);
        out.println("unchanged: " + line(unchanged));
        if (!unchanged.accepted()) {
            out.println("The claims must hold before anything is changed.");
            return outcomes;
        }
        for (Mutation mutation : mutations) {
            Bench.Outcome outcome = bench.attempt(mutation);
            outcomes.put(mutation, outcome);
            String verdict = outcome.refused() ? "refused" : outcome.fault().isEmpty() ? "SURVIVED" : "FAULT";
            out.println(mutation.number() + ". " + mutation.what() + ": " + verdict + ": " + line(outcome));
        }
        out.println(MutationTable.total(outcomes));
        return outcomes;
    }

    private static String line(Bench.Outcome outcome) {
        return outcome.fault().isEmpty()
                ? outcome.claims().stream().map(Bench.Said::brief).collect(Collectors.joining("; "))
                : outcome.fault();
    }
}
