package dev.lowland.cli.problem;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lowland.optim.objective.LossKind;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads the field {@code sgd}. */
final class SgdReader {
    private static final List<String> FIELDS =
            List.of("learningRate", "momentum", "batchSize", "labelNoise", "flipProbability");

    private SgdReader() {}

    static SgdSettings read(JsonFields root, LossKind loss) {
        JsonFields fields = root.object("sgd");
        fields.allowOnly(FIELDS);
        double learningRate = fields.number("learningRate");
        if (!(learningRate > 0)) {
            throw fields.fault("learningRate", String.valueOf(learningRate), "positive");
        }
        double momentum = fields.has("momentum") ? fields.number("momentum") : 0.0;
        if (!(momentum >= 0 && momentum < 1)) {
            throw fields.fault("momentum", String.valueOf(momentum), "at least 0 and less than 1");
        }
        OptionalInt batchSize = batchSize(fields);
        if (loss.flipsLabels()) {
            forbid(fields, "labelNoise", "flipProbability", loss);
            OptionalDouble flips = OptionalDouble.of(flipProbability(fields));
            return new SgdSettings(learningRate, momentum, batchSize, 0.0, flips);
        }
        forbid(fields, "flipProbability", "labelNoise", loss);
        double labelNoise = fields.number("labelNoise");
        if (!(labelNoise >= 0)) {
            throw fields.fault("labelNoise", String.valueOf(labelNoise), "at least 0");
        }
        return new SgdSettings(learningRate, momentum, batchSize, labelNoise, OptionalDouble.empty());
    }

    private static OptionalInt batchSize(JsonFields fields) {
        JsonNode node = fields.require("batchSize");
        if (!node.isTextual()) {
            return OptionalInt.of(fields.wholeNumber("batchSize", 1));
        }
        if (!node.textValue().equals("full")) {
            throw fields.fault("batchSize", JsonFields.kind(node), "a whole number or the word \"full\"");
        }
        return OptionalInt.empty();
    }

    private static double flipProbability(JsonFields fields) {
        double p = fields.number("flipProbability");
        if (!(p > 0 && p < 0.5)) {
            throw fields.fault("flipProbability", String.valueOf(p), "more than 0 and less than 0.5");
        }
        return p;
    }

    private static void forbid(JsonFields fields, String field, String instead, LossKind loss) {
        if (fields.has(field)) {
            throw fields.fault(field, "given", "left out, for the loss " + loss.name() + " uses " + instead);
        }
    }
}
