package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;

/** f = ⟨x, θ⟩. */
record Linear(int inputSize) implements Model {

    @Override
    public String kind() {
        return "linear";
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
        ModelRules.shapes(this, parameters, inputs);
        return Ops.matmul(inputs, parameters);
    }
}
