package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import java.util.List;

/** f = ⟨x, u∘u − v∘v⟩. */
final class Quadratic extends BlockModel {
    static final ModelKind KIND =
            new ModelKind("quadratic", List.of(), (given, inputs, outputs) -> new Quadratic(inputs));

    Quadratic(int inputSize) {
        super(KIND.name(), inputSize, 1, blocks(inputSize));
    }

    private static List<ParameterBlock> blocks(int inputSize) {
        ModelRules.positive(KIND.name(), "inputSize", inputSize);
        ParameterMatrix half = ParameterMatrix.free(inputSize, 1);
        return new BlockList(KIND.name()).add("u", half).add("v", half).blocks();
    }

    @Override
    Node expression(Node parameters, Node inputs) {
        int half = inputSize();
        Node squares = Ops.square(parameters);
        Node weights = Ops.subtract(Ops.sliceRows(squares, 0, half), Ops.sliceRows(squares, half, half));
        return Ops.matmul(inputs, weights);
    }
}
