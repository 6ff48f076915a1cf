package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.op.Images;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.kernel.contract.Window;
import java.util.List;
import java.util.OptionalInt;

/**
 * A convolution with group normalisation, or with a bias where there are no groups. Parameters in order: filters
 * (filters × channels·size², row-major), then scale and shift (a number a filter each), or the bias (a number a
 * filter).
 */
record ConvolutionLayer(ImageShape input, int filters, int size, int stride, int padding, OptionalInt groups) {
    /** ε of the normalisation. */
    static final double EPSILON = 1e-5;

    Window window() {
        return new Window(input.height(), input.width(), size, size, stride, padding);
    }

    ImageShape output() {
        return new ImageShape(filters, window().outputHeight(), window().outputWidth());
    }

    double multiplications() {
        return (double) output().size() * input.channels() * size * size;
    }

    List<ParameterMatrix> matrices() {
        ParameterMatrix weights = ParameterMatrix.filters(filters, input.channels(), size);
        ParameterMatrix shift = ParameterMatrix.biases(filters, 1);
        return groups.isEmpty() ? List.of(weights, shift) : List.of(weights, ParameterMatrix.scales(filters, 1), shift);
    }

    /** B × channels × pixels to B × filters × pixels. */
    Node apply(ParameterCursor parameters, Node images) {
        Node response = Images.convolve(images, parameters.next(), window());
        Node first = parameters.next();
        return groups.isEmpty()
                ? Ops.add(response, first)
                : Images.groupNorm(response, groups.getAsInt(), first, parameters.next(), EPSILON);
    }
}
