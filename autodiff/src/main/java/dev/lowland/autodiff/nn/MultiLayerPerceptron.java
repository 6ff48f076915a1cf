package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers of x·W + b with an activation between them and none after the last.
 *
 * @param layers widths, input first
 * @param activation the function between layers
 */
public record MultiLayerPerceptron(List<Integer> layers, Activation activation) implements Model {

    /** Keeps its own list. */
    public MultiLayerPerceptron {
        layers = ModelRules.layers(
                "mlp", layers.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * The same layers with another activation.
     *
     * @param other the function between layers
     * @return a new model
     */
    public MultiLayerPerceptron activation(Activation other) {
        return new MultiLayerPerceptron(layers, other);
    }

    @Override
    public String kind() {
        return "mlp";
    }

    @Override
    public int parameterCount() {
        int count = 0;
        for (int i = 1; i < layers.size(); i++) {
            count = Math.addExact(count, Math.multiplyExact(layers.get(i - 1) + 1, layers.get(i)));
        }
        return count;
    }

    @Override
    public int inputSize() {
        return layers.get(0);
    }

    @Override
    public int outputSize() {
        return layers.get(layers.size() - 1);
    }

    /** One a layer: its W and its b. */
    @Override
    public List<ParameterBlock> blocks() {
        List<String> names = new ArrayList<>();
        int[] lengths = new int[layers.size() - 1];
        for (int i = 1; i < layers.size(); i++) {
            names.add("layer " + i);
            lengths[i - 1] = (layers.get(i - 1) + 1) * layers.get(i);
        }
        return ParameterBlock.consecutive(names, lengths);
    }

    @Override
    public Node predict(Node parameters, Node inputs) {
        ModelRules.shapes(this, parameters, inputs);
        ParameterReader reader = new ParameterReader(parameters);
        Node values = inputs;
        for (int i = 1; i < layers.size(); i++) {
            Node weights = reader.next(layers.get(i - 1), layers.get(i));
            Node bias = reader.next(1, layers.get(i));
            values = Ops.add(Ops.matmul(values, weights), bias);
            values = i + 1 < layers.size() ? activation.apply(values) : values;
        }
        return values;
    }
}
