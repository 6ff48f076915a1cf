package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import java.util.List;

/**
 * What a step makes of a gradient. Immutable, shared by threads; {@link Rules} has the usual ones. A rule of one's own
 * needs {@link #name} and {@link #update}, and {@link #memory} if it remembers anything.
 */
public interface UpdateRule {

    /**
     * What it is called.
     *
     * @return for example {@code adam}
     */
    String name();

    /**
     * What it remembers from step to step, beside θ: arrays with an entry for each of θ, zeros at the start.
     *
     * @return their names, none unless overridden
     */
    default List<String> memory() {
        return List.of();
    }

    /**
     * Its own numbers, which may be others in every lane, such as β.
     *
     * @return a new array, always of the same length and order; empty unless overridden
     */
    default double[] numbers() {
        return new double[0];
    }

    /**
     * How many numbers {@link #derive} makes.
     *
     * @return 0 unless overridden
     */
    default int derivedCount() {
        return 0;
    }

    /**
     * Makes of its numbers what is the same for all entries of θ in a step, once for all of them. Allocates nothing.
     *
     * @param step k, at least 0
     * @param numbers those of {@link #numbers}. Not modified.
     * @param derived as many as {@link #derivedCount}. Modified.
     */
    default void derive(long step, double[] numbers, double[] derived) {
        Checks.atLeast("derive", "step", step, 0);
        Checks.notNull("derive", "numbers", numbers);
        Checks.notNull("derive", "derived", derived);
    }

    /**
     * Whether it looks at ‖g‖₂.
     *
     * @return false unless overridden
     */
    default boolean needsNorm() {
        return false;
    }

    /**
     * Takes the step on some entries of θ. Allocates nothing, and treats every entry alike.
     *
     * @param step where, and by which numbers
     */
    void update(RuleStep step);

    /**
     * Whether the gradient is that at another point, to which {@link #lookAhead} goes first.
     *
     * @return false unless overridden; if true, a step takes two gradients
     */
    default boolean looksAhead() {
        return false;
    }

    /**
     * Moves some entries of θ to the point of which the gradient is taken. θ comes back before {@link #update}.
     *
     * @param step where, by which numbers, and with the gradient at θ
     */
    default void lookAhead(RuleStep step) {
        Checks.notNull("lookAhead", "step", step);
    }

    /**
     * Whether entry 0 of its memory is the last change of θ, which noise on the parameters is then a part of.
     *
     * @return false unless overridden
     */
    default boolean remembersChange() {
        return false;
    }
}
