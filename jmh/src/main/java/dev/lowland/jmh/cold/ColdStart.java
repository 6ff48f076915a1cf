package dev.lowland.jmh.cold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The first seconds: how long work takes in a fresh virtual machine, by what {@code lowland.simd} is, with
 * {@code lowland.warmup} on. The start of the machine itself is not in it.
 *
 * <p>Prints a table: for each piece of work the seconds by the clock and, in brackets, those of all processors; the
 * shortest of some rounds, whose processes take turns; and the time of {@code auto} over that of the better twin.
 */
public final class ColdStart {
    private static final List<String> WAYS = List.of("auto", "scalar", "vector");

    private static final List<Work> ALL = List.of(
            new Work("10-20-1, batch 8, 1,000 steps", "steps mlp-small 8 1000"),
            new Work("10-20-1, batch 8, 50,000 steps", "steps mlp-small 8 50000"),
            new Work("10-20-1, batch 8, 1,000,000 steps", "steps mlp-small 8 1000000"),
            new Work("784-128-64-10, batch 32, 100 steps", "steps mlp-middle 32 100"),
            new Work("784-128-64-10, batch 32, 2,000 steps", "steps mlp-middle 32 2000"),
            new Work("first product 512×512×512", "product 512"),
            new Work("100 products 256×256×256 after 64×64×64", "products 256 100"));

    /** What is done, and how {@link ColdWork} is told. */
    private record Work(String name, String arguments) {}

    /** The shortest times of some rounds, in nanoseconds. */
    private static final class Best {
        private long clock = Long.MAX_VALUE;
        private long processors = Long.MAX_VALUE;
    }

    private ColdStart() {}

    /**
     * Measures and prints.
     *
     * @param arguments the number of rounds, 3 if absent; then parts of the names of what to measure, all if absent
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        System.out.printf(Locale.ROOT, "Java %s%n%-42s", System.getProperty("java.version"), "");
        WAYS.forEach(way -> System.out.printf("%16s", way));
        System.out.printf("%8s%n", "ratio");
        for (Work work : ALL) {
            boolean wanted = arguments.length < 2;
            for (int i = 1; i < arguments.length; i++) {
                wanted |= work.name.contains(arguments[i]);
            }
            if (wanted) {
                print(work, rounds);
            }
        }
    }

    private static void print(Work work, int rounds) throws IOException, InterruptedException {
        List<Best> best = WAYS.stream().map(way -> new Best()).toList();
        for (int round = 0; round < rounds; round++) {
            for (int w = 0; w < WAYS.size(); w++) {
                measure(work, WAYS.get(w), best.get(w));
            }
        }
        System.out.printf("%-42s", work.name);
        best.forEach(b -> System.out.printf(Locale.ROOT, "%8.3f (%.2f)", b.clock / 1e9, b.processors / 1e9));
        double better = Math.min(best.get(1).clock, best.get(2).clock);
        System.out.printf(Locale.ROOT, "%8.2f%n", best.get(0).clock / better);
    }

    private static void measure(Work work, String way, Best best) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("--add-modules", "jdk.incubator.vector", "-Dlowland.simd=" + way, "-Dlowland.warmup=on"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ColdWork.class.getName()));
        command.addAll(List.of(work.arguments.split(" ", -1)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
        String[] nanos = text.strip().split(" ", -1);
        best.clock = Math.min(best.clock, Long.parseLong(nanos[0]));
        best.processors = Math.min(best.processors, Long.parseLong(nanos[1]));
    }
}
