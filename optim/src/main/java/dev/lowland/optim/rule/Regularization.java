package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import java.util.OptionalDouble;

/**
 * What is done to a gradient before its rule, in this order: entries are clipped to [−c, c]; then g is multiplied by
 * c/‖g‖₂ where its norm exceeds c (as Optax does; PyTorch divides by ‖g‖₂ + 1e-6); then coupled weight decay adds γθ.
 * Decoupled weight decay does θ ← θ − ηγθ before the rule, and leaves g alone. Immutable.
 */
public final class Regularization {

    private static final String OPERATION = "Regularization";
    private static final Regularization NONE = new Regularization(0, false, 0, 0);

    private final double weightDecay;
    private final boolean decoupled;
    private final double largestEntry;
    private final double largestNorm;

    private Regularization(double weightDecay, boolean decoupled, double largestEntry, double largestNorm) {
        this.weightDecay = weightDecay;
        this.decoupled = decoupled;
        this.largestEntry = largestEntry;
        this.largestNorm = largestNorm;
    }

    /**
     * Nothing.
     *
     * @return no regularization
     */
    public static Regularization none() {
        return NONE;
    }

    /**
     * The same with γθ added to the gradient, which is that of L + γ‖θ‖²/2; in place of other weight decay.
     *
     * @param decay γ ≥ 0, finite
     * @return a new regularization
     * @throws IllegalArgumentException if γ is out of range
     */
    public Regularization withWeightDecay(double decay) {
        Checks.notNegative(OPERATION, "weightDecay", decay);
        return new Regularization(decay, false, largestEntry, largestNorm);
    }

    /**
     * The same with θ ← θ − ηγθ before every step, in place of other weight decay.
     *
     * @param decay γ ≥ 0, finite
     * @return a new regularization
     * @throws IllegalArgumentException if γ is out of range
     */
    public Regularization withDecoupledWeightDecay(double decay) {
        Checks.notNegative(OPERATION, "weightDecay", decay);
        return new Regularization(decay, true, largestEntry, largestNorm);
    }

    /**
     * The same with the gradient's norm clipped.
     *
     * @param norm c, positive and finite
     * @return a new regularization
     * @throws IllegalArgumentException if c is out of range
     */
    public Regularization withClipNorm(double norm) {
        Checks.positive(OPERATION, "clipNorm", norm);
        return new Regularization(weightDecay, decoupled, largestEntry, norm);
    }

    /**
     * The same with the gradient's entries clipped.
     *
     * @param entry c, positive and finite
     * @return a new regularization
     * @throws IllegalArgumentException if c is out of range
     */
    public Regularization withClipValue(double entry) {
        Checks.positive(OPERATION, "clipValue", entry);
        return new Regularization(weightDecay, decoupled, entry, largestNorm);
    }

    /**
     * γ.
     *
     * @return the weight decay, coupled or not; 0 for none
     */
    public double weightDecay() {
        return weightDecay;
    }

    /**
     * Whether the weight decay is decoupled.
     *
     * @return true if it is no part of the gradient
     */
    public boolean isDecoupled() {
        return decoupled && weightDecay > 0;
    }

    /**
     * The largest norm of a gradient.
     *
     * @return c, empty if it is not clipped
     */
    public OptionalDouble clipNorm() {
        return largestNorm > 0 ? OptionalDouble.of(largestNorm) : OptionalDouble.empty();
    }

    /**
     * The largest entry of a gradient.
     *
     * @return c, empty if none is clipped
     */
    public OptionalDouble clipValue() {
        return largestEntry > 0 ? OptionalDouble.of(largestEntry) : OptionalDouble.empty();
    }

    /**
     * Whether it does anything.
     *
     * @return true if it does not
     */
    public boolean isNone() {
        return weightDecay == 0 && largestEntry == 0 && largestNorm == 0;
    }

    double largestNorm() {
        return largestNorm;
    }

    double largestEntry() {
        return largestEntry;
    }

    /** γ where it is a part of the gradient, else 0. */
    double coupled() {
        return decoupled ? 0 : weightDecay;
    }

    /** Whether the same is done, with whatever numbers. */
    boolean isLike(Regularization other) {
        return (weightDecay > 0) == (other.weightDecay > 0)
                && isDecoupled() == other.isDecoupled()
                && (largestEntry > 0) == (other.largestEntry > 0)
                && (largestNorm > 0) == (other.largestNorm > 0);
    }

    @Override
    public String toString() {
        if (isNone()) {
            return "none";
        }
        String decay = weightDecay > 0 ? (decoupled ? "decoupled " : "") + "weightDecay=" + weightDecay + " " : "";
        String entry = largestEntry > 0 ? "clipValue=" + largestEntry + " " : "";
        String norm = largestNorm > 0 ? "clipNorm=" + largestNorm : "";
        return (decay + entry + norm).strip();
    }
}
