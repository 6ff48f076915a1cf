package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.List;

/**
 * A model as files know it: a name, the fields that describe it, and what makes it of them. {@link Models#kinds} has
 * all of them. Immutable.
 */
public final class ModelKind {

    /** Makes a model of fields and of the sizes of the data, which a model may take its own from. */
    interface Factory {
        Model make(GivenFields given, int inputs, int outputs);
    }

    private final String name;
    private final List<ModelField<?>> fields;
    private final Factory factory;

    ModelKind(String name, List<ModelField<?>> fields, Factory factory) {
        this.name = name;
        this.fields = List.copyOf(fields);
        this.factory = factory;
    }

    /**
     * The name in files.
     *
     * @return for example {@code mlp}
     */
    public String name() {
        return name;
    }

    /**
     * The fields that describe a model of this kind; each is required, and no other is legal.
     *
     * @return the fields, in the order in which to list them
     */
    public List<ModelField<?>> fields() {
        return fields;
    }

    /**
     * The model.
     *
     * @param given the fields
     * @param inputs numbers in the input of a sample
     * @param outputs numbers in the target of a sample
     * @return a model of these sizes
     * @throws IllegalArgumentException if the fields are legal one by one, but make no model
     */
    public Model make(GivenFields given, int inputs, int outputs) {
        Checks.notNull(name, "given", given);
        Model model = factory.make(given, inputs, outputs);
        agree(given, "inputs", model.inputSize(), inputs);
        agree(given, "outputs", model.outputSize(), outputs);
        return model;
    }

    private void agree(GivenFields given, String what, int ofModel, int ofData) {
        if (ofModel != ofData) {
            throw given.fault(
                    "kind",
                    "a " + name + " model of " + ofModel + " " + what,
                    "of " + ofData + ", as a row of the data");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
