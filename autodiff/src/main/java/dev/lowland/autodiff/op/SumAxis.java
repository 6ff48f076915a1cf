package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;

/** Sums over the middle axis of a view: y(o, i) = Σ_k x(o, k, i). The transpose of {@link Repeat}. */
record SumAxis(View view, Shape target) implements LinearOp {

    @Override
    public String name() {
        return "sum(" + view + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        if (operands[0].shape().size() != view.size() || target.size() != view.outer() * view.inner()) {
            throw ShapeRules.broken(
                    name(), operands, "outer·n·inner entries, to become outer·inner in shape " + target);
        }
        return target;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int lanes = layout.lanes();
        if (view.inner() == 1 && lanes > 1) {
            return (buffers, operands, result) ->
                    layout.kernels().sumLanes(view.outer(), view.n(), lanes, buffers[operands[0]], buffers[result]);
        }
        return (buffers, operands, result) -> layout.kernels()
                .sumMiddle(view.outer(), view.n(), view.inner() * lanes, buffers[operands[0]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(new SumAxis(view.stacked(count), target.stacked(count)), operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return cotangent.graph().apply(new Repeat(view, operandShape), cotangent);
    }
}
