package dev.lowland.jmh.results;

import java.io.IOException;
import java.util.List;

/**
 * Whether a fork timed code that was compiled all along. Where it was not at first, the first half of the iterations
 * takes longer than the second.
 */
final class Steadiness {

    /** Halves may differ by so much of the shorter one. */
    private static final double TOLERANCE = 0.05;

    /** How often a fork is run at most. */
    static final int ATTEMPTS = 3;

    private Steadiness() {}

    /** Runs a benchmark. */
    @FunctionalInterface
    interface Fork<T> {

        /** Times it; the number of the attempt says how patient to be before, from 1 on. */
        T run(int attempt) throws IOException;
    }

    /** The times of the iterations of a fork, in order. */
    @FunctionalInterface
    interface Times<T> {

        /** At least one. */
        List<Double> of(T result);
    }

    /**
     * Whether the halves agree: their medians to {@value #TOLERANCE}, or the one that ran longer at its best with the
     * other at its worst.
     */
    static boolean holds(List<Double> times) {
        int half = times.size() / 2;
        if (half == 0) {
            return true;
        }
        Spread first = Spread.of(times.subList(0, half)).orElseThrow();
        Spread second =
                Spread.of(times.subList(times.size() - half, times.size())).orElseThrow();
        Spread shorter = first.median() <= second.median() ? first : second;
        Spread longer = first.median() <= second.median() ? second : first;
        return longer.median() <= (1 + TOLERANCE) * shorter.median() || longer.least() <= shorter.most();
    }

    /** The first attempt whose times are steady, else the last. */
    static <T> T settled(Fork<T> fork, Times<T> times) throws IOException {
        T result = fork.run(1);
        for (int attempt = 2; attempt <= ATTEMPTS && !holds(times.of(result)); attempt++) {
            result = fork.run(attempt);
        }
        return result;
    }
}
