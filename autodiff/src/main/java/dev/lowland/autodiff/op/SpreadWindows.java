package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.kernel.contract.Window;

/**
 * y(g, r, p) = Σ x(g, r, q) over the positions q that see pixel p. The transpose of {@link SumWindows}. Domain: all
 * numbers.
 */
record SpreadWindows(Window window) implements LinearOp {

    @Override
    public String name() {
        return "spreadWindows(" + window + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        ConvolutionShapes.pixels(name(), operands, 0, window.outputSize());
        Shape x = operands[0].shape();
        return Shape.of(x.groups(), x.rows(), window.inputSize());
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        Shape x = layout.operand(0);
        int planes = x.groups() * x.rows();
        return (buffers, operands, result) ->
                layout.kernels().spreadWindows(window, planes, layout.lanes(), buffers[operands[0]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return cotangent.graph().apply(new SumWindows(window), cotangent);
    }
}
