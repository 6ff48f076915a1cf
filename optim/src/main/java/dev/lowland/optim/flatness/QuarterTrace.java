package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;

/**
 * tr ∇²L/(4α), what R tends to as the learning rate does to 0, and what it is often taken for. At large learning rates
 * it is the wrong theory. Immutable, shared by threads.
 */
public final class QuarterTrace implements DriftPotential {

    private final Regularizer limit;

    private QuarterTrace(Regularizer limit) {
        this.limit = limit;
    }

    /**
     * The quarter trace of an objective.
     *
     * @param objective gives L and α
     * @return tr ∇²L/(4α)
     */
    public static QuarterTrace of(Objective objective) {
        Checks.notNull("quarter trace", "objective", objective);
        return new QuarterTrace(Regularizer.limit(objective, "tr H/4"));
    }

    /**
     * The same with other settings.
     *
     * @param settings how to compute it
     * @return a new quarter trace
     */
    public QuarterTrace withSettings(RegularizerSettings settings) {
        Checks.notNull("quarter trace", "settings", settings);
        return new QuarterTrace(limit.withSettings(settings));
    }

    @Override
    public String name() {
        return limit.name();
    }

    @Override
    public PotentialEvaluator evaluator() {
        return limit.evaluator();
    }
}
