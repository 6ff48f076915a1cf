package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import java.util.List;
import java.util.OptionalInt;

/**
 * Parts one after the other along the middle axis: y(o, s_p + k, i) = x_p(o, k, i), k &lt; n_p, s_p = n_1 + … +
 * n_{p−1}. The transpose in part p is a {@link Slice}. Domain: all numbers.
 *
 * @param view that of the result
 * @param lengths n_1, n_2, …
 * @param target the shape of the result
 */
record Concat(View view, List<Integer> lengths, Shape target) implements LinearOp, Lowering {

    /** Keeps its own list. */
    Concat {
        lengths = List.copyOf(lengths);
    }

    @Override
    public String name() {
        return "concat(" + lengths + " of " + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        int total = 0;
        for (int p = 0; p < operands.length; p++) {
            if (operands[p].shape().size() != view.outer() * lengths.get(p) * view.inner()) {
                throw ShapeRules.broken(
                        name(), operands, "such that part " + p + " has outer·" + lengths.get(p) + "·inner entries");
            }
            total += lengths.get(p);
        }
        if (operands.length != lengths.size() || total != view.n() || target.size() != view.size()) {
            throw ShapeRules.broken(name(), operands, "such that the lengths of the parts add up to " + view.n());
        }
        return target;
    }

    private int start(int part) {
        return lengths.subList(0, part).stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int[] lengthOf = lengths.stream().mapToInt(Integer::intValue).toArray();
        int inner = view.inner() * layout.lanes();
        return (buffers, operands, result) -> {
            int start = 0;
            for (int p = 0; p < lengthOf.length; p++) {
                layout.kernels()
                        .placeMiddle(
                                view.outer(),
                                view.n(),
                                start,
                                lengthOf[p],
                                inner,
                                buffers[operands[p]],
                                buffers[result]);
                start += lengthOf[p];
            }
        };
    }

    @Override
    public OptionalInt placeOfOperand(int operand) {
        return view.outer() == 1 ? OptionalInt.of(start(operand) * view.inner()) : OptionalInt.empty();
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        Concat stacked = new Concat(view.stacked(count), lengths, target.stacked(count));
        return operands[0].graph().apply(stacked, Stacks.tileUnbatched(count, operands, batched));
    }

    @Override
    public Node push(int operand, Node tangent, int count) {
        Pad pad = new Pad(view.stacked(count), start(operand), lengths.get(operand), target.stacked(count));
        return tangent.graph().apply(pad, tangent);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        Slice slice = new Slice(view, start(operand), lengths.get(operand), operandShape);
        return cotangent.graph().apply(slice, cotangent);
    }
}
