package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Images;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.kernel.contract.Window;

/**
 * A convolution with group normalisation, or with a bias where {@code groups} is 0. Parameters in order: filters
 * (filters × channels·kernel², row-major), then scale and shift (a number a filter each), or the bias (a number a
 * filter).
 */
record ConvolutionLayer(ImageShape input, int filters, int kernel, int stride, int padding, int groups) {
    /** ε of the normalisation. */
    static final double EPSILON = 1e-5;

    Window window() {
        return new Window(input.height(), input.width(), kernel, kernel, stride, padding);
    }

    ImageShape output() {
        return new ImageShape(filters, window().outputHeight(), window().outputWidth());
    }

    private int columns() {
        return Math.multiplyExact(input.channels(), Math.multiplyExact(kernel, kernel));
    }

    int parameterCount() {
        int perFilter = Math.addExact(columns(), groups > 0 ? 2 : 1);
        return Math.multiplyExact(filters, perFilter);
    }

    /** B × channels × pixels to B × filters × pixels. */
    Node apply(ParameterReader reader, Node images) {
        Node response = Images.convolve(images, reader.next(filters, columns()), window());
        Node first = reader.next(filters, 1);
        return groups == 0
                ? Ops.add(response, first)
                : Images.groupNorm(response, groups, first, reader.next(filters, 1), EPSILON);
    }
}
