package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.kernel.contract.Window;

/**
 * y(g, r, q) = Σ x(g, r, p) over the pixels p that position q sees; what lies outside the image counts as 0. The
 * transpose of {@link SpreadWindows}. Domain: all numbers.
 */
record SumWindows(Window window) implements LinearOp {

    @Override
    public String name() {
        return "sumWindows(" + window + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        ConvolutionShapes.pixels(name(), operands, 0, window.inputSize());
        Shape x = operands[0].shape();
        return Shape.of(x.groups(), x.rows(), window.outputSize());
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        Shape x = layout.operand(0);
        int planes = x.groups() * x.rows();
        return (buffers, operands, result) ->
                layout.kernels().sumWindows(window, planes, layout.lanes(), buffers[operands[0]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, operands[0]);
    }

    @Override
    public Node pull(int operand, Node cotangent, Shape operandShape) {
        return cotangent.graph().apply(new SpreadWindows(window), cotangent);
    }
}
