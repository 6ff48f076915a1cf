package dev.lowland.autodiff.nn;

import java.util.List;
import java.util.function.Function;

/**
 * The fields of one object of a file, as whoever reads files gives them to a {@link ModelKind}. Every method returns
 * what its rule allows, or throws what the reader throws for a file that breaks a rule, with the name of the field.
 */
public interface GivenFields {

    /**
     * Whether a field is given, for those that may be left out.
     *
     * @param field its name
     * @return true if it stands there
     */
    boolean has(String field);

    /**
     * A list of objects with fields of their own.
     *
     * @param field its name
     * @param legal the names of the fields that each of them may have
     * @return the objects
     */
    List<GivenFields> objects(String field, List<String> legal);

    /**
     * A whole number.
     *
     * @param field its name
     * @param least the smallest allowed
     * @return the number
     */
    int wholeNumber(String field, int least);

    /**
     * A list of whole numbers.
     *
     * @param field its name
     * @param least the smallest allowed
     * @return the numbers
     */
    List<Integer> wholeNumbers(String field, int least);

    /**
     * One of several values, by its name.
     *
     * @param field its name
     * @param values those there are
     * @param label the name of a value
     * @param <T> what it is
     * @return the value named
     */
    <T> T oneOf(String field, List<T> values, Function<T, String> label);

    /**
     * What to throw where a rule is broken that the methods above do not know.
     *
     * @param place a field, or part of one such as {@code layers[0]}
     * @param found what stands there
     * @param rule what it must be
     * @return the exception
     */
    RuntimeException fault(String place, String found, String rule);

    /**
     * A field as a model describes it.
     *
     * @param field the field
     * @param <T> what it is
     * @return its value
     */
    default <T> T get(ModelField<T> field) {
        return field.read(this);
    }
}
