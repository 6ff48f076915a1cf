package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import java.util.List;

/** f = ⟨A, U Vᵀ⟩. */
record MatrixSensing(int rows, int columns, int rank) implements Model {

    @Override
    public String kind() {
        return "matrix-sensing";
    }

    @Override
    public int parameterCount() {
        return Math.multiplyExact(rows + columns, rank);
    }

    @Override
    public int inputSize() {
        return Math.multiplyExact(rows, columns);
    }

    @Override
    public int outputSize() {
        return 1;
    }

    @Override
    public List<ParameterBlock> blocks() {
        return ParameterBlock.consecutive(List.of("U", "V"), rows * rank, columns * rank);
    }

    @Override
    public Node predict(Node parameters, Node inputs) {
        ModelRules.shapes(this, parameters, inputs);
        ParameterReader reader = new ParameterReader(parameters);
        Node left = reader.next(rows, rank);
        Node right = reader.next(columns, rank);
        Node product = Ops.matmul(left, false, right, true);
        return Ops.matmul(inputs, Ops.reshape(product, Shape.of(inputSize(), 1)));
    }
}
