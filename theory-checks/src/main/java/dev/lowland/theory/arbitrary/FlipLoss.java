package dev.lowland.theory.arbitrary;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;

/**
 * A loss on margins whose labels a step flips.
 *
 * @param kind which loss
 * @param probability p, between 0 and ½
 */
public record FlipLoss(Kind kind, double probability) {
    /** Refuses null. */
    public FlipLoss {
        Checks.notNull("flip loss", "kind", kind);
    }

    /** Losses on margins, from the simplest on. */
    public enum Kind {
        /** ½(1 − s)². */
        SQUARE_MARGIN,
        /** log(1 + e⁻ˢ). */
        LOGISTIC,
        /** e⁻ˢ. */
        EXPONENTIAL
    }

    /**
     * The loss.
     *
     * @throws IllegalArgumentException if p is out of range
     */
    public Loss loss() {
        return switch (kind) {
            case SQUARE_MARGIN -> Losses.squareMargin(probability);
            case LOGISTIC -> Losses.logistic(probability);
            case EXPONENTIAL -> Losses.exponential(probability);
        };
    }

    /** The Java expression that makes it again. */
    @Override
    public String toString() {
        return "new FlipLoss(FlipLoss.Kind." + kind + ", " + probability + ")";
    }
}
