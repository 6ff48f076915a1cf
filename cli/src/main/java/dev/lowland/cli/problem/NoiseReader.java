package dev.lowland.cli.problem;

import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.NoisePlace;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.LossKind;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * Reads the noise of a step: {@code noise}, a law of {@link NoiseLaw#all} by its name, and its size, {@code labelNoise}
 * where it adds to targets (a number, or one an output) and {@code parameterNoise} where it adds to the parameters. Two
 * laws are objects, {@code {"kind": "transition", "matrix": …}} and {@code {"kind": "explicit", "covariance": …,
 * "strength": λ}}. Without {@code noise} it is what the loss asks for.
 */
final class NoiseReader {
    private static final String LAW = "noise";
    private static final String ON_TARGETS = "labelNoise";
    private static final String ON_PARAMETERS = "parameterNoise";

    private NoiseReader() {}

    static Noise read(JsonFields fields, LossKind loss) {
        if (!fields.has(LAW)) {
            return byLoss(fields, loss);
        }
        JsonFields own = fields.require(LAW).isObject() ? fields.object(LAW) : fields;
        NoiseLaw law = own.oneOf(own == fields ? LAW : "kind", NoiseLaw.all(), NoiseReader::name);
        if (law.place() != NoisePlace.TARGETS) {
            forbid(fields, ON_TARGETS, law);
        }
        if (law.place() != NoisePlace.ENTRIES) {
            forbid(fields, ON_PARAMETERS, law);
        }
        try {
            return of(fields, own, law);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(fields.file(), fields.pathOf(LAW), e);
        }
    }

    private static Noise of(JsonFields fields, JsonFields own, NoiseLaw law) {
        if (law == NoiseLaw.TRANSITION) {
            return Noise.transitions(matrix(own, law, List.of("kind", "matrix"), "matrix"));
        }
        if (law == NoiseLaw.EXPLICIT) {
            DMatrixRMaj covariance = matrix(own, law, List.of("kind", "covariance", "strength"), "covariance");
            return Noise.explicit(ParameterNoise.ofCovariance(notNegative(own, "strength"), covariance));
        }
        if (own != fields) {
            own.allowOnly(List.of("kind"));
        }
        return switch (law.place()) {
            case TARGETS -> Noise.of(law, 0).withDeviations(deviations(fields));
            case ENTRIES -> Noise.of(law, notNegative(fields, ON_PARAMETERS));
            default -> Noise.byLoss(0).withLaw(law);
        };
    }

    private static DMatrixRMaj matrix(JsonFields own, NoiseLaw law, List<String> legal, String name) {
        if (!own.has("kind")) {
            throw own.fault(LAW, "the string \"" + name(law) + "\"", "an object with " + name);
        }
        own.allowOnly(legal);
        double[][] rows = own.rows(name);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows.length) {
                throw own.fault(
                        name + "[" + i + "]", "of length " + rows[i].length, "of length " + rows.length + ", a square");
            }
        }
        return new DMatrixRMaj(rows);
    }

    private static Noise byLoss(JsonFields fields, LossKind loss) {
        if (fields.has(ON_PARAMETERS)) {
            throw fields.fault(ON_PARAMETERS, "given", "given with noise " + name(NoiseLaw.ANTI_CORRELATED));
        }
        if (loss.flipsLabels()) {
            forbid(fields, ON_TARGETS, "flipProbability", loss);
            return Noise.byLoss(0);
        }
        if (loss.readsClasses() && !fields.has(ON_TARGETS)) {
            return Noise.none();
        }
        return Noise.byLoss(0).withDeviations(deviations(fields));
    }

    private static double[] deviations(JsonFields fields) {
        if (fields.require(ON_TARGETS).isArray()) {
            double[] all = fields.numbers(ON_TARGETS);
            for (int j = 0; j < all.length; j++) {
                if (!(all[j] >= 0)) {
                    throw fields.fault(ON_TARGETS + "[" + j + "]", String.valueOf(all[j]), "at least 0");
                }
            }
            return all;
        }
        return new double[] {notNegative(fields, ON_TARGETS)};
    }

    static double notNegative(JsonFields fields, String field) {
        double number = fields.number(field);
        if (!(number >= 0)) {
            throw fields.fault(field, String.valueOf(number), "at least 0");
        }
        return number;
    }

    /** As files write it: lower case, with hyphens. */
    private static String name(NoiseLaw law) {
        return law.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void forbid(JsonFields fields, String field, NoiseLaw law) {
        if (fields.has(field)) {
            throw fields.fault(field, "given", "left out, for the noise " + name(law) + " has none");
        }
    }

    /** Refuses a field in whose place a loss has another. */
    static void forbid(JsonFields fields, String field, String instead, LossKind loss) {
        if (fields.has(field)) {
            throw fields.fault(field, "given", "left out, for the loss " + loss.name() + " uses " + instead);
        }
    }
}
