package dev.lowland.cli.study;

import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.stationarity.Stationarity;
import java.util.Locale;
import java.util.Optional;

/** Up to which size a study takes what works on the n·c rows of the Jacobian: the fluctuations, and long steps. */
final class RowsLimit {
    /** The largest min(n·c, P): an eigen decomposition of as many rows takes about ten seconds. */
    static final int DIRECTIONS = Stationarity.DENSE_DIRECTIONS;

    /** The most numbers that the rows may have, of which a few copies are in memory. */
    static final long NUMBERS = Stationarity.DENSE_NUMBERS;

    /** The most multiplications that a flow may spend on its drift: minutes. */
    static final double FLOW = 2e11;

    /**
     * The most multiplications of all predictions for a search across the valley, which takes thousands of their
     * derivatives.
     */
    static final double SEARCH = 1e7;

    private RowsLimit() {}

    /** Why a search across the valley takes too long; empty if it does not. */
    static Optional<String> refusesSearch(Objective objective) {
        double work = objective.sampleCount() * objective.model().multiplications();
        return work <= SEARCH
                ? Optional.empty()
                : Optional.of("a search across the valley takes too long: all predictions take "
                        + String.format(Locale.ROOT, "%.0e", work) + " multiplications, more than "
                        + String.format(Locale.ROOT, "%.0e", SEARCH));
    }

    /** Why the rows are too many; empty if they are not. */
    static Optional<String> refuses(Objective objective) {
        long rows = rows(objective);
        int size = objective.parameterCount();
        if (Math.min(rows, size) > DIRECTIONS) {
            return Optional.of("the " + rows + " outputs and " + size + " parameters are both more than " + DIRECTIONS);
        }
        if (rows * size > NUMBERS) {
            return Optional.of("a Jacobian of " + rows + " × " + size + " has more than " + NUMBERS + " numbers");
        }
        return Optional.empty();
    }

    /** Why so many drifts of fluctuations take too long; empty if they do not. */
    static Optional<String> refusesDrifts(Objective objective, long evaluations) {
        Optional<String> refused = refuses(objective);
        if (refused.isPresent()) {
            return refused;
        }
        double few = Math.min(rows(objective), objective.parameterCount());
        double many = Math.max(rows(objective), objective.parameterCount());
        double work = evaluations * 16 * few * few * many;
        return work <= FLOW
                ? Optional.empty()
                : Optional.of(evaluations + " drifts of S take too long, about "
                        + String.format(Locale.ROOT, "%.0e", work) + " multiplications; long steps need fewer");
    }

    private static long rows(Objective objective) {
        return (long) objective.sampleCount() * objective.data().outputSize();
    }
}
