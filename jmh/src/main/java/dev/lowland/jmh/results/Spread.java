package dev.lowland.jmh.results;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The middle and the ends of some values.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param least the smallest
 * @param most the largest
 */
record Spread(double median, double least, double most) {

    /** Of values without NaN; empty if there are none. */
    static Optional<Spread> of(List<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sorted = values.stream().sorted().collect(Collectors.toList());
        int n = sorted.size();
        double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
        return Optional.of(new Spread(median, sorted.get(0), sorted.get(n - 1)));
    }
}
