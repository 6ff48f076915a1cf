package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Loss;
import org.jspecify.annotations.Nullable;

/**
 * What the noise of an optimiser is set to. Immutable.
 *
 * @param deviation σ of noise that is added to targets, at least 0 and finite
 * @param law the law, or null where the loss decides
 * @param onParameters noise on the parameters, or null if there is none
 */
record NoiseSettings(
        double deviation, @Nullable NoiseLaw law, @Nullable ParameterNoise onParameters) {

    private static final String OPERATION = "LabelNoiseSgd";

    /** No noise, and the law by the loss. */
    static final NoiseSettings SILENT = new NoiseSettings(0, null, null);

    NoiseSettings {
        Checks.notNegative(OPERATION, "labelNoise", deviation);
    }

    NoiseSettings withDeviation(double other) {
        return new NoiseSettings(other, law, onParameters);
    }

    NoiseSettings withLaw(NoiseLaw other) {
        return new NoiseSettings(deviation, Checks.notNull(OPERATION, "noiseLaw", other), onParameters);
    }

    NoiseSettings withOnParameters(ParameterNoise other) {
        return new NoiseSettings(deviation, law, Checks.notNull(OPERATION, "parameterNoise", other));
    }

    /** The law on this loss; refused if it does not suit it, or the noise on the parameters. */
    NoiseLaw law(Loss loss) {
        if (law == null) {
            if (onParameters != null) {
                return NoiseLaw.EXPLICIT;
            }
            return loss.flipsLabels() ? NoiseLaw.LABEL_FLIP : NoiseLaw.RADEMACHER;
        }
        if (law.addsToParameters() && onParameters == null) {
            throw Checks.error(OPERATION, "noiseLaw", law + " without parameterNoise", "given with it");
        }
        if (law.changesLabels() && onParameters != null) {
            throw Checks.error(OPERATION, "noiseLaw", law + " with parameterNoise", "EXPLICIT or NONE");
        }
        if (!law.suits(loss)) {
            throw Checks.error(
                    OPERATION, "noiseLaw", law + " with the " + loss.name() + " loss", NoiseLaw.suiting(loss));
        }
        return law;
    }

    @Override
    public String toString() {
        return "labelNoise=" + deviation + ", noiseLaw=" + (law == null ? "by loss" : law.toString())
                + (onParameters == null ? "" : ", parameterNoise=" + onParameters);
    }
}
