package dev.lowland.jmh.results;

import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One line of the table: a quantity of each round, and the goal for its median.
 *
 * @param what our work
 * @param against what it is compared with
 * @param unit after the number: {@code ×}, {@code ns}, …
 * @param goal the bound on the median; NaN where nothing is asked, only told
 * @param atLeast whether it is a lower bound
 * @param quantity the number of a round, NaN if something is missing
 * @param ours name of the measurement of our work, for its time and its share of the limit; empty if there is none
 * @param theirs name of the other measurement; empty if there is none
 */
record Row(
        String what,
        String against,
        String unit,
        double goal,
        boolean atLeast,
        ToDoubleFunction<Measurements.Round> quantity,
        String ours,
        String theirs) {

    /** How a row ended. */
    enum Verdict {
        /** The median is as good as the goal or better. */
        REACHED("reached"),
        /** It is not. */
        NOT_REACHED("**not reached**"),
        /** Something is missing. */
        NOT_MEASURED("not measured"),
        /** There is no goal. */
        NO_GOAL("");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** For the table. */
        String text() {
            return text;
        }
    }

    /** How many times as fast ours is as theirs; to be at least the goal. */
    static Row faster(String what, String against, double goal, String ours, String theirs) {
        return new Row(what, against, "×", goal, true, round -> round.get(theirs) / round.get(ours), ours, theirs);
    }

    /** How many times as fast ours is as theirs, without a goal. */
    static Row beside(String what, String against, String ours, String theirs) {
        return faster(what, against, Double.NaN, ours, theirs);
    }

    /** How many times as long ours takes as theirs; to be at most the goal. */
    static Row slower(String what, String against, String unit, double goal, String ours, String theirs) {
        return new Row(what, against, unit, goal, false, round -> round.get(ours) / round.get(theirs), ours, theirs);
    }

    /** A number that must not be larger than the goal. */
    static Row atMost(String what, String unit, double goal, String name) {
        String ours = name.endsWith(Measurements.BYTES) ? "" : name;
        return new Row(what, "", unit, goal, false, round -> round.get(name), ours, "");
    }

    /** The nanoseconds of each of so many numbers that are worked on at once; to be at most the goal. */
    static Row each(String what, double goal, String ours, int count) {
        return new Row(what, "", "ns", goal, false, round -> round.get(ours) / count, "", "");
    }

    /** How many times as fast ours, of so many numbers, is as theirs of one, without a goal. */
    static Row besideEach(String what, String against, String ours, String theirs, int count) {
        return new Row(
                what, against, "×", Double.NaN, true, round -> count * round.get(theirs) / round.get(ours), "", theirs);
    }

    /** Of the rounds measured. */
    Optional<Spread> spread(Measurements measured) {
        return Spread.of(measured.perRound(quantity));
    }

    /** Whether the median reaches the goal. */
    Verdict verdict(Measurements measured) {
        return spread(measured).map(found -> verdict(found.median())).orElse(Verdict.NOT_MEASURED);
    }

    private Verdict verdict(double median) {
        if (Double.isNaN(goal)) {
            return Verdict.NO_GOAL;
        }
        return (atLeast ? median >= goal : median <= goal) ? Verdict.REACHED : Verdict.NOT_REACHED;
    }

    /** The goal as text; empty where there is none. */
    String goalText() {
        if (Double.isNaN(goal)) {
            return "";
        }
        return (atLeast ? "≥ " : "≤ ") + number(goal) + suffix();
    }

    /** A value as text. */
    String text(double value) {
        return number(value) + suffix();
    }

    private String suffix() {
        return unit.isEmpty() ? "" : " " + unit;
    }

    /** Three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1e6 || (size > 0 && size < 1e-3)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        if (size >= 100 || size == 0) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", value);
    }
}
