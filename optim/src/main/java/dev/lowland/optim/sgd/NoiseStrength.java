package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;
import java.util.OptionalDouble;

/** λ of an optimiser, where there is one number for it. */
final class NoiseStrength {

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
                    "regularizationStrength",
                    "the noise",
                    optimiser.noise().toString(),
                    "label noise of one size, or flips with the probability of the loss");
        }
        return strength(optimiser, objective);
    }

    private static double strength(Optimiser optimiser, Objective objective) {
        OptionalDouble rate = optimiser.schedule().constant();
        if (rate.isEmpty()) {
            throw Checks.error(
                    "regularizationStrength",
                    "learningRate",
                    optimiser.schedule().toString(),
                    "constant");
        }
        double deviation = optimiser.noise().deviation();
        Loss loss = objective.loss();
        if (!loss.flipsLabels() && deviation == 0) {
            return 0;
        }
        double learningRate = rate.getAsDouble();
        double momentum =
                optimiser.rule().name().equals("heavy-ball") ? optimiser.rule().numbers()[0] : 0;
        double variance = loss.noiseVariance(deviation);
        boolean hasSquare = variance >= Double.MIN_NORMAL && variance <= Double.MAX_VALUE;
        double kick = loss.flipsLabels() || hasSquare
                ? learningRate * variance
                : learningRate * deviation * deviation * loss.noiseVariance(1);
        return kick / (optimiser.batchSize(objective) * (1 - momentum));
    }
}
