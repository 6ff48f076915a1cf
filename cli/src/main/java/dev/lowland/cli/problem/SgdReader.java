package dev.lowland.cli.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Reads the field {@code sgd}.
 *
 * @param settings η, β, B and σ
 * @param flipProbability p in (0, ½) for a loss that flips labels, otherwise 0
 */
record SgdReader(SgdSettings settings, double flipProbability) {
    private static final List<String> FIELDS =
            List.of("learningRate", "momentum", "batchSize", "labelNoise", "flipProbability");

    static SgdReader of(JsonFields root, LossReader loss) {
        JsonFields fields = root.object("sgd");
        fields.allowOnly(FIELDS);
        double learningRate = fields.number("learningRate");
        if (!(learningRate > 0)) {
            throw fields.fault("learningRate", "is " + learningRate + "; it must be positive");
        }
        double momentum = fields.has("momentum") ? fields.number("momentum") : 0.0;
        if (!(momentum >= 0 && momentum < 1)) {
            throw fields.fault("momentum", "is " + momentum + "; it must be at least 0 and less than 1");
        }
        int batchSize = batchSize(fields);
        if (loss.flipsLabels()) {
            forbid(fields, "labelNoise", "flipProbability", loss);
            return new SgdReader(new SgdSettings(learningRate, momentum, batchSize, 0.0), flipProbability(fields));
        }
        forbid(fields, "flipProbability", "labelNoise", loss);
        double labelNoise = fields.number("labelNoise");
        if (!(labelNoise >= 0)) {
            throw fields.fault("labelNoise", "is " + labelNoise + "; a standard deviation is at least 0");
        }
        return new SgdReader(new SgdSettings(learningRate, momentum, batchSize, labelNoise), 0.0);
    }

    private static int batchSize(JsonFields fields) {
        JsonNode node = fields.require("batchSize");
        if (!node.isTextual()) {
            return fields.wholeNumber("batchSize", 1);
        }
        if (!node.textValue().equals("full")) {
            throw fields.fault(
                    "batchSize", "is \"" + node.textValue() + "\"; it must be a whole number or the word \"full\"");
        }
        return SgdSettings.FULL_BATCH;
    }

    private static double flipProbability(JsonFields fields) {
        double p = fields.number("flipProbability");
        if (!(p > 0 && p < 0.5)) {
            throw fields.fault("flipProbability", "is " + p + "; it must be more than 0 and less than 0.5");
        }
        return p;
    }

    private static void forbid(JsonFields fields, String field, String instead, LossReader loss) {
        if (fields.has(field)) {
            throw fields.fault(field, "does not belong to the loss " + loss.label() + ", which uses " + instead);
        }
    }
}
