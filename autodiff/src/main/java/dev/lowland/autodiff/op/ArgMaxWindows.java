package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.kernel.contract.Window;

/**
 * y(g, r, q) = the pixel p, of those that position q sees inside the image, at which x(g, r, p) is largest; the last of
 * equal ones, the first NaN where there is one. Domain: all numbers.
 */
record ArgMaxWindows(Window window) implements Decision {

    @Override
    public String name() {
        return "argMaxWindows(" + window + ")";
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
                layout.kernels().argMaxWindows(window, planes, layout.lanes(), buffers[operands[0]], buffers[result]);
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, operands[0]);
    }
}
