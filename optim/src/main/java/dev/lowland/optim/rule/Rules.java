package dev.lowland.optim.rule;

import dev.lowland.optim.part.PartKind;
import java.util.List;

/**
 * The usual update rules; g is the gradient, clipped and with weight decay, and t = k + 1 in step k.
 *
 * <table>
 * <caption>θ after a step</caption>
 * <tr><th>name</th><th>what is remembered</th><th>θ ← θ + …</th></tr>
 * <tr><td>plain</td><td></td><td>−ηg</td></tr>
 * <tr><td>heavy-ball</td><td>v ← βv − ηg</td><td>v</td></tr>
 * <tr><td>nesterov</td><td>v ← βv + g</td><td>−η(g + βv)</td></tr>
 * <tr><td>rmsprop</td><td>v ← β₂v + (1 − β₂)g²</td><td>−ηg/(√v + ε)</td></tr>
 * <tr><td>adam</td><td>m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²</td><td>−η·m/(1 − β₁ᵗ) / (√v/√(1 − β₂ᵗ) + ε)</td></tr>
 * <tr><td>adamw</td><td>as adam</td><td>−ηγθ, then as adam</td></tr>
 * <tr><td>normalised</td><td></td><td>−ηg/‖g‖₂</td></tr>
 * <tr><td>sam</td><td></td><td>−η∇L̂(θ + ρg/‖g‖₂)</td></tr>
 * <tr><td>sign</td><td></td><td>−η sign(g)</td></tr>
 * </table>
 */
public final class Rules {

    private static final List<PartKind<UpdateRule>> KINDS = List.of(
            PlainDescent.KIND,
            HeavyBall.KIND,
            Nesterov.KIND,
            RmsProp.KIND,
            Adam.KIND,
            Adam.DECAYING,
            NormalisedDescent.KIND,
            Sam.KIND,
            SignDescent.KIND);

    private Rules() {}

    /**
     * The rules that files know.
     *
     * @return all kinds, in the order in which to list them
     */
    public static List<PartKind<UpdateRule>> kinds() {
        return KINDS;
    }

    /**
     * θ ← θ − ηg.
     *
     * @return the rule
     */
    public static UpdateRule plain() {
        return new PlainDescent();
    }

    /**
     * v ← βv − ηg, θ ← θ + v.
     *
     * @param momentum β in [0, 1)
     * @return the rule
     * @throws IllegalArgumentException if β is out of range
     */
    public static UpdateRule heavyBall(double momentum) {
        return new HeavyBall(momentum);
    }

    /**
     * v ← βv + g, θ ← θ − η(g + βv).
     *
     * @param momentum β in [0, 1)
     * @return the rule
     * @throws IllegalArgumentException if β is out of range
     */
    public static UpdateRule nesterov(double momentum) {
        return new Nesterov(momentum);
    }

    /**
     * RMSprop with β₂ = 0.99 and ε = 1e-8.
     *
     * @return the rule
     */
    public static UpdateRule rmsprop() {
        return rmsprop(0.99, 1e-8);
    }

    /**
     * v ← β₂v + (1 − β₂)g², θ ← θ − ηg/(√v + ε).
     *
     * @param beta2 β₂ in [0, 1)
     * @param epsilon ε, positive
     * @return the rule
     * @throws IllegalArgumentException if a number is out of range
     */
    public static UpdateRule rmsprop(double beta2, double epsilon) {
        return new RmsProp(beta2, epsilon);
    }

    /**
     * Adam with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
     *
     * @return the rule
     */
    public static UpdateRule adam() {
        return adam(0.9, 0.999, 1e-8);
    }

    /**
     * Adam.
     *
     * @param beta1 β₁ in [0, 1)
     * @param beta2 β₂ in [0, 1)
     * @param epsilon ε, positive
     * @return the rule
     * @throws IllegalArgumentException if a number is out of range
     */
    public static UpdateRule adam(double beta1, double beta2, double epsilon) {
        return new Adam("adam", beta1, beta2, epsilon, 0);
    }

    /**
     * AdamW with the numbers of {@link #adam()}.
     *
     * @param weightDecay γ ≥ 0; 0.01 in PyTorch, 0.0001 in Optax
     * @return the rule
     * @throws IllegalArgumentException if γ is out of range
     */
    public static UpdateRule adamw(double weightDecay) {
        return adamw(0.9, 0.999, 1e-8, weightDecay);
    }

    /**
     * AdamW.
     *
     * @param beta1 β₁ in [0, 1)
     * @param beta2 β₂ in [0, 1)
     * @param epsilon ε, positive
     * @param weightDecay γ ≥ 0
     * @return the rule
     * @throws IllegalArgumentException if a number is out of range
     */
    public static UpdateRule adamw(double beta1, double beta2, double epsilon, double weightDecay) {
        return new Adam("adamw", beta1, beta2, epsilon, weightDecay);
    }

    /**
     * θ ← θ − ηg/‖g‖₂.
     *
     * @return the rule
     */
    public static UpdateRule normalised() {
        return new NormalisedDescent();
    }

    /**
     * θ ← θ − η∇L̂(θ + ρg/‖g‖₂).
     *
     * @param rho ρ ≥ 0
     * @return the rule
     * @throws IllegalArgumentException if ρ is out of range
     */
    public static UpdateRule sam(double rho) {
        return sam(rho, plain());
    }

    /**
     * Another rule with the gradient of SAM.
     *
     * @param rho ρ ≥ 0
     * @param base the rule, which takes one gradient a step
     * @return the rule
     * @throws IllegalArgumentException if ρ is out of range, or the rule takes two
     */
    public static UpdateRule sam(double rho, UpdateRule base) {
        return new Sam(rho, base);
    }

    /**
     * θ ← θ − η sign(g).
     *
     * @return the rule
     */
    public static UpdateRule sign() {
        return new SignDescent();
    }
}
