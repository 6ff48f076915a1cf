package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;

/**
 * The theory under test, with two knobs by which a test can make it wrong and see the ledger refuse it. Only
 * {@link #paper()} is the theory.
 *
 * @param gradientFactor multiplies ∇R wherever a claim predicts with it; 1 is right, 2 is the theory without its factor
 *     ½
 * @param lambdaFactor multiplies λ wherever a claim predicts with it; 1 is right
 */
public record Theory(double gradientFactor, double lambdaFactor) {

    private static final Theory PAPER = new Theory(1, 1);

    public Theory {
        Checks.positive("theory", "gradientFactor", gradientFactor);
        Checks.positive("theory", "lambdaFactor", lambdaFactor);
    }

    /** The theory as it stands in the paper. */
    public static Theory paper() {
        return PAPER;
    }

    /** This theory with ∇R multiplied by a factor. */
    public Theory withGradientFactor(double factor) {
        return new Theory(factor, lambdaFactor);
    }

    /** This theory with λ multiplied by a factor. */
    public Theory withLambdaFactor(double factor) {
        return new Theory(gradientFactor, factor);
    }
}
