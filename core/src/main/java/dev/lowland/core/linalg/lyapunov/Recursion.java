package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.check.Checks;

/**
 * Gradient descent with momentum on a quadratic, x ← x − η(H + γI)x + β(x − x_before) + noise, seen in the eigenvectors
 * of H: mode a has curvature h_a, and modes speak to each other through the noise alone. γ is the weight decay.
 *
 * <p>If the noise of modes a and b has covariance q_ab in every step, their stationary covariance is gain(h_a,
 * h_b)·q_ab. With x_a = η(h_a + γ),
 *
 * <p>1/gain = [(1 − β)²((1 + β)(x_a + x_b) − x_a x_b) + β(x_a − x_b)²] / (1 − β²),
 *
 * <p>which for β = 0 is x_a + x_b − x_a x_b = 1 − (1 − x_a)(1 − x_b), without its cancellation.
 *
 * @param learningRate η, positive
 * @param momentum β, in [0, 1)
 * @param weightDecay γ ≥ 0, in the units of a curvature
 */
public record Recursion(double learningRate, double momentum, double weightDecay) {
    /** Checks the ranges. */
    public Recursion {
        Checks.positive("recursion", "learningRate", learningRate);
        Checks.inHalfOpenRange("recursion", "momentum", momentum, 0, 1);
        Checks.notNegative("recursion", "weightDecay", weightDecay);
    }

    /**
     * A recursion without weight decay.
     *
     * @param learningRate η, positive
     * @param momentum β, in [0, 1)
     */
    public Recursion(double learningRate, double momentum) {
        this(learningRate, momentum, 0);
    }

    /**
     * Plain gradient descent.
     *
     * @param learningRate η, positive
     * @return the recursion with β = 0
     */
    public static Recursion plain(double learningRate) {
        return new Recursion(learningRate, 0);
    }

    /**
     * Where stability ends.
     *
     * @return 2(1 + β)/η − γ: modes of curvature strictly between −γ and this die out
     */
    public double limit() {
        return 2 * (1 + momentum) / learningRate - weightDecay;
    }

    /**
     * Whether a mode dies out without noise.
     *
     * @param h its curvature
     * @return 0 &lt; η(h + γ) &lt; 2(1 + β); false for NaN
     */
    public boolean contracts(double h) {
        return pull(h) > 0 && learningRate * pull(h) < 2 * (1 + momentum);
    }

    /** What pulls a mode back, h + γ. */
    double pull(double h) {
        return h + weightDecay;
    }

    /**
     * 1/gain: the stationary covariance of two modes is the covariance of their noise over this.
     *
     * @param ha curvature of one mode
     * @param hb curvature of the other
     * @return positive if both modes contract; not positive for ha = hb if they do not
     */
    public double resistance(double ha, double hb) {
        return learningRate * resistancePerRate(ha, hb);
    }

    /** The same over η, which has a limit as η → 0. */
    double resistancePerRate(double ha, double hb) {
        double beta = momentum;
        double apart = ha - hb;
        double a = pull(ha);
        double b = pull(hb);
        double damped = (1 - beta) * (1 - beta) * ((1 + beta) * (a + b) - learningRate * a * b);
        return (damped + beta * (learningRate * apart) * apart) / ((1 - beta) * (1 + beta));
    }

    /**
     * The covariance of two modes after some steps from rest, for noise of covariance 1: Σ_{j&lt;k} φ_a(j)φ_b(j), where
     * φ is what is left of a unit kick after j steps. Defined for every curvature, stable or not; grows like k where h
     * + γ = 0.
     *
     * @param ha curvature of one mode
     * @param hb curvature of the other
     * @param steps k ≥ 0
     * @return the factor of the noise's covariance; infinite if the modes explode. Cost: O(log k)
     */
    public double gainAfter(double ha, double hb, long steps) {
        Checks.atLeast("recursion", "steps", steps, 0);
        Checks.finite("recursion", "ha", ha);
        Checks.finite("recursion", "hb", hb);
        double gain = new Doubling(this, ha, hb).after(steps);
        return Double.isNaN(gain) ? Double.POSITIVE_INFINITY : gain;
    }

    /**
     * The stationary covariance of x_a with the last move x_b − x_b before, over η times the stationary covariance of
     * x_a with x_b.
     */
    double movePerRate(double ha, double hb) {
        return (pull(ha) - momentum * pull(hb)) / ((1 - momentum) * (1 + momentum));
    }

    /** The stationary covariance of the last moves of two modes, over η times that of the modes. */
    double moveMovePerRate(double ha, double hb) {
        return (pull(ha) + pull(hb)) / (1 + momentum);
    }
}
