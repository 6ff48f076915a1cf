package dev.lowland.optim.part;

import dev.lowland.core.check.Checks;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A part of an optimiser as files know it: a name, its fields, and what makes it of them. Immutable.
 *
 * @param <T> what it makes
 */
public final class PartKind<T> {

    /**
     * Makes a part of the numbers of its fields, in their order.
     *
     * @param <T> what it makes
     */
    @FunctionalInterface
    public interface Factory<T> {

        /**
         * The part.
         *
         * @param numbers one for each field, finite. Not modified.
         * @return the part
         * @throws IllegalArgumentException if a number is out of range
         */
        T make(double[] numbers);
    }

    private final String name;
    private final List<PartField> fields;
    private final Factory<T> factory;

    private PartKind(String name, List<PartField> fields, Factory<T> factory) {
        this.name = name;
        this.fields = fields;
        this.factory = factory;
    }

    /**
     * A kind.
     *
     * @param name as files call it
     * @param factory makes the part
     * @param fields in the order in which the factory takes them
     * @param <T> what it makes
     * @return the kind
     */
    public static <T> PartKind<T> of(String name, Factory<T> factory, PartField... fields) {
        Checks.notNull("PartKind", "name", name);
        Checks.notNull("PartKind", "factory", factory);
        Checks.noNulls("PartKind", "fields", fields);
        return new PartKind<>(name, List.of(fields), factory);
    }

    /**
     * The name in files.
     *
     * @return for example {@code adam}
     */
    public String name() {
        return name;
    }

    /**
     * The fields.
     *
     * @return in the order in which to list them
     */
    public List<PartField> fields() {
        return fields;
    }

    /**
     * The part.
     *
     * @param given numbers by the names of their fields, finite. Not modified.
     * @return the part
     * @throws IllegalArgumentException if a field is missing, unknown or out of range
     */
    public T make(Map<String, Double> given) {
        Checks.notNull(name, "given", given);
        for (Map.Entry<String, Double> entry : given.entrySet()) {
            Checks.notNull(name, "field", entry.getKey());
            Checks.notNull(name, entry.getKey(), entry.getValue());
            Checks.finite(name, entry.getKey(), entry.getValue());
            if (fields.stream().noneMatch(field -> field.name().equals(entry.getKey()))) {
                throw Checks.error(
                        name,
                        "field",
                        entry.getKey(),
                        fields.isEmpty()
                                ? "left out, as there are none"
                                : fields.stream()
                                        .map(PartField::name)
                                        .collect(Collectors.joining(", ", "one of ", "")));
            }
        }
        double[] numbers = new double[fields.size()];
        for (int i = 0; i < numbers.length; i++) {
            PartField field = fields.get(i);
            Double number = given.get(field.name());
            if (number == null && field.usual().isEmpty()) {
                throw Checks.error(name, field.name(), "missing", "given");
            }
            numbers[i] = number == null ? field.usual().getAsDouble() : number;
        }
        return factory.make(numbers);
    }

    @Override
    public String toString() {
        return name;
    }
}
