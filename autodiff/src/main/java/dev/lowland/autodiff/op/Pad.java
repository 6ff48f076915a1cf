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

/**
 * Puts x into a stretch of the middle axis of a longer view, zero elsewhere: y(o, start + k, i) = x(o, k, i), k &lt;
 * length. The transpose of {@link Slice}; {@code view} is that of the result.
 */
record Pad(View view, int start, int length, Shape target) implements LinearOp, Lowering {

    @Override
    public String name() {
        return "pad(" + start + "+" + length + " of " + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        if (operands[0].shape().size() != view.outer() * length * view.inner()
                || target.size() != view.size()
                || start < 0
                || length < 0
                || start > view.n() - length) {
            throw ShapeRules.broken(
                    name(), operands, "put at 0 ≤ start, start + length ≤ the length of the axis, " + view.n());
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        return (buffers, operands, result) -> layout.kernels()
                .padMiddle(
                        view.outer(),
                        view.n(),
                        start,
                        length,
                        view.inner() * layout.lanes(),
                        buffers[operands[0]],
                        buffers[result]);
    }

    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        int[] values = new int[result.size()];
        int given = length * view.inner();
        int all = view.n() * view.inner();
        Arrays.fill(values, code.constant(0));
        for (int e = 0; e < operands[0].length; e++) {
            values[e / given * all + start * view.inner() + e % given] = operands[0][e];
        }
        return Optional.of(values);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        Pad stacked = new Pad(view.stacked(count), start, length, target.stacked(count));
        return operands[0].graph().apply(stacked, operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return cotangent.graph().apply(new Slice(view, start, length, operandShape), cotangent);
    }
}
