package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import java.util.List;

/** f = ⟨x, u∘u − v∘v⟩. */
record Quadratic(int inputSize) implements Model {

    @Override
    public String kind() {
        return "quadratic";
    }

    @Override
    public int parameterCount() {
        return 2 * inputSize;
    }

    @Override
    public int outputSize() {
        return 1;
    }

    @Override
    public List<ParameterBlock> blocks() {
        return ParameterBlock.consecutive(List.of("u", "v"), inputSize, inputSize);
    }

    @Override
    public Node predict(Node parameters, Node inputs) {
        ModelRules.shapes(this, parameters, inputs);
        Node squares = Ops.square(parameters);
        Node weights = Ops.subtract(Ops.sliceRows(squares, 0, inputSize), Ops.sliceRows(squares, inputSize, inputSize));
        return Ops.matmul(inputs, weights);
    }
}
