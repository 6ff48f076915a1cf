package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.BilinearOp;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.kernel.contract.Window;

/**
 * x(b, C, p) = Σ f(F, C, k) y(b, F, q) over the filters F, taps k and positions q that see p: from responses y (B × F ×
 * positions) and filters f (G × F × C·taps) back to images. The transpose of {@link Convolve} in its image; also known
 * as transposed convolution. Domain: all numbers.
 */
record ConvolveToImage(Window window) implements BilinearOp, Lowering {

    @Override
    public String name() {
        return "convolveToImage(" + window + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        Shape y = operands[0].shape();
        Shape f = operands[1].shape();
        ConvolutionShapes.pixels(name(), operands, 0, window.outputSize());
        ConvolutionShapes.banks(name(), operands, y.groups(), f.groups());
        if (f.rows() != y.rows() || f.columns() % window.filterSize() != 0) {
            throw ShapeRules.broken(
                    name(),
                    operands,
                    "such that there is one filter a row of the response, and its columns are channels · "
                            + window.filterSize() + " taps");
        }
        return Shape.of(y.groups(), f.columns() / window.filterSize(), window.inputSize());
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        Shape y = layout.operand(0);
        Shape f = layout.operand(1);
        Shape x = layout.result();
        int lanes = layout.lanes();
        boolean yShared = layout.shared(0);
        boolean fShared = layout.shared(1);
        int yStep = y.matrixSize() * (yShared ? 1 : lanes);
        int fStep = f.matrixSize() * (fShared ? 1 : lanes);
        int xStep = x.matrixSize() * lanes;
        return (buffers, operands, result) -> {
            for (int b = 0; b < y.groups(); b++) {
                layout.kernels()
                        .convolveToImage(
                                window,
                                x.rows(),
                                f.rows(),
                                lanes,
                                buffers[operands[0]],
                                b * yStep,
                                yShared,
                                buffers[operands[1]],
                                ConvolutionShapes.bank(b, y, f) * fStep,
                                fShared,
                                buffers[result],
                                b * xStep);
            }
        };
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, ConvolutionShapes.stacks(count, operands, batched));
    }

    @Override
    public Node pullLeft(Node cotangent, Node right, Shape leftShape) {
        return cotangent.graph().apply(new Convolve(window), cotangent, right);
    }

    @Override
    public Node pullRight(Node cotangent, Node left, Shape rightShape) {
        return cotangent.graph().apply(new ConvolveToFilters(window, rightShape.groups()), cotangent, left);
    }

    @Override
    public boolean mixesLanes() {
        return true;
    }
}
