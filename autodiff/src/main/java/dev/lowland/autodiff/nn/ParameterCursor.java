package dev.lowland.autodiff.nn;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import java.util.Iterator;
import java.util.List;

/** Takes the matrices of a model's blocks from θ, one after the other. */
final class ParameterCursor {
    private final Node parameters;
    private final Iterator<ParameterMatrix> matrices;
    private int position;

    ParameterCursor(List<ParameterBlock> blocks, Node parameters) {
        this.parameters = parameters;
        this.matrices =
                blocks.stream().flatMap(block -> block.matrices().stream()).iterator();
    }

    /** The next matrix, of the shape that its block says. */
    Node next() {
        ParameterMatrix matrix = matrices.next();
        Node part = Ops.sliceRows(parameters, position, matrix.length());
        position += matrix.length();
        return Ops.reshape(part, Shape.of(matrix.rows(), matrix.columns()));
    }
}
