package dev.lowland.autodiff.nn;

import dev.lowland.core.check.Checks;
import java.util.List;
import java.util.OptionalInt;

/**
 * A model as files know it: a name, the fields that describe it, and what makes it of them. {@link Models#kinds} has
 * all of them. Immutable.
 */
public final class ModelKind {

    /**
     * Makes a model of fields and of the sizes of the data, which a model may take its own from; there are no outputs
     * where the data do not tell.
     */
    interface Factory {
        Model make(GivenFields given, int inputs, OptionalInt outputs);
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
     * The fields that describe a model of this kind; no other is legal.
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
     * @param outputs numbers in the target of a sample; empty for classes, of which the model says how many there are
     * @return a model of these sizes
     * @throws IllegalArgumentException if the fields are legal one by one, but make no model
     */
    public Model make(GivenFields given, int inputs, OptionalInt outputs) {
        Checks.notNull(name, "given", given);
        Checks.notNull(name, "outputs", outputs);
        Model model = factory.make(given, inputs, outputs);
        agree(given, "inputs", model.inputSize(), inputs);
        outputs.ifPresent(ofData -> agree(given, "outputs", model.outputSize(), ofData));
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
