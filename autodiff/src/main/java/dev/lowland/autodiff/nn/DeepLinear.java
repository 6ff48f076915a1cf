package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import java.util.ArrayList;
import java.util.List;

/** f = x·W₁·…·W_D. */
record DeepLinear(List<Integer> layers) implements Model {

    @Override
    public String kind() {
        return "deep-linear";
    }

    @Override
    public int parameterCount() {
        int count = 0;
        for (int i = 1; i < layers.size(); i++) {
            count = Math.addExact(count, Math.multiplyExact(layers.get(i - 1), layers.get(i)));
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

    @Override
    public List<ParameterBlock> blocks() {
        List<String> names = new ArrayList<>();
        int[] lengths = new int[layers.size() - 1];
        for (int i = 1; i < layers.size(); i++) {
            names.add("W" + i);
            lengths[i - 1] = layers.get(i - 1) * layers.get(i);
        }
        return ParameterBlock.consecutive(names, lengths);
    }

    @Override
    public Node predict(Node parameters, Node inputs) {
        ModelRules.shapes(this, parameters, inputs);
        ParameterReader reader = new ParameterReader(parameters);
        Node values = inputs;
        for (int i = 1; i < layers.size(); i++) {
            values = Ops.matmul(values, reader.next(layers.get(i - 1), layers.get(i)));
        }
        return values;
    }
}
