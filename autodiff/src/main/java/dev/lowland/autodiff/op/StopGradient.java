package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import org.jspecify.annotations.Nullable;

/** y = x, whose derivative is taken to be 0. Domain: all numbers. */
public record StopGradient() implements PointwiseOp {

    @Override
    public String name() {
        return "stopGradient";
    }

    @Override
    public @Nullable Node derivative(Node x, Node y) {
        return null;
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        return Evaluator.ofOperand(0, layout.count());
    }
}
