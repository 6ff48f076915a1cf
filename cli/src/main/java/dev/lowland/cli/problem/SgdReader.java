package dev.lowland.cli.problem;

import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.objective.LossKind;
import dev.lowland.optim.part.PartKind;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.schedule.Schedule;
import dev.lowland.optim.schedule.Schedules;
import dev.lowland.optim.sgd.Optimiser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads the field {@code sgd}: an optimiser of parts, each of a kind that the library lists. */
final class SgdReader {
    private static final List<String> FIELDS = List.of(
            "learningRate",
            "momentum",
            "batchSize",
            "labelNoise",
            "flipProbability",
            "rule",
            "batches",
            "noise",
            "parameterNoise",
            "weightDecay",
            "clipNorm",
            "clipValue",
            "steps",
            "epochs");

    private static final String FLIPS = "flipProbability";

    private SgdReader() {}

    static SgdSettings read(JsonFields root, LossKind loss, int samples) {
        JsonFields fields = root.object("sgd");
        fields.allowOnly(FIELDS);
        try {
            BatchLaw batches = BatchReader.read(fields);
            OptionalLong steps = steps(fields, batches, samples);
            Schedule schedule = schedule(fields, steps);
            UpdateRule rule = rule(fields);
            if (!loss.flipsLabels()) {
                NoiseReader.forbid(fields, FLIPS, "labelNoise", loss);
            }
            Noise noise = NoiseReader.read(fields, loss);
            Optimiser optimiser = Optimiser.of(rule, schedule)
                    .withBatches(batches)
                    .withNoise(noise)
                    .withRegularization(regularization(fields, rule));
            return new SgdSettings(optimiser, flips(fields, loss), steps);
        } catch (IllegalArgumentException e) {
            throw fields.refused(e);
        }
    }

    private static Schedule schedule(JsonFields fields, OptionalLong steps) {
        String name = "learningRate";
        if (!fields.require(name).isObject()) {
            return Schedules.constant(positive(fields, name));
        }
        PartKind<Schedule> kind = PartReader.kind(fields, name, Schedules.kinds());
        Map<String, Double> whole = steps.isPresent() ? Map.of("steps", (double) steps.getAsLong()) : Map.of();
        return PartReader.make(fields, name, kind, whole);
    }

    private static UpdateRule rule(JsonFields fields) {
        double momentum = fields.has("momentum") ? fields.number("momentum") : 0.0;
        if (!(momentum >= 0 && momentum < 1)) {
            throw fields.fault("momentum", String.valueOf(momentum), "at least 0 and less than 1");
        }
        if (!fields.has("rule")) {
            return momentum == 0 ? Rules.plain() : Rules.heavyBall(momentum);
        }
        PartKind<UpdateRule> kind = PartReader.kind(fields, "rule", Rules.kinds());
        if (momentum > 0 && !PartReader.has(kind, "momentum")) {
            throw fields.fault("momentum", String.valueOf(momentum), "left out, for the rule " + kind + " has none");
        }
        Map<String, Double> around = new HashMap<>();
        for (String shared : List.of("momentum", "weightDecay")) {
            if (fields.has(shared) && fields.require(shared).isNumber()) {
                around.put(shared, fields.number(shared));
            }
        }
        return PartReader.make(fields, "rule", kind, around);
    }

    private static Regularization regularization(JsonFields fields, UpdateRule rule) {
        Regularization found = Regularization.none();
        if (fields.has("clipNorm")) {
            found = found.withClipNorm(positive(fields, "clipNorm"));
        }
        if (fields.has("clipValue")) {
            found = found.withClipValue(positive(fields, "clipValue"));
        }
        String name = "weightDecay";
        if (!fields.has(name)) {
            return found;
        }
        if (fields.require(name).isObject()) {
            JsonFields own = fields.object(name);
            own.allowOnly(List.of("value", "decoupled"));
            double decay = NoiseReader.notNegative(own, "value");
            boolean decoupled = own.has("decoupled") && own.truth("decoupled");
            return decoupled ? found.withDecoupledWeightDecay(decay) : found.withWeightDecay(decay);
        }
        double decay = NoiseReader.notNegative(fields, name);
        return rule.name().equals("adamw") ? found : found.withWeightDecay(decay);
    }

    private static OptionalLong steps(JsonFields fields, BatchLaw batches, int samples) {
        long perEpoch = batches.stepsPerEpoch(samples);
        if (fields.has("epochs")) {
            if (fields.has("steps")) {
                throw fields.fault("steps", "beside epochs", "alone");
            }
            return OptionalLong.of(Math.multiplyExact((long) fields.wholeNumber("epochs", 1), perEpoch));
        }
        if (!fields.has("steps")) {
            return OptionalLong.empty();
        }
        long steps = fields.longNumber("steps");
        if (steps < 1) {
            throw fields.fault("steps", String.valueOf(steps), "at least 1");
        }
        return OptionalLong.of(steps);
    }

    private static OptionalDouble flips(JsonFields fields, LossKind loss) {
        if (!loss.flipsLabels()) {
            return OptionalDouble.empty();
        }
        double p = fields.number(FLIPS);
        if (!(p > 0 && p < 0.5)) {
            throw fields.fault(FLIPS, String.valueOf(p), "more than 0 and less than 0.5");
        }
        return OptionalDouble.of(p);
    }

    private static double positive(JsonFields fields, String name) {
        double number = fields.number(name);
        if (!(number > 0)) {
            throw fields.fault(name, String.valueOf(number), "positive");
        }
        return number;
    }
}
