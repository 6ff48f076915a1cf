package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;

/**
 * A stretch of a step, for a rule: entries [from, from + count) of arrays that lie side by side in lanes, and
 * coefficients of which number i belongs to entry from + i. Arrays are live; for one thread.
 */
public final class RuleStep {

    private final double[] rates;
    private final double[] norms;
    private final double[][] numbers;
    private final double[][] derived;
    private long number;
    private int from;
    private int count;
    private double[] gradient = {};
    private double[] parameters = {};
    private double[][] memory = {};

    RuleStep(int stretch, UpdateRule rule, boolean norms) {
        this.rates = new double[stretch];
        this.norms = new double[norms ? stretch : 0];
        this.numbers = new double[rule.numbers().length][stretch];
        this.derived = new double[rule.derivedCount()][stretch];
    }

    void begin(long step, double[] ofGradient, double[] ofParameters, double[][] ofMemory) {
        number = step;
        gradient = ofGradient;
        parameters = ofParameters;
        memory = ofMemory;
    }

    void at(int offset, int entries) {
        from = offset;
        count = entries;
    }

    /**
     * The step.
     *
     * @return k, from 0 on
     */
    public long number() {
        return number;
    }

    /**
     * The first entry.
     *
     * @return its place in the arrays
     */
    public int from() {
        return from;
    }

    /**
     * How many entries.
     *
     * @return at least 1
     */
    public int count() {
        return count;
    }

    /**
     * g, clipped and with weight decay.
     *
     * @return the array, to be read only
     */
    public double[] gradient() {
        return gradient;
    }

    /**
     * θ.
     *
     * @return the array, to be changed in [from, from + count)
     */
    public double[] parameters() {
        return parameters;
    }

    /**
     * What the rule remembers.
     *
     * @param i which, as {@link UpdateRule#memory} lists them
     * @return the array, to be changed in [from, from + count)
     * @throws IllegalArgumentException if there is no such array
     */
    public double[] memory(int i) {
        Checks.index("RuleStep.memory", "i", i, memory.length);
        return memory[i];
    }

    /**
     * η.
     *
     * @return number i is that of entry from + i; to be read only
     */
    public double[] rates() {
        return rates;
    }

    /**
     * A number of the rule.
     *
     * @param i which, as {@link UpdateRule#numbers} lists them
     * @return number j is that of entry from + j; to be read only
     * @throws IllegalArgumentException if there is no such number
     */
    public double[] numbers(int i) {
        Checks.index("RuleStep.numbers", "i", i, numbers.length);
        return numbers[i];
    }

    /** The last of its numbers. */
    double[] lastNumbers() {
        return numbers[numbers.length - 1];
    }

    /**
     * A number that {@link UpdateRule#derive} made.
     *
     * @param i which
     * @return number j is that of entry from + j; to be read only
     * @throws IllegalArgumentException if there is no such number
     */
    public double[] derived(int i) {
        Checks.index("RuleStep.derived", "i", i, derived.length);
        return derived[i];
    }

    /**
     * ‖g‖₂ of the lane of each entry.
     *
     * @return number i is that of entry from + i; empty unless the rule needs it
     */
    public double[] norms() {
        return norms;
    }
}
