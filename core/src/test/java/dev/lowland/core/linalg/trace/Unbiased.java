package dev.lowland.core.linalg.trace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongFunction;

/**
 * The z-test of an unbiased estimator over 200 seeds.
 *
 * <p>The mean of 200 independent estimates is within 4.5 of its own standard errors of the truth but for one test in
 * 150,000 (normal law; the seeds are fixed, so a test that passes once passes always). The standard error that the
 * estimator states must be the scatter that the seeds show, within stated factors.
 */
final class Unbiased {
    static final int SEEDS = 200;
    private static final double LIMIT = 4.5;

    private Unbiased() {}

    /** Standard errors within a quarter of the scatter. */
    static void check(double truth, LongFunction<double[]> estimate) {
        check(truth, 0.75, 1.25, estimate);
    }

    /**
     * @param estimate from a seed to (value, standard error)
     * @param low the least allowed standard error, relative to the scatter
     * @param high the largest
     */
    static void check(double truth, double low, double high, LongFunction<double[]> estimate) {
        RunningMean values = new RunningMean();
        double stated = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            double[] result = estimate.apply(seed);
            values.add(result[0]);
            stated += result[1] * result[1] / SEEDS;
        }
        double z = (values.mean() - truth) / values.standardError();
        assertTrue(Math.abs(z) < LIMIT, "z = " + z + ", mean " + values.mean() + " for " + truth);
        double scatter = values.standardError() * Math.sqrt(SEEDS);
        double ratio = Math.sqrt(stated) / scatter;
        assertTrue(ratio > low && ratio < high, "stated standard error over scatter " + ratio);
    }
}
