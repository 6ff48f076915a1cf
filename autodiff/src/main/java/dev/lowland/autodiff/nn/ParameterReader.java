package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;

/** Takes matrices from a flat parameter vector, one after the other. */
final class ParameterReader {
    private final Node parameters;
    private int position;

    ParameterReader(Node parameters) {
        this.parameters = parameters;
    }

    /** The next rows·columns parameters as a matrix, row-major. */
    Node next(int rows, int columns) {
        Node part = Ops.sliceRows(parameters, position, rows * columns);
        position += rows * columns;
        return Ops.reshape(part, Shape.of(rows, columns));
    }
}
