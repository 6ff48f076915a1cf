package dev.lowland.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;

/** Counts checks by kind, and keeps the worst error of each kind with where it was. */
final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Double> worst = new TreeMap<>();
    private final Map<String, String> places = new TreeMap<>();

    /** One check that |expected − found| ≤ tolerance·scale. */
    synchronized void check(String kind, String place, double expected, double found, double scale, double tolerance) {
        double error = Math.abs(expected - found);
        double relative = error == 0 ? 0 : error / scale;
        counts.merge(kind, 1, Integer::sum);
        if (!(relative <= worst.getOrDefault(kind, -1.0))) {
            worst.put(kind, relative);
            places.put(kind, place);
        }
        assertTrue(
                relative <= tolerance,
                () -> kind + " of " + place + ": " + expected + " expected, " + found + " found, off by " + relative
                        + " of " + scale);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((kind, count) -> text.append(
                String.format("  %,8d  %-48s worst %.1e in %s%n", count, kind, worst.get(kind), places.get(kind))));
        return text.append(String.format("  %,8d  checks%n", total())).toString();
    }
}
