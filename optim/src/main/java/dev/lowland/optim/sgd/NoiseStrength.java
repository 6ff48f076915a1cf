package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;

/** λ of an optimiser, where there is one number for it. */
final class NoiseStrength {

    private static final String OPERATION = "regularizationStrength";

    private NoiseStrength() {}

    /** λ = ησ²/(B(1−β)). */
    static double of(Optimiser optimiser, Objective objective) {
        NoiseLaw law = optimiser.noiseLaw(objective);
        if (law == NoiseLaw.NONE) {
            return 0;
        }
        ParameterNoise onParameters = optimiser.noise().onParameters().orElse(null);
        if (law == NoiseLaw.EXPLICIT && onParameters != null) {
            return onParameters.strength();
        }
        if (law.addsToParameters()
                || law == NoiseLaw.TRANSITION
                || !optimiser.noise().isEven()) {
            throw Checks.error(
                    OPERATION,
                    "the noise",
                    optimiser.noise().toString(),
                    "label noise of one size, or flips with the probability of the loss");
        }
        return strength(optimiser, objective);
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
