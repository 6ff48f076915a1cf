package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import java.util.List;

/** f = ⟨x, θ⟩. */
final class Linear extends BlockModel {
    static final ModelKind KIND = new ModelKind("linear", List.of(), (given, inputs, outputs) -> new Linear(inputs));

    Linear(int inputSize) {
        super(KIND.name(), inputSize, 1, blocks(inputSize));
    }

    private static List<ParameterBlock> blocks(int inputSize) {
        ModelRules.positive(KIND.name(), "inputSize", inputSize);
        return new BlockList(KIND.name())
                .add("weights", ParameterMatrix.free(inputSize, 1))
                .blocks();
    }

    @Override
    Node expression(Node parameters, Node inputs) {
        return Ops.matmul(inputs, parameters);
    }
}
