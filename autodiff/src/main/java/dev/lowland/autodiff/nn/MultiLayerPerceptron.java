package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import java.util.List;

/** Layers of x·W + b with an activation between them and none after the last. Immutable. */
public final class MultiLayerPerceptron extends BlockModel {
    private static final ModelField<List<Integer>> LAYERS = ModelField.sizes("layers");
    private static final ModelField<Activation> ACTIVATION =
            ModelField.oneOf("activation", Activation.values(), Activation::label);

    static final ModelKind KIND = new ModelKind(
            "mlp",
            List.of(LAYERS, ACTIVATION),
            (given, inputs, outputs) ->
                    new MultiLayerPerceptron(ModelRules.layers(given, LAYERS, inputs, outputs), given.get(ACTIVATION)));

    private final List<Integer> layers;
    private final Activation activation;

    MultiLayerPerceptron(List<Integer> layers, Activation activation) {
        super(KIND.name(), layers.get(0), layers.get(layers.size() - 1), blocks(layers));
        this.layers = List.copyOf(layers);
        this.activation = activation;
    }

    private static List<ParameterBlock> blocks(List<Integer> layers) {
        BlockList blocks = new BlockList(KIND.name());
        for (int i = 1; i < layers.size(); i++) {
            blocks.add("layer " + i, ModelRules.layer(layers.get(i - 1), layers.get(i)));
        }
        return blocks.blocks();
    }

    /**
     * The same layers with another activation.
     *
     * @param other the function between layers
     * @return a new model
     */
    public MultiLayerPerceptron withActivation(Activation other) {
        return new MultiLayerPerceptron(layers, Checks.notNull(KIND.name(), "activation", other));
    }

    @Override
    Node expression(Node parameters, Node inputs) {
        ParameterCursor matrices = matrices(parameters);
        Node values = inputs;
        for (int i = 1; i < layers.size(); i++) {
            Node weights = matrices.next();
            Node bias = matrices.next();
            values = Ops.add(Ops.matmul(values, weights), bias);
            values = i + 1 < layers.size() ? activation.apply(values) : values;
        }
        return values;
    }

    @Override
    public String toString() {
        return "mlp(" + layers + ", " + activation.label() + ")";
    }
}
