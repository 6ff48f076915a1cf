package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.BilinearOp;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.Window;
import java.util.Arrays;

/**
 * f(g, F, C, k) = Σ_{b, q} x(b, C, p) y(b, F, q) over the images b that bank g serves: from images x (B × C × pixels)
 * and responses y (B × F × positions) to filters. The transpose of {@link Convolve} in its filters. Domain: all
 * numbers.
 */
record ConvolveToFilters(Window window, int banks) implements BilinearOp, Lowering {

    @Override
    public String name() {
        return "convolveToFilters(" + banks + ", " + window + ")";
    }

    @Override
    public Shape shape(Node... operands) {
        Shape x = operands[0].shape();
        Shape y = operands[1].shape();
        ConvolutionShapes.pixels(name(), operands, 0, window.inputSize());
        ConvolutionShapes.pixels(name(), operands, 1, window.outputSize());
        ConvolutionShapes.banks(name(), operands, x.groups(), banks);
        if (x.groups() != y.groups()) {
            throw ShapeRules.broken(name(), operands, "such that there are as many images as responses");
        }
        int taps = ShapeRules.product(name(), "the number of taps of all channels", x.rows(), window.filterSize());
        return Shape.of(banks, y.rows(), taps);
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        Shape x = layout.operand(0);
        Shape y = layout.operand(1);
        Shape f = layout.result();
        int lanes = layout.lanes();
        int count = layout.count();
        boolean xShared = layout.shared(0);
        boolean yShared = layout.shared(1);
        int xStep = x.matrixSize() * (xShared ? 1 : lanes);
        int yStep = y.matrixSize() * (yShared ? 1 : lanes);
        int fStep = f.matrixSize() * lanes;
        int served = x.groups() / banks;
        KernelSet kernels = layout.kernels();
        return (buffers, operands, result) -> {
            if (served == 0) {
                Arrays.fill(buffers[result], 0, count, 0);
            }
            for (int b = 0; b < x.groups(); b++) {
                kernels.convolveToFilters(
                        window,
                        b % served != 0,
                        x.rows(),
                        y.rows(),
                        lanes,
                        buffers[operands[0]],
                        b * xStep,
                        xShared,
                        buffers[operands[1]],
                        b * yStep,
                        yShared,
                        buffers[result],
                        b / served * fStep);
            }
        };
    }

    @Override
    public Node batched(int count, Node[] operands, boolean[] batched) {
        int all = ShapeRules.product(name(), "the number of banks of all problems", count, banks);
        ConvolveToFilters stacked = new ConvolveToFilters(window, all);
        return operands[0].graph().apply(stacked, Stacks.tileUnbatched(count, operands, batched));
    }

    @Override
    public Node pullLeft(Node cotangent, Node right, Shape leftShape) {
        return cotangent.graph().apply(new ConvolveToImage(window), right, cotangent);
    }

    @Override
    public Node pullRight(Node cotangent, Node left, Shape rightShape) {
        return cotangent.graph().apply(new Convolve(window), left, cotangent);
    }

    @Override
    public boolean mixesLanes() {
        return true;
    }
}
