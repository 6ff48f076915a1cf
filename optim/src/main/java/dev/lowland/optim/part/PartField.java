package dev.lowland.optim.part;

import dev.lowland.core.check.Checks;
import java.util.OptionalDouble;

/** A number that a part of an optimiser is made of. Immutable. */
public final class PartField {

    private final String name;
    private final OptionalDouble usual;

    private PartField(String name, OptionalDouble usual) {
        this.name = Checks.notNull("PartField", "name", name);
        this.usual = usual;
    }

    /**
     * A number that has to be given.
     *
     * @param name as files call it
     * @return the field
     */
    public static PartField required(String name) {
        return new PartField(name, OptionalDouble.empty());
    }

    /**
     * A number that may be left out.
     *
     * @param name as files call it
     * @param usual what it then is, finite
     * @return the field
     * @throws IllegalArgumentException if it is not finite
     */
    public static PartField optional(String name, double usual) {
        Checks.finite("PartField", "usual", usual);
        return new PartField(name, OptionalDouble.of(usual));
    }

    /**
     * The name in files.
     *
     * @return for example {@code beta1}
     */
    public String name() {
        return name;
    }

    /**
     * What it is where it is left out.
     *
     * @return the number, empty if it has to be given
     */
    public OptionalDouble usual() {
        return usual;
    }

    @Override
    public String toString() {
        return usual.isPresent() ? name + "=" + usual.getAsDouble() : name;
    }
}
