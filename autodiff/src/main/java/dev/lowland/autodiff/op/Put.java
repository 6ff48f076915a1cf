package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.ChoiceOp;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;

/**
 * Adds up along the middle axis of a view at positions that are values themselves: y(o, j, i) = Σ x(o, k, i) over the k
 * with p(o, k, i) = j. Operands p, x; linear in x, p is a control. The transpose of {@link Take}. Domain: whole
 * positions in [0, n); anything else makes a run throw.
 *
 * @param view that of the result
 * @param m positions along the axis
 * @param target the shape of the result
 */
record Put(View view, int m, Shape target) implements ChoiceOp {

    @Override
    public String name() {
        return "put(" + m + " to " + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        int size = view.outer() * m * view.inner();
        if (operands[0].shape().size() != size || operands[1].shape().size() != size || target.size() != view.size()) {
            throw ShapeRules.broken(
                    name(),
                    operands,
                    "such that positions have the shape of the values, and the result that of "
                            + "the values but for the axis they go along");
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int inner = view.inner() * layout.lanes();
        return (buffers, operands, result) -> layout.kernels()
                .putMiddle(
                        view.outer(), view.n(), m, inner, buffers[operands[0]], buffers[operands[1]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        Put stacked = new Put(view.stacked(count), m, target.stacked(count));
        return operands[0].graph().apply(stacked, Stacks.tileUnbatched(count, operands, batched));
    }

    @Override
    public boolean isControl(int operand) {
        return operand == 0;
    }

    @Override
    public Node push(Node node, int operand, Node tangent, int count) {
        return batched(count, new Node[] {node.operand(0), tangent}, new boolean[] {false, true});
    }

    @Override
    public Node pull(Node node, int operand, Node cotangent) {
        Take transpose = new Take(view, m, node.operand(1).shape());
        return cotangent.graph().apply(transpose, node.operand(0), cotangent);
    }
}
