package dev.lowland.jmh.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Another state of the code, the base, beside this one, the head: forks of both in turn, the first of them changing
 * from round to round. What is judged is the ratio of each round, by its logarithm.
 */
final class Comparison {

    private static final double CONFIDENCE = 0.95;

    /** What is worth a word: a change by less is none, however sure. */
    private static final double WORTH = 0.03;

    private static final int FEWEST_ROUNDS = 3;

    private final String base;
    private final Plan plan;
    private final Javas javas;
    private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

    /**
     * Nothing measured yet.
     *
     * @param base the jar of the benchmarks of the base, which has all classes that it needs
     * @param plan knows the cells
     * @param javas run them
     */
    Comparison(String base, Plan plan, Javas javas) {
        this.base = base;
        this.plan = plan;
        this.javas = javas;
    }

    /** What is compared. */
    List<String> names() {
        return Names.NARROW;
    }

    /**
     * Times both sides once.
     *
     * @return the ratio as text
     */
    String measure(String name, int round) throws IOException, InterruptedException {
        Cell cell = plan.cell(name).orElseThrow().withTiming(Timing.COMPARED);
        Source head = new JmhSource(cell, javas);
        Source old = new JmhSource(cell.withLibraries(base), javas);
        boolean headFirst = round % 2 == 0;
        double one = time(headFirst ? head : old, name);
        double two = time(headFirst ? old : head, name);
        double ratio = headFirst ? two / one : one / two;
        ratios.computeIfAbsent(name, key -> new ArrayList<>()).add(ratio);
        return String.format(Locale.ROOT, "%.3f", ratio);
    }

    private static double time(Source source, String name) throws IOException, InterruptedException {
        return Objects.requireNonNull(source.measure().get(name), name);
    }

    /** The table. */
    String page() {
        StringBuilder out = new StringBuilder(
                "How many times as fast this state is as the base, with the interval that"
                        + " has its mean with 95 % confidence.\n\n| what | median | least to most | interval | |\n|---|---|---|---|---|\n");
        ratios.forEach((name, values) -> out.append(row(name, values)));
        return out.toString();
    }

    /** One line of it. */
    static String row(String name, List<Double> values) {
        Spread spread = Spread.of(values).orElseThrow();
        String line = String.format(
                Locale.ROOT, "| %s | %.3f | %.3f – %.3f | ", name, spread.median(), spread.least(), spread.most());
        if (values.size() < FEWEST_ROUNDS) {
            return line + "| too few rounds |\n";
        }
        double[] interval = interval(values);
        return line + String.format(Locale.ROOT, "%.3f – %.3f | %s |\n", interval[0], interval[1], verdict(interval));
    }

    /** Of the geometric mean, by Student's t of the logarithms. */
    static double[] interval(List<Double> values) {
        ListStatistics logarithms =
                new ListStatistics(values.stream().mapToDouble(Math::log).toArray());
        double[] interval = logarithms.getConfidenceIntervalAt(CONFIDENCE);
        return new double[] {Math.exp(interval[0]), Math.exp(interval[1])};
    }

    private static String verdict(double[] interval) {
        if (interval[0] > 1) {
            return interval[0] > 1 + WORTH ? "faster" : "a little faster";
        }
        if (interval[1] < 1) {
            return interval[1] < 1 - WORTH ? "**slower**" : "a little slower";
        }
        return interval[0] > 1 - WORTH && interval[1] < 1 + WORTH ? "the same" : "not decided";
    }
}
