package dev.lowland.cli.problem;

import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.part.PartKind;
import java.util.List;
import java.util.Map;

/**
 * Reads which samples a step takes, of {@code batchSize}, a number or the word {@code "full"}, and {@code batches}, a
 * kind of {@link Batches#kinds} or {@code {"kind": "given", "indices": [[0, 1], [2, 3]]}}. With a size alone samples
 * are drawn with replacement.
 */
final class BatchReader {
    private static final String SIZE = "batchSize";
    private static final String LAW = "batches";
    private static final String FULL = "full";
    private static final String GIVEN = "given";

    private BatchReader() {}

    static BatchLaw read(JsonFields fields) {
        boolean word = fields.has(SIZE) && isFull(fields);
        if (!fields.has(LAW)) {
            return word || isFull(fields) ? Batches.full() : Batches.withReplacement(size(fields));
        }
        if (fields.require(LAW).isObject() && fields.object(LAW).has("indices")) {
            return given(fields);
        }
        PartKind<BatchLaw> kind = PartReader.kind(fields, LAW, Batches.kinds());
        boolean full = kind.name().equals(FULL);
        if (fields.has(SIZE) && word != full) {
            throw fields.fault(
                    SIZE,
                    JsonFields.kind(fields.require(SIZE)),
                    full
                            ? "left out, or the word \"full\", for batches of all samples"
                            : "a number, for batches " + kind);
        }
        Map<String, Double> around = fields.has(SIZE) && !word ? Map.of(SIZE, (double) size(fields)) : Map.of();
        return PartReader.make(fields, LAW, kind, around);
    }

    private static int size(JsonFields fields) {
        return fields.wholeNumber(SIZE, 1);
    }

    private static boolean isFull(JsonFields fields) {
        boolean text = fields.require(SIZE).isTextual();
        if (text && !fields.text(SIZE).equals(FULL)) {
            throw fields.fault(SIZE, JsonFields.kind(fields.require(SIZE)), "a whole number or the word \"full\"");
        }
        return text;
    }

    private static BatchLaw given(JsonFields fields) {
        JsonFields own = fields.object(LAW);
        own.allowOnly(List.of("kind", "indices"));
        own.oneOf("kind", List.of(GIVEN), name -> name);
        if (fields.has(SIZE)) {
            throw fields.fault(SIZE, "given", "left out, for the batches are given");
        }
        try {
            return Batches.given(own.wholeRows("indices", 0));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(fields.file(), own.pathOf("indices"), e);
        }
    }
}
