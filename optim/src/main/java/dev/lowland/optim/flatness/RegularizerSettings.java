package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;

/**
 * How a {@link Regularizer} is computed, and how much may be spent on it. Immutable; each method gives a new one.
 *
 * @param method exact, stochastic, or by the number of parameters
 * @param probes of a stochastic estimate, at least 2; the standard error falls like 1/√probes. With a target, the first
 *     ones
 * @param target relative standard error of R until which probes are added; 0 for none
 * @param maxProbes of a stochastic estimate with a target
 * @param deflated q, the top eigenvectors of which the part is computed instead of estimated, at least 0; they are what
 *     scatters most near the limit
 * @param maxSteps Lanczos steps a run at most, at least 3
 * @param tolerance a run ends when its estimated errors, relative to the value and to the direction, are below this;
 *     positive
 * @param seed of probes and starting vectors
 * @param threads at least 1; no result depends on it
 */
public record RegularizerSettings(
        RegularizerMethod method,
        int probes,
        double target,
        int maxProbes,
        int deflated,
        int maxSteps,
        double tolerance,
        long seed,
        int threads) {

    /** The largest P for which AUTOMATIC means EXACT. */
    public static final int EXACT_LIMIT = 2000;

    private static final String OPERATION = "regularizer settings";

    private static final int PROBES = 16;
    private static final int DEFLATED = 10;
    private static final int MAX_STEPS = 64;
    private static final double TOLERANCE = 1e-6;
    private static final long SEED = 1;

    /** Checks the numbers. */
    public RegularizerSettings {
        Checks.notNull("regularizer settings", "method", method);
        Checks.atLeast(OPERATION, "probes", probes, 2);
        Checks.notNegative(OPERATION, "target", target);
        Checks.atLeast(OPERATION, "maxProbes", maxProbes, 2);
        Checks.atLeast(OPERATION, "deflated", deflated, 0);
        Checks.atLeast(OPERATION, "maxSteps", maxSteps, 3);
        Checks.positive(OPERATION, "tolerance", tolerance);
        Checks.atLeast(OPERATION, "threads", threads, 1);
    }

    /**
     * AUTOMATIC; {@value #PROBES} probes and no target, {@value #DEFLATED} deflated vectors, {@value #MAX_STEPS} steps,
     * tolerance {@value #TOLERANCE}, one thread.
     *
     * @return the settings that a regularizer has unless told otherwise
     */
    public static RegularizerSettings standard() {
        return new RegularizerSettings(
                RegularizerMethod.AUTOMATIC, PROBES, 0, PROBES, DEFLATED, MAX_STEPS, TOLERANCE, SEED, 1);
    }

    /**
     * The same with another method.
     *
     * @param other the method
     * @return new settings
     */
    public RegularizerSettings withMethod(RegularizerMethod other) {
        Checks.notNull("regularizer settings", "other", other);
        return new RegularizerSettings(other, probes, target, maxProbes, deflated, maxSteps, tolerance, seed, threads);
    }

    /**
     * The same with another number of probes.
     *
     * @param count at least 2
     * @return new settings
     */
    public RegularizerSettings withProbes(int count) {
        return new RegularizerSettings(method, count, target, maxProbes, deflated, maxSteps, tolerance, seed, threads);
    }

    /**
     * The same with probes until the standard error of R is a share of R. After the first probes, {@link #probes},
     * their scatter tells how many are needed. The gradient has the same probes; its own error is told beside it.
     * {@link PotentialValue#precision} tells whether the target was reached.
     *
     * @param relative standard error over |R|, positive; 0 for no target
     * @param most probes, at least 2
     * @return new settings
     */
    public RegularizerSettings withTarget(double relative, int most) {
        return new RegularizerSettings(method, probes, relative, most, deflated, maxSteps, tolerance, seed, threads);
    }

    /**
     * The same with another number of deflated vectors.
     *
     * @param count at least 0
     * @return new settings
     */
    public RegularizerSettings withDeflated(int count) {
        return new RegularizerSettings(method, probes, target, maxProbes, count, maxSteps, tolerance, seed, threads);
    }

    /**
     * The same with other lengths of the Lanczos runs.
     *
     * @param steps at most, at least 3
     * @param relative tolerance, positive
     * @return new settings
     */
    public RegularizerSettings withLanczos(int steps, double relative) {
        return new RegularizerSettings(method, probes, target, maxProbes, deflated, steps, relative, seed, threads);
    }

    /**
     * The same with other random numbers.
     *
     * @param other any number
     * @return new settings
     */
    public RegularizerSettings withSeed(long other) {
        return new RegularizerSettings(
                method, probes, target, maxProbes, deflated, maxSteps, tolerance, other, threads);
    }

    /**
     * The same with several threads.
     *
     * @param count at least 1
     * @return new settings
     */
    public RegularizerSettings withThreads(int count) {
        return new RegularizerSettings(method, probes, target, maxProbes, deflated, maxSteps, tolerance, seed, count);
    }

    /**
     * Which way a regularizer of so many parameters goes.
     *
     * @param parameters P
     * @return EXACT or STOCHASTIC
     */
    public RegularizerMethod resolved(int parameters) {
        if (method != RegularizerMethod.AUTOMATIC) {
            return method;
        }
        return parameters <= EXACT_LIMIT ? RegularizerMethod.EXACT : RegularizerMethod.STOCHASTIC;
    }
}
