package dev.lowland.cli.problem;

import dev.lowland.optim.part.PartField;
import dev.lowland.optim.part.PartKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads a part of an optimiser, by the kinds that the library lists: its name alone, as {@code "adam"}, or an object
 * with the name and the part's own numbers, as {@code {"kind": "adam", "beta1": 0.8}}. What is true or false counts as
 * 1 or 0.
 */
final class PartReader {
    private PartReader() {}

    /** Which kind is meant. */
    static <T> PartKind<T> kind(JsonFields fields, String name, List<PartKind<T>> kinds) {
        return fields.require(name).isObject()
                ? fields.object(name).oneOf("kind", kinds, PartKind::name)
                : fields.oneOf(name, kinds, PartKind::name);
    }

    /** Whether a kind has a number of this name. */
    static boolean has(PartKind<?> kind, String field) {
        return kind.fields().stream().map(PartField::name).anyMatch(field::equals);
    }

    /** The part; numbers that it does not give itself are taken from {@code around}, if they are there. */
    static <T> T make(JsonFields fields, String name, PartKind<T> kind, Map<String, Double> around) {
        Map<String, Double> numbers = new HashMap<>();
        around.forEach((field, value) -> {
            if (has(kind, field)) {
                numbers.put(field, value);
            }
        });
        if (fields.require(name).isObject()) {
            JsonFields own = fields.object(name);
            List<String> names = kind.fields().stream().map(PartField::name).toList();
            own.allowOnly(Stream.concat(Stream.of("kind"), names.stream()).toList());
            names.stream().filter(own::has).forEach(field -> numbers.put(field, number(own, field)));
        }
        try {
            return kind.make(numbers);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(fields.file(), fields.pathOf(name), e);
        }
    }

    private static double number(JsonFields own, String field) {
        if (own.require(field).isBoolean()) {
            return own.truth(field) ? 1 : 0;
        }
        return own.number(field);
    }
}
