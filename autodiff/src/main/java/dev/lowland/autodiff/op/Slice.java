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
import java.util.OptionalInt;

/**
 * A stretch of the middle axis of a view: y(o, k, i) = x(o, start + k, i), k &lt; length. The transpose of {@link Pad}.
 */
record Slice(View view, int start, int length, Shape target) implements LinearOp, Lowering {

    @Override
    public String name() {
        return "slice(" + start + "+" + length + " of " + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        if (operands[0].shape().size() != view.size() || start < 0 || length < 0 || start > view.n() - length) {
            throw ShapeRules.broken(
                    name(), operands, "cut with 0 ≤ start, start + length ≤ the length of the axis, " + view.n());
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        return (buffers, operands, result) -> layout.kernels()
                .sliceMiddle(
                        view.outer(),
                        view.n(),
                        start,
                        length,
                        view.inner() * layout.lanes(),
                        buffers[operands[0]],
                        buffers[result]);
    }

    @Override
    public OptionalInt stretchOfOperand() {
        return view.outer() == 1 ? OptionalInt.of(start * view.inner()) : OptionalInt.empty();
    }

    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        int[] values = new int[result.size()];
        int kept = length * view.inner();
        int all = view.n() * view.inner();
        Arrays.setAll(values, e -> operands[0][e / kept * all + start * view.inner() + e % kept]);
        return Optional.of(values);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return Simplify.slice(new Slice(view.stacked(count), start, length, target.stacked(count)), operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return cotangent.graph().apply(new Pad(view, start, length, operandShape), cotangent);
    }
}
