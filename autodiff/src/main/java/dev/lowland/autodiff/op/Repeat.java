package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.lane.LaneCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Repeats along the middle axis of a view: y(o, k, i) = x(o, i). The transpose of {@link SumAxis}. */
record Repeat(View view, Shape target) implements LinearOp, Lowering {

    @Override
    public String name() {
        return "repeat(" + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        if (operands[0].shape().size() != view.outer() * view.inner() || target.size() != view.size()) {
            throw ShapeRules.broken(
                    name(), operands, "of outer·inner entries, to become outer·n·inner in shape " + target);
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        return (buffers, operands, result) -> layout.kernels()
                .broadcastMiddle(
                        view.outer(), view.n(), view.inner() * layout.lanes(), buffers[operands[0]], buffers[result]);
    }

    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        int[] values = new int[result.size()];
        int inner = view.inner();
        Arrays.setAll(values, e -> operands[0][e / (view.n() * inner) * inner + e % inner]);
        return Optional.of(values);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(new Repeat(view.stacked(count), target.stacked(count)), operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return cotangent.graph().apply(new SumAxis(view, operandShape), cotangent);
    }
}
