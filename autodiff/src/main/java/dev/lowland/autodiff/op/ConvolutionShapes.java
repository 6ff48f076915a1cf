package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;

/** What the three convolutions share: which bank of filters serves which image, and how their stacks are made. */
final class ConvolutionShapes {
    private ConvolutionShapes() {}

    static void pixels(String op, Node[] operands, int operand, int pixels) {
        if (operands[operand].shape().columns() != pixels) {
            throw ShapeRules.broken(
                    op,
                    operands,
                    "such that " + operands[operand].label() + " has one column a pixel of the window's plane, "
                            + pixels);
        }
    }

    static void banks(String op, Node[] operands, int images, int banks) {
        if (banks < 1 || images % banks != 0) {
            throw ShapeRules.broken(
                    op,
                    operands,
                    "such that the number of banks of filters, " + banks + ", divides that of images, " + images);
        }
    }

    /** The bank that serves an image: each serves as many images in a row. */
    static int bank(int image, Shape images, Shape banks) {
        return image / (images.groups() / banks.groups());
    }

    /** Stacks of both operands; a single bank is shared by all problems as it is. */
    static Node[] stacks(int count, Node[] operands, boolean[] batched) {
        boolean oneBank = !batched[1] && operands[1].shape().groups() == 1;
        return oneBank ? operands : Stacks.tileUnbatched(count, operands, batched);
    }
}
