package dev.lowland.theory.experiment;

import dev.lowland.theory.claim.Estimate;

/** Mean and standard error of a sequence of independent numbers, by Welford's recursion. Mutable, for one thread. */
public final class RunningEstimate {

    private long count;
    private double mean;
    private double squares;

    /** Of no numbers yet. */
    public RunningEstimate() {}

    /** Adds one more number. */
    public void add(double value) {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    /**
     * What has been found so far; the standard error is NaN below two numbers.
     *
     * @param seed seed of the streams that the numbers come from
     */
    public Estimate estimate(long seed) {
        return new Estimate(mean, Math.sqrt(squares / (count - 1.0) / count), count, seed);
    }
}
