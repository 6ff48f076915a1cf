package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What all models check, the texts of their errors, and the layer that many end with. */
final class ModelRules {
    private ModelRules() {}

    static int positive(String model, String argument, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    model + ": " + argument + " = " + value + "; rule: " + argument + " ≥ 1");
        }
        return value;
    }

    static List<Integer> layers(String model, int... layers) {
        if (layers.length < 2) {
            throw new IllegalArgumentException(
                    model + ": " + layers.length + " layer widths; rule: at least two, the input's and the output's");
        }
        for (int width : layers) {
            positive(model, "layer width", width);
        }
        return Arrays.stream(layers).boxed().collect(Collectors.toUnmodifiableList());
    }

    static void shapes(Model model, Node parameters, Node inputs) {
        if (!parameters.shape().equals(Shape.of(model.parameterCount(), 1))) {
            throw new IllegalArgumentException(model.kind() + ": parameters " + parameters + "; rule: "
                    + model.parameterCount() + "×1, one number a parameter");
        }
        if (inputs.shape().groups() != 1 || inputs.shape().columns() != model.inputSize()) {
            throw new IllegalArgumentException(model.kind() + ": inputs " + inputs + "; rule: one matrix of "
                    + model.inputSize() + " columns, a row for each sample");
        }
    }

    /** The last layer, x·W + b with W (features × outputs) and b taken from θ. */
    static Node head(ParameterReader reader, Node features, int outputs) {
        Node weights = reader.next(features.shape().columns(), outputs);
        return Ops.add(Ops.matmul(features, weights), reader.next(1, outputs));
    }
}
