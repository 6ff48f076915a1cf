package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import java.util.List;

/**
 * Picks by fixed positions along the middle axis of a view: y(o, k, i) = x(o, p_k, i). The transpose of
 * {@link ScatterAdd}. Domain: all numbers.
 *
 * @param view that of the operand
 * @param positions p_1, p_2, …, repeated ones allowed
 * @param target the shape of the result
 */
record Gather(View view, List<Integer> positions, Shape target) implements LinearOp {

    /** Keeps its own list. */
    Gather {
        positions = List.copyOf(positions);
    }

    @Override
    public String name() {
        return "gather(" + positions.size() + " of " + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        if (operands[0].shape().size() != view.size()
                || target.size() != view.outer() * positions.size() * view.inner()) {
            throw ShapeRules.broken(
                    name(), operands, "of outer·n·inner entries, to become outer·positions·inner in " + target);
        }
        ShapeRules.positions(name(), operands, positions, view.n());
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int[] picked = positions.stream().mapToInt(Integer::intValue).toArray();
        int inner = view.inner() * layout.lanes();
        return (buffers, operands, result) -> layout.kernels()
                .gatherMiddle(view.outer(), view.n(), inner, picked, buffers[operands[0]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        Gather stacked = new Gather(view.stacked(count), positions, target.stacked(count));
        return operands[0].graph().apply(stacked, operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return cotangent.graph().apply(new ScatterAdd(view, positions, operandShape), cotangent);
    }
}
