package dev.lowland.optim.objective;

import dev.lowland.core.check.Checks;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import java.util.function.IntFunction;

/**
 * A loss as files know it: its name, what noise does to its labels, which targets it reads, and what makes it of the
 * probability of a flip. {@link Losses#kinds} has all of them. Immutable.
 */
public final class LossKind {
    /** Makes a loss of the probability of a flip, which is 0 where nothing flips, and the model's outputs. */
    interface Factory {
        Loss make(double flipProbability, int outputs);
    }

    private final String name;
    private final boolean flipsLabels;
    private final boolean readsClasses;
    private final String targetRule;
    private final DoublePredicate targets;
    private final Factory factory;

    private LossKind(
            String name,
            boolean flipsLabels,
            boolean readsClasses,
            String targetRule,
            DoublePredicate targets,
            Factory factory) {
        this.name = name;
        this.flipsLabels = flipsLabels;
        this.readsClasses = readsClasses;
        this.targetRule = targetRule;
        this.targets = targets;
        this.factory = factory;
    }

    /** A loss whose targets are any numbers, to which noise adds. */
    static LossKind ofNumbers(String name, Loss loss) {
        return new LossKind(name, false, false, "a finite number", Double::isFinite, (flip, outputs) -> loss);
    }

    /** A loss whose targets obey a rule, and are flipped with a probability. */
    static LossKind ofLabels(String name, String rule, DoublePredicate targets, DoubleFunction<Loss> factory) {
        return new LossKind(name, true, false, rule, targets, (flip, outputs) -> factory.apply(flip));
    }

    /** A loss whose targets are classes, one an output of the model. */
    static LossKind ofClasses(String name, IntFunction<Loss> factory) {
        return ofClasses(name, false, (flip, outputs) -> factory.apply(outputs));
    }

    /** A loss whose targets are classes, one an output of the model, and are flipped with a probability. */
    static LossKind ofFlippedClasses(String name, Factory factory) {
        return ofClasses(name, true, factory);
    }

    private static LossKind ofClasses(String name, boolean flipsLabels, Factory factory) {
        return new LossKind(
                name,
                flipsLabels,
                true,
                "a class, a whole number of at least 0",
                y -> y >= 0 && y <= Integer.MAX_VALUE && y == Math.rint(y),
                factory);
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
     * Whether a target is the index of a class, of which the model has an output each; {@link Data#ofClasses} makes of
     * them what the loss itself takes.
     *
     * @return true for cross-entropy
     */
    public boolean readsClasses() {
        return readsClasses;
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
     * @param outputs of the model; only losses on classes take notice of it, and need at least 2
     * @return the loss
     * @throws IllegalArgumentException if p is missing, or given where nothing flips, or out of range, or there are too
     *     few outputs
     */
    public Loss of(OptionalDouble flipProbability, int outputs) {
        Checks.notNull(name + " loss", "flipProbability", flipProbability);
        if (flipProbability.isPresent() != flipsLabels) {
            throw Checks.error(
                    name + " loss",
                    "flipProbability",
                    flipsLabels ? "missing" : String.valueOf(flipProbability.getAsDouble()),
                    flipsLabels ? "given" : "left out, as no label flips");
        }
        return flipsLabels ? flipping(flipProbability.getAsDouble(), outputs) : factory.make(0, outputs);
    }

    /** The loss of a kind that flips the labels of a margin. */
    Loss flipping(double flipProbability) {
        return flipping(flipProbability, 1);
    }

    /** The loss of a kind that flips labels. */
    Loss flipping(double flipProbability, int outputs) {
        Checks.inOpenRange(name + " loss", "flipProbability", flipProbability, 0, 0.5);
        return factory.make(flipProbability, outputs);
    }

    @Override
    public String toString() {
        return name;
    }
}
