package dev.lowland.core.linalg.trace;

/** Mean and scatter of numbers that come one by one (Welford's recursion, which does not cancel). */
final class RunningMean {
    private int count;
    private double mean;
    private double squares;

    void add(double x) {
        count++;
        double off = x - mean;
        mean += off / count;
        squares += off * (x - mean);
    }

    int count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** Of the mean: √(Σ (x − mean)² / (n(n − 1))). */
    double standardError() {
        return Math.sqrt(squares / ((double) count * (count - 1)));
    }
}
