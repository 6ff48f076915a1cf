package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;

/**
 * λ of an optimiser, where there is one number for it: ησ²/(B(1−β)) for label noise.
 *
 * <p>Noise that is taken back, s(ξ_{k+1} − ξ_k), moves a mode of curvature h by x_{k+1} = (1+β−ηh)x_k − βx_{k−1} +
 * s(ξ_{k+1} − ξ_k), whose stationary variance is 2s²/((1−β)(2(1+β) − ηh)) = 2s²/(1−β²)/(2 − eh): that of label noise of
 * λ/α = 2s²/(1−β²). Source, for η → 0 and β = 0: A. Orvieto et al., <i>Anticorrelated Noise Injection for Improved
 * Generalization</i>, ICML 2022.
 */
final class NoiseStrength {

    private static final String OPERATION = "regularizationStrength";

    private NoiseStrength() {}

    /** λ. */
    static double of(Optimiser optimiser, Objective objective) {
        NoiseLaw law = optimiser.noiseLaw(objective);
        if (law == NoiseLaw.NONE) {
            return 0;
        }
        ParameterNoise onParameters = optimiser.noise().onParameters().orElse(null);
        if (law == NoiseLaw.EXPLICIT && onParameters != null) {
            return onParameters.strength();
        }
        if (law.isTakenBack() && optimiser.noise().isEven()) {
            return ofTakenBack(optimiser, objective.loss().curvature());
        }
        if (law.addsToParameters()
                || law == NoiseLaw.TRANSITION
                || !optimiser.noise().isEven()) {
            throw Checks.error(
                    OPERATION,
                    "the noise",
                    optimiser.noise().toString(),
                    "label noise of one size, flips with the probability of the loss, or anti-correlated");
        }
        return strength(optimiser, objective);
    }

    private static double ofTakenBack(Optimiser optimiser, double curvature) {
        TheoryTerms.check(OPERATION, optimiser);
        double momentum = TheoryTerms.momentum(OPERATION, optimiser);
        double deviation = optimiser.noise().deviation();
        return 2 * deviation * deviation * curvature / ((1 - momentum) * (1 + momentum));
    }

    private static double strength(Optimiser optimiser, Objective objective) {
        double deviation = optimiser.noise().deviation();
        Loss loss = objective.loss();
        if (!loss.flipsLabels() && deviation == 0) {
            return 0;
        }
        double learningRate = TheoryTerms.learningRate(OPERATION, optimiser);
        double momentum = TheoryTerms.momentum(OPERATION, optimiser);
        double variance = loss.noiseVariance(deviation);
        boolean hasSquare = variance >= Double.MIN_NORMAL && variance <= Double.MAX_VALUE;
        double kick = loss.flipsLabels() || hasSquare
                ? learningRate * variance
                : learningRate * deviation * deviation * loss.noiseVariance(1);
        return kick / (optimiser.batchSize(objective) * (1 - momentum));
    }
}
