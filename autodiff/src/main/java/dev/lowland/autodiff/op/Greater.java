package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;

/** 1 where x &gt; y, 0 where x ≤ y, NaN where either is NaN; both of one shape. Domain: all numbers. */
record Greater() implements Decision, Lowering {

    @Override
    public String name() {
        return "greater";
    }

    @Override
    public Shape shape(Node... operands) {
        return ShapeRules.same(name(), operands);
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int n = layout.count();
        return (buffers, operands, result) ->
                layout.kernels().greater(n, buffers[operands[0]], buffers[operands[1]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, Stacks.tileUnbatched(count, operands, batched));
    }

    @Override
    public boolean inPlace() {
        return true;
    }
}
