package dev.lowland.optim.objective;

import dev.lowland.core.check.Checks;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;

/**
 * A loss as files know it: its name, what noise does to its labels, which targets it reads, and what makes it of the
 * probability of a flip. {@link Losses#kinds} has all of them. Immutable.
 */
public final class LossKind {
    private final String name;
    private final boolean flipsLabels;
    private final String targetRule;
    private final DoublePredicate targets;
    private final DoubleFunction<Loss> factory;

    private LossKind(
            String name,
            boolean flipsLabels,
            String targetRule,
            DoublePredicate targets,
            DoubleFunction<Loss> factory) {
        this.name = name;
        this.flipsLabels = flipsLabels;
        this.targetRule = targetRule;
        this.targets = targets;
        this.factory = factory;
    }

    /** A loss whose targets are any numbers, to which noise adds. */
    static LossKind ofNumbers(String name, Loss loss) {
        return new LossKind(name, false, "a finite number", Double::isFinite, none -> loss);
    }

    /** A loss whose targets obey a rule, and are flipped with a probability. */
    static LossKind ofLabels(String name, String rule, DoublePredicate targets, DoubleFunction<Loss> factory) {
        return new LossKind(name, true, rule, targets, factory);
    }

    /**
     * The name in files.
     *
     * @return for example {@code square-margin}
     */
    public String name() {
        return name;
    }

    /**
     * Whether noise flips labels with a probability; otherwise it is added to them, with a standard deviation.
     *
     * @return true for classification
     */
    public boolean flipsLabels() {
        return flipsLabels;
    }

    /**
     * What a target must be.
     *
     * @return for example {@code 1 or -1}
     */
    public String targetRule() {
        return targetRule;
    }

    /**
     * Whether a target obeys the rule.
     *
     * @param target the target of a sample
     * @return true if the loss can read it
     */
    public boolean reads(double target) {
        return targets.test(target);
    }

    /**
     * The loss.
     *
     * @param flipProbability p in (0, ½) where labels are flipped, empty where they are not
     * @return the loss
     * @throws IllegalArgumentException if p is missing, or given where nothing flips, or out of range
     */
    public Loss of(OptionalDouble flipProbability) {
        Checks.notNull(name + " loss", "flipProbability", flipProbability);
        if (flipProbability.isPresent() != flipsLabels) {
            throw Checks.error(
                    name + " loss",
                    "flipProbability",
                    flipsLabels ? "missing" : String.valueOf(flipProbability.getAsDouble()),
                    flipsLabels ? "given" : "left out, as no label flips");
        }
        return flipsLabels ? flipping(flipProbability.getAsDouble()) : factory.apply(0);
    }

    /** The loss of a kind that flips labels. */
    Loss flipping(double flipProbability) {
        Checks.inOpenRange(name + " loss", "flipProbability", flipProbability, 0, 0.5);
        return factory.apply(flipProbability);
    }

    @Override
    public String toString() {
        return name;
    }
}
