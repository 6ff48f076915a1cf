package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.ChoiceOp;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;

/**
 * Picks along the middle axis of a view by positions that are values themselves: y(o, k, i) = x(o, p(o, k, i), i), k
 * &lt; m. Operands p, x; linear in x, p is a control. The transpose of {@link Put}. Domain: whole positions in [0, n);
 * anything else makes a run throw.
 *
 * @param view that of x
 * @param m positions along the axis
 * @param target the shape of the result
 */
record Take(View view, int m, Shape target) implements ChoiceOp {

    @Override
    public String name() {
        return "take(" + m + " of " + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        int size = view.outer() * m * view.inner();
        if (operands[0].shape().size() != size || operands[1].shape().size() != view.size() || target.size() != size) {
            throw ShapeRules.broken(
                    name(),
                    operands,
                    "such that positions have the shape of the values, but for the axis they go along");
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int inner = view.inner() * layout.lanes();
        return (buffers, operands, result) -> layout.kernels()
                .takeMiddle(
                        view.outer(), view.n(), m, inner, buffers[operands[0]], buffers[operands[1]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        Take stacked = new Take(view.stacked(count), m, target.stacked(count));
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
        Put transpose = new Put(view, m, node.operand(1).shape());
        return cotangent.graph().apply(transpose, node.operand(0), cotangent);
    }
}
