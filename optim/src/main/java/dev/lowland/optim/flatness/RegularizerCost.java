package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;
import java.util.Locale;

/**
 * What a value of R with its gradient takes, before it is begun: for a decision, not for a bill.
 *
 * @param bytes of memory beside the model and the data
 * @param operations multiplications with an addition, or what takes as long
 * @param threads that share what can be shared
 * @param shared the part of the operations that they can share
 */
public record RegularizerCost(double bytes, double operations, int threads, double shared) {

    /** Operations of one thread in a second, on a machine of 2020. */
    private static final double PER_SECOND = 1e9;

    /**
     * A gradient of the loss takes so many operations for each multiplication of the predictions, and so does each
     * direction twice.
     */
    private static final double GRADIENT = 3;

    /** The multiplications of all predictions, about. */
    static double work(Objective objective) {
        return objective.sampleCount() * objective.model().multiplications();
    }

    /**
     * P products and P directions of third order, the eigenvalues (2P³/3), a Cholesky factor and its inverse (P³/3).
     */
    static RegularizerCost exact(double parameters, double work, int threads) {
        double square = parameters * parameters;
        double derivatives = 4 * GRADIENT * work * parameters;
        return new RegularizerCost(2 * 8 * square, derivatives + square * parameters, threads, derivatives);
    }

    /** A run of so many steps a probe, and a search for the top. */
    static RegularizerCost stochastic(double parameters, double work, RegularizerSettings settings) {
        double steps = Math.min(settings.maxSteps(), parameters);
        double probes = settings.target() > 0 ? settings.maxProbes() : settings.probes();
        double search = Math.min(StochasticRegularizer.MOST_SEARCH_PRODUCTS, 20 + 20 * settings.deflated());
        double products = (probes + 1) * steps + search;
        double derivatives = 2 * GRADIENT * work * (products + probes + settings.deflated());
        double orthogonality = 2 * steps * products * parameters;
        double numbers = (2 * steps + 6 * settings.deflated() + 40) * parameters;
        return new RegularizerCost(8 * numbers, derivatives + orthogonality, settings.threads(), derivatives);
    }

    /**
     * About how long it takes.
     *
     * @return seconds, right to a factor of some five
     */
    public double seconds() {
        return (operations - shared + shared / threads) / PER_SECOND;
    }

    /**
     * The same so many times over, in the same memory.
     *
     * @param count how often, ≥ 0
     * @return the cost of that
     * @throws IllegalArgumentException if the number is below 0 or not finite
     */
    public RegularizerCost times(double count) {
        Checks.notNegative("cost of R", "count", count);
        return new RegularizerCost(bytes, count * operations, threads, count * shared);
    }

    @Override
    public String toString() {
        double seconds = seconds();
        String time = seconds < 90
                ? String.format(Locale.ROOT, "%.0f seconds", Math.max(1, seconds))
                : seconds < 5400
                        ? String.format(Locale.ROOT, "%.0f minutes", seconds / 60)
                        : String.format(Locale.ROOT, "%.0f hours", seconds / 3600);
        String memory = bytes < 1e9
                ? String.format(Locale.ROOT, "%.0f MB", Math.max(1, bytes / 1e6))
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
        return "about " + time + " and " + memory;
    }
}
