package dev.lowland.autodiff.graph;

import dev.lowland.core.check.Checks;
import org.jspecify.annotations.Nullable;

/** y_i = f(x_i), a function of one number applied to every entry. */
public non-sealed interface PointwiseOp extends Primitive {

    /**
     * f′ as a graph.
     *
     * @param x the operand
     * @param y the value f(x), for rules that reuse it
     * @return f′(x), of the shape of x; null where f′ is zero everywhere
     */
    @Nullable
    Node derivative(Node x, Node y);

    @Override
    default Shape shape(Node... operands) {
        Checks.atLeast(name(), "the number of operands", operands.length, 1);
        return operands[0].shape();
    }

    @Override
    default Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, operands[0]);
    }
}
