package dev.lowland.jmh.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Every number measured, by name and round. Mutable, for one thread. */
final class Measurements {

    /** What the name of a number of bytes ends in. */
    static final String BYTES = "#bytes";

    /** What is appended to the name of a time that was not steady, however often it was measured. */
    static final String UNSTEADY = "#unsteady";

    private final List<SortedMap<String, Double>> rounds = new ArrayList<>();

    /** Starts a round; what follows belongs to it. */
    void beginRound() {
        rounds.add(new TreeMap<>());
    }

    /** Adds numbers to the current round. */
    void add(Map<String, Double> numbers) {
        rounds.get(rounds.size() - 1).putAll(numbers);
    }

    /** The rounds, each from name to number. */
    List<SortedMap<String, Double>> rounds() {
        return Collections.unmodifiableList(rounds);
    }

    /** The median of a name over the rounds that have it. */
    OptionalDouble median(String name) {
        return Spread.of(perRound(round -> round.get(name))).stream()
                .mapToDouble(Spread::median)
                .findFirst();
    }

    /** Whether a name was not steady in some round. */
    boolean isUnsteady(String name) {
        return rounds.stream().anyMatch(round -> round.containsKey(name + UNSTEADY));
    }

    /** A quantity of each round, without the rounds where it is NaN because something was not measured. */
    List<Double> perRound(ToDoubleFunction<Round> quantity) {
        List<Double> values = new ArrayList<>();
        for (SortedMap<String, Double> round : rounds) {
            double value = quantity.applyAsDouble(name -> round.getOrDefault(name, Double.NaN));
            if (!Double.isNaN(value)) {
                values.add(value);
            }
        }
        return values;
    }

    /** The numbers of one round. */
    interface Round {

        /** The number of that name, NaN if this round does not have it. */
        double get(String name);
    }
}
