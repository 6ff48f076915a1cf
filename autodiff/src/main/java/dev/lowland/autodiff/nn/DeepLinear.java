package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Ops;
import java.util.List;

/** f = x·W₁·…·W_D. */
final class DeepLinear extends BlockModel {
    private static final ModelField<List<Integer>> LAYERS = ModelField.sizes("layers");

    static final ModelKind KIND = new ModelKind(
            "deep-linear",
            List.of(LAYERS),
            (given, inputs, outputs) -> new DeepLinear(ModelRules.layers(given, LAYERS, inputs, outputs)));

    private final int depth;

    DeepLinear(List<Integer> layers) {
        super(KIND.name(), layers.get(0), layers.get(layers.size() - 1), blocks(layers));
        depth = layers.size() - 1;
    }

    private static List<ParameterBlock> blocks(List<Integer> layers) {
        BlockList blocks = new BlockList(KIND.name());
        for (int i = 1; i < layers.size(); i++) {
            blocks.add("W" + i, ParameterMatrix.layer(layers.get(i - 1), layers.get(i)));
        }
        return blocks.blocks();
    }

    @Override
    Node expression(Node parameters, Node inputs) {
        ParameterCursor matrices = matrices(parameters);
        Node values = inputs;
        for (int i = 0; i < depth; i++) {
            values = Ops.matmul(values, matrices.next());
        }
        return values;
    }
}
