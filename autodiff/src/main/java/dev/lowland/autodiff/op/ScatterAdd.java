package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import java.util.List;

/**
 * Adds up at fixed positions along the middle axis of a view: y(o, j, i) = Σ x(o, k, i) over the k with p_k = j. The
 * transpose of {@link Gather}. Domain: all numbers.
 *
 * @param view that of the result
 * @param positions p_1, p_2, …, repeated ones allowed
 * @param target the shape of the result
 */
record ScatterAdd(View view, List<Integer> positions, Shape target) implements LinearOp {

    /** Keeps its own list. */
    ScatterAdd {
        positions = List.copyOf(positions);
    }

    @Override
    public String name() {
        return "scatterAdd(" + positions.size() + " to " + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        if (target.size() != view.size()
                || operands[0].shape().size() != view.outer() * positions.size() * view.inner()) {
            throw ShapeRules.broken(
                    name(), operands, "of outer·positions·inner entries, to become outer·n·inner in " + target);
        }
        ShapeRules.positions(name(), operands, positions, view.n());
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int[] picked = positions.stream().mapToInt(Integer::intValue).toArray();
        int inner = view.inner() * layout.lanes();
        return (buffers, operands, result) -> layout.kernels()
                .scatterMiddle(view.outer(), view.n(), inner, picked, buffers[operands[0]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        ScatterAdd stacked = new ScatterAdd(view.stacked(count), positions, target.stacked(count));
        return operands[0].graph().apply(stacked, operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return cotangent.graph().apply(new Gather(view, positions, operandShape), cotangent);
    }
}
