package dev.lowland.theory.claims;

import dev.lowland.theory.claim.Estimate;

/** Mean and standard error of a sequence of independent numbers, by Welford's recursion. Mutable, for one thread. */
final class RunningMean {

    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    /**
     * What has been found so far.
     *
     * @param seed seed of the streams that the numbers come from
     */
    Estimate estimate(long seed) {
        return new Estimate(mean, Math.sqrt(squares / (count - 1.0) / count), count, seed);
    }
}
