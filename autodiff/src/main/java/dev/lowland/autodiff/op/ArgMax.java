package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;

/**
 * The position of the largest entry along the middle axis of a view, the last of equal ones, the first NaN where there
 * is one: y(o, i) = argmax_k x(o, k, i). Domain: all numbers, n ≥ 1.
 */
record ArgMax(View view, Shape target) implements Decision {

    @Override
    public String name() {
        return "argMax(" + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        if (view.n() < 1 || operands[0].shape().size() != view.size() || target.size() != view.outer() * view.inner()) {
            throw ShapeRules.broken(
                    name(), operands, "of outer·n·inner entries, n ≥ 1, to become outer·inner in " + target);
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int inner = view.inner() * layout.lanes();
        return (buffers, operands, result) ->
                layout.kernels().argMaxMiddle(view.outer(), view.n(), inner, buffers[operands[0]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(new ArgMax(view.stacked(count), target.stacked(count)), operands[0]);
    }
}
