package dev.lowland.autodiff.nn;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A field by which files describe a model: its name, its type and its rule. Immutable.
 *
 * @param <T> its type
 */
public final class ModelField<T> {
    private final String name;
    private final BiFunction<GivenFields, String, T> read;

    private ModelField(String name, BiFunction<GivenFields, String, T> read) {
        this.name = name;
        this.read = read;
    }

    /** A whole number of at least 1. */
    static ModelField<Integer> size(String name) {
        return wholeNumber(name, 1);
    }

    /** A whole number of at least this. */
    static ModelField<Integer> wholeNumber(String name, int least) {
        return new ModelField<>(name, (given, field) -> given.wholeNumber(field, least));
    }

    /** A list of objects, each with fields of its own. */
    static <T> ModelField<List<T>> objects(String name, List<ModelField<?>> fields, Function<GivenFields, T> maker) {
        List<String> legal = fields.stream().<String>map(ModelField::name).toList();
        return new ModelField<>(
                name,
                (given, field) ->
                        given.objects(field, legal).stream().map(maker).toList());
    }

    /** A list of whole numbers of at least 1. */
    static ModelField<List<Integer>> sizes(String name) {
        return new ModelField<>(name, (given, field) -> given.wholeNumbers(field, 1));
    }

    /** One of several values, by its label. */
    static <T> ModelField<T> oneOf(String name, T[] values, Function<T, String> label) {
        return new ModelField<>(name, (given, field) -> given.oneOf(field, List.of(values), label));
    }

    /** The same field, which may be left out. */
    ModelField<Optional<T>> optional() {
        return new ModelField<>(
                name, (given, field) -> given.has(field) ? Optional.of(read.apply(given, field)) : Optional.empty());
    }

    /** The same field, which may be left out for a value that is meant then. */
    ModelField<T> or(T fallback) {
        return new ModelField<>(name, (given, field) -> given.has(field) ? read.apply(given, field) : fallback);
    }

    /**
     * The name in files.
     *
     * @return for example {@code layers}
     */
    public String name() {
        return name;
    }

    T read(GivenFields given) {
        return read.apply(given, name);
    }
}
