package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;

/**
 * Exchanges two neighbouring blocks of axes: y(o, j, i, l) = x(o, i, j, l) for x seen as outer × rows × columns ×
 * inner. Its transpose is the same with rows and columns exchanged. Domain: all numbers.
 */
record Permute(int outer, int rows, int columns, int inner, Shape target) implements LinearOp {

    @Override
    public String name() {
        return "permute(" + outer + "·[" + rows + "·" + columns + "]·" + inner + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        int size = operands[0].shape().size();
        if ((long) outer * rows * columns * inner != size || target.size() != size) {
            throw ShapeRules.broken(name(), operands, "of outer·rows·columns·inner entries, to become shape " + target);
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int width = inner * layout.lanes();
        return (buffers, operands, result) ->
                layout.kernels().transpose(outer, rows, columns, width, buffers[operands[0]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        int all = ShapeRules.product(name(), "the outer axis of all problems", count, outer);
        return Axes.permute(operands[0], all, rows, columns, inner, target.stacked(count));
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return Axes.permute(cotangent, outer, columns, rows, inner, operandShape);
    }
}
