package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Ends a run when a number has not become smaller for so many looks: such as the loss on data that is not trained on.
 * Mutable, for one run at a time.
 */
public final class EarlyStopping implements RunMonitor {

    private final ToDoubleFunction<RunView> watched;
    private final int patience;
    private final long period;
    private final double leastImprovement;
    private double best = Double.POSITIVE_INFINITY;
    private long bestStep;
    private int worse;

    private EarlyStopping(ToDoubleFunction<RunView> watched, int patience, long period, double leastImprovement) {
        this.watched = watched;
        this.patience = patience;
        this.period = period;
        this.leastImprovement = leastImprovement;
    }

    /**
     * Looks after every step, and is content with any improvement.
     *
     * @param watched what should become smaller; a number that is none counts as no improvement
     * @param patience how many looks in a row may bring none, at least 1
     * @return the monitor
     * @throws IllegalArgumentException if there is no patience
     */
    public static EarlyStopping of(ToDoubleFunction<RunView> watched, int patience) {
        Checks.notNull("EarlyStopping", "watched", watched);
        Checks.atLeast("EarlyStopping", "patience", patience, 1);
        return new EarlyStopping(watched, patience, 1, 0);
    }

    /**
     * The same with another period, and nothing seen yet.
     *
     * @param steps m ≥ 1: looks after the steps whose number is a multiple of m
     * @return a new monitor
     * @throws IllegalArgumentException if it is not positive
     */
    public EarlyStopping withPeriod(long steps) {
        Checks.atLeast("EarlyStopping", "period", steps, 1);
        return new EarlyStopping(watched, patience, steps, leastImprovement);
    }

    /**
     * The same with a least improvement, and nothing seen yet.
     *
     * @param least by how much a number must be below the best to count, at least 0
     * @return a new monitor
     * @throws IllegalArgumentException if it is negative
     */
    public EarlyStopping withLeastImprovement(double least) {
        Checks.notNegative("EarlyStopping", "leastImprovement", least);
        return new EarlyStopping(watched, patience, period, least);
    }

    @Override
    public boolean onStep(RunView view) {
        Checks.notNull("EarlyStopping", "view", view);
        double found = watched.applyAsDouble(view);
        if (found < best - leastImprovement || (best == Double.POSITIVE_INFINITY && found < best)) {
            best = found;
            bestStep = view.step();
            worse = 0;
        } else {
            worse++;
        }
        return worse < patience;
    }

    @Override
    public long period() {
        return period;
    }

    /**
     * The smallest number seen, those that improved too little left out.
     *
     * @return the number, empty before the first
     */
    public OptionalDouble best() {
        return best < Double.POSITIVE_INFINITY ? OptionalDouble.of(best) : OptionalDouble.empty();
    }

    /**
     * The step after which it was seen.
     *
     * @return the number of steps, 0 before the first
     */
    public long bestStep() {
        return bestStep;
    }
}
