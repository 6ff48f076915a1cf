package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.BilinearOp;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.kernel.contract.Window;

/**
 * y(b, F, q) = Σ_{C, k} f(F, C, k) x(b, C, p), p the pixel that tap k sees from output position q: the response of
 * images x (B × C × pixels) to filters f (G × F × C·taps). With several banks of filters, G divides B and each bank
 * serves B/G images in a row. With {@link ConvolveToImage} and {@link ConvolveToFilters} it is a closed triple: the
 * partial transposes of each are the other two. Domain: all numbers.
 */
record Convolve(Window window) implements BilinearOp, Lowering {

    @Override
    public String name() {
        return "convolve(" + window + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        Shape x = operands[0].shape();
        Shape f = operands[1].shape();
        ConvolutionShapes.pixels(name(), operands, 0, window.inputSize());
        ConvolutionShapes.banks(name(), operands, x.groups(), f.groups());
        if (f.columns() != (long) x.rows() * window.filterSize()) {
            throw ShapeRules.broken(
                    name(),
                    operands,
                    "such that a filter has channels · taps = " + x.rows() + "·" + window.filterSize() + " columns");
        }
        return Shape.of(x.groups(), f.rows(), window.outputSize());
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        Shape x = layout.operand(0);
        Shape f = layout.operand(1);
        Shape y = layout.result();
        int lanes = layout.lanes();
        boolean xShared = layout.shared(0);
        boolean fShared = layout.shared(1);
        int xStep = x.matrixSize() * (xShared ? 1 : lanes);
        int fStep = f.matrixSize() * (fShared ? 1 : lanes);
        int yStep = y.matrixSize() * lanes;
        return (buffers, operands, result) -> {
            for (int b = 0; b < x.groups(); b++) {
                layout.kernels()
                        .convolve(
                                window,
                                x.rows(),
                                f.rows(),
                                lanes,
                                buffers[operands[0]],
                                b * xStep,
                                xShared,
                                buffers[operands[1]],
                                ConvolutionShapes.bank(b, x, f) * fStep,
                                fShared,
                                buffers[result],
                                b * yStep);
            }
        };
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        return operands[0].graph().apply(this, ConvolutionShapes.stacks(count, operands, batched));
    }

    @Override
    public Node pullLeft(Node cotangent, Node right, Shape leftShape) {
        return cotangent.graph().apply(new ConvolveToImage(window), cotangent, right);
    }

    @Override
    public Node pullRight(Node cotangent, Node left, Shape rightShape) {
        return cotangent.graph().apply(new ConvolveToFilters(window, rightShape.groups()), left, cotangent);
    }

    @Override
    public boolean mixesLanes() {
        return true;
    }
}
