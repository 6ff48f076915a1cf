package dev.lowland.optim.support;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.op.Ops;

/** f = ⟨x, u²⟩, the model of the table in the notes on the theory. */
public record SquaredWeights(int inputSize) implements Model {

    @Override
    public String kind() {
        return "squared-weights";
    }

    @Override
    public int parameterCount() {
        return inputSize;
    }

    @Override
    public int outputSize() {
        return 1;
    }

    @Override
    public Node predict(Node parameters, Node inputs) {
        return Ops.matmul(inputs, Ops.square(parameters));
    }
}
