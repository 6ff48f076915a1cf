package dev.lowland.jmh.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs everything and writes {@code RESULTS.md}, {@code results.json} and the pictures. */
@Command(
        name = "jmh/results",
        mixinStandardHelpOptions = true,
        description = "Times Lowland beside its peers and writes RESULTS.md, results.json and pictures.")
public final class Main implements Callable<Integer> {

    @Option(names = "--output", paramLabel = "FOLDER", required = true, description = "where to write")
    private Path output = Path.of("jmh");

    @Option(names = "--peers", paramLabel = "FOLDER", required = true, hidden = true)
    private Path peers = Path.of("jmh", "peers");

    @Option(names = "--nd4j", paramLabel = "CLASSPATH", hidden = true)
    private String nd4j = "";

    @Option(names = "--java17", paramLabel = "HOME", description = "a JDK 17 to compare with")
    private @Nullable Path java17;

    @Option(names = "--python", paramLabel = "PROGRAM", description = "the interpreter with PyTorch (${DEFAULT-VALUE})")
    private String python = "/usr/bin/python3";

    @Option(names = "--rounds", paramLabel = "N", description = "rounds over everything (3; with --against 5)")
    private @Nullable Integer rounds;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "no round begins that would end later than this (${DEFAULT-VALUE})")
    private int minutes = 32;

    @Option(names = "--quick", description = "one short round of few sizes, to see that everything runs")
    private boolean quick;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "the results.json of an earlier run on this machine, to which rounds are added; --rounds 0 only writes the page again")
    private @Nullable Path from;

    @Option(
            names = "--only",
            paramLabel = "PREFIX",
            split = ",",
            description =
                    "measure only what has a name that begins so, for example step,c/,python; together with --from")
    private List<String> only = List.of();

    @Option(
            names = "--against",
            paramLabel = "JAR",
            description = "benchmarks.jar of another state of the code: times that beside this one, a few minutes, and"
                    + " prints the ratios; nothing else is measured or written")
    private @Nullable Path against;

    private final Measurements measured = new Measurements();
    private final Map<String, String> failures = new LinkedHashMap<>();

    /**
     * Runs the command.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("lowland-results");
        List<Integer> processors = hasTaskset() ? Machine.allowed() : List.of();
        Javas javas = new Javas(scratch, processors);
        if (java17 != null) {
            javas.add(Javas.OLD, java17);
        }
        Peers others = new Peers(python, peers, nd4j, scratch, javas);
        if (against != null) {
            return against(against, Plan.of(javas, others, false), javas);
        }
        Map<String, String> facts = new LinkedHashMap<>(Machine.describe());
        facts.put("pinned to one processor", processors.isEmpty() ? "no" : "yes");
        facts.put("Java 17", java17 == null ? "not there" : java17.getFileName().toString());
        facts.put("peers on the JVM", String.join(", ", Machine.peers()));
        facts.put("peers in Python", pythonVersions(others.script()));
        List<String> notes = new ArrayList<>();
        if (from != null) {
            ResultsJson.read(Files.readString(from), facts, measured, notes);
        }
        Plan plan = Plan.of(javas, others, quick);
        measure(plan);
        failures.forEach((name, why) -> notes.add(name + ": " + why));
        Optional<Roofline> roofline = Roofline.of(measured, plan::work, Plan.flopsOfFma(), Plan.TRIAD_BYTES);
        write(new Results(facts, measured, plan, roofline, notes, quick));
        return 0;
    }

    /** Base against head, round by round. */
    private int against(Path jar, Plan plan, Javas javas) throws IOException, InterruptedException {
        if (!Files.isReadable(jar)) {
            say("results: --against: argument is " + jar + ", must be a file that can be read");
            return 2;
        }
        Comparison comparison = new Comparison(jar.toAbsolutePath().toString(), plan, javas);
        for (int round = 0; round < (rounds == null ? 5 : rounds); round++) {
            for (String name : comparison.names()) {
                if (only.isEmpty() || only.stream().anyMatch(name::startsWith)) {
                    say("round " + (round + 1) + "  " + name + "  " + comparison.measure(name, round));
                }
            }
        }
        System.out.print(comparison.page());
        return 0;
    }

    private void measure(Plan plan) throws InterruptedException {
        Instant start = Instant.now();
        Duration last = Duration.ZERO;
        for (int turn = 0; turn < (quick ? 1 : rounds == null ? 3 : rounds); turn++) {
            int round = measured.rounds().size();
            Instant began = Instant.now();
            Duration used = Duration.between(start, began);
            if (turn > 0 && used.plus(last).compareTo(Duration.ofMinutes(minutes)) > 0) {
                say("no time for another round");
                break;
            }
            measured.beginRound();
            for (Group group : plan.groups()) {
                if (group.everyRound() || round == 0) {
                    for (Source source : group.sources()) {
                        measure(round, source);
                    }
                }
            }
            last = Duration.between(began, Instant.now());
        }
    }

    private void measure(int round, Source source) throws InterruptedException {
        boolean wanted = only.isEmpty() || only.stream().anyMatch(source.label()::startsWith);
        if (!wanted || failures.containsKey(source.label())) {
            return;
        }
        try {
            Map<String, Double> numbers = source.measure();
            measured.add(numbers);
            Double time = numbers.get(source.label());
            say(String.format(
                    Locale.ROOT,
                    "round %d  %-40s %s",
                    round + 1,
                    source.label(),
                    time == null ? "" : ResultsPage.duration(time)));
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            failures.put(source.label(), why);
            say(source.label() + ": not measured: " + why);
        }
    }

    private void write(Results results) throws IOException {
        Files.createDirectories(output);
        List<String> pictures = new ArrayList<>();
        for (String file : GrowthPicture.draw(results, output.resolve("pictures"))) {
            pictures.add("pictures/" + file);
        }
        Files.writeString(output.resolve("RESULTS.md"), ResultsPage.of(results, pictures));
        Files.writeString(output.resolve("results.json"), ResultsJson.of(results));
        say("written: " + output.resolve("RESULTS.md"));
    }

    private String pythonVersions(Path script) throws InterruptedException {
        try {
            String text =
                    Commands.output(List.of(python, script.toString(), "--seconds", "0.01", "gradient-mlp-middle"));
            return String.join(", ", PythonSource.versions(text));
        } catch (IOException e) {
            return "not there: " + e.getMessage();
        }
    }

    private static boolean hasTaskset() throws InterruptedException {
        try {
            Commands.output(List.of("taskset", "--version"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
