package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.core.check.Checks;

/**
 * y = xⁿ for a whole n, f′ = n xⁿ⁻¹. Domain: all numbers, without 0 if n &lt; 0. Derivatives are exact at 0 too, at
 * every order.
 *
 * @param exponent n
 */
public record Power(int exponent) implements PointwiseOp {

    @Override
    public String name() {
        return "power(" + exponent + ")";
    }

    @Override
    public Node derivative(Node x, Node y) {
        Checks.atLeast("power", "the exponent of what is differentiated", exponent, Integer.MIN_VALUE + 1L);
        return Ops.scale(Ops.power(x, exponent - 1), exponent);
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        int n = layout.count();
        return (buffers, operands, result) ->
                layout.kernels().power(n, exponent, buffers[operands[0]], buffers[result]);
    }
}
