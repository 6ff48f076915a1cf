package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Axes;
import dev.lowland.autodiff.op.Axis;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole matrices of derivatives, one row or column for each entry, by mapping products with a basis. Entries of both
 * sides are counted row-major.
 *
 * <p>Notation: the output has m entries, the variable P.
 */
public final class Jacobian {
    private Jacobian() {}

    /**
     * ∂output/∂wrt, by rows or by columns, whichever are fewer.
     *
     * @param output m entries
     * @param wrt the variable, P entries
     * @param chunk how many rows or columns are computed at a time, at least 1
     * @return m × P
     */
    public static Node of(Node output, Node wrt, int chunk) {
        Checks.notNull("jacobian", "output", output);
        Checks.notNull("jacobian", "wrt", wrt);
        return output.shape().size() <= wrt.shape().size() ? byRows(output, wrt, chunk) : byColumns(output, wrt, chunk);
    }

    /**
     * ∂output/∂wrt, row after row by reverse mode.
     *
     * @param output m entries
     * @param wrt the variable, P entries
     * @param chunk how many rows are computed at a time, at least 1
     * @return m × P
     */
    public static Node byRows(Node output, Node wrt, int chunk) {
        Checks.notNull("jacobian by rows", "output", output);
        Checks.notNull("jacobian by rows", "wrt", wrt);
        Node cotangent = output.graph().input("cotangent of " + output.label(), output.shape());
        Node pulled = Reverse.vjp(output, cotangent, List.of(wrt)).get(0);
        return rows(pulled, cotangent, chunk);
    }

    /**
     * ∂output/∂wrt, column after column by forward mode.
     *
     * @param output m entries
     * @param wrt the variable, P entries
     * @param chunk how many columns are computed at a time, at least 1
     * @return m × P
     */
    public static Node byColumns(Node output, Node wrt, int chunk) {
        Checks.notNull("jacobian by columns", "output", output);
        Checks.notNull("jacobian by columns", "wrt", wrt);
        Node tangent = output.graph().input("tangent of " + wrt.label(), wrt.shape());
        return Ops.transpose(rows(Forward.jvp(output, wrt, tangent), tangent, chunk));
    }

    /**
     * The Hessian of a scalar, by forward over reverse.
     *
     * @param scalar 1×1
     * @param wrt the variable, P entries
     * @param chunk how many columns are computed at a time, at least 1
     * @return P × P, symmetric up to rounding
     * @throws IllegalArgumentException if {@code scalar} is not 1×1
     */
    public static Node hessian(Node scalar, Node wrt, int chunk) {
        Checks.notNull("hessian", "scalar", scalar);
        Checks.notNull("hessian", "wrt", wrt);
        return byColumns(Reverse.gradient(scalar, wrt), wrt, chunk);
    }

    /** A linear map for every vector of the standard basis: row k holds the image of the k-th. */
    private static Node rows(Node image, Node vector, int chunk) {
        Checks.atLeast("jacobian", "chunk", chunk, 1);
        int size = vector.shape().size();
        int columns = image.shape().size();
        List<Node> parts = new ArrayList<>();
        for (int start = 0; start < size; start += chunk) {
            int length = Math.min(chunk, size - start);
            Node basis = Ops.pad(identity(image.graph(), length), Axis.COLUMNS, start, size);
            Node stack = Ops.reshape(basis, vector.shape().stacked(length));
            parts.add(Ops.reshape(Vmap.map(image, vector, stack), Shape.of(length, columns)));
        }
        if (parts.isEmpty()) {
            return image.graph().filled(Shape.of(0, columns), 0);
        }
        return parts.size() == 1 ? parts.get(0) : Axes.concat(Axis.ROWS, parts.toArray(new Node[0]));
    }

    private static Node identity(Graph graph, int size) {
        double[] entries = new double[size * size];
        for (int i = 0; i < size; i++) {
            entries[i * size + i] = 1;
        }
        return graph.constant(Shape.of(size, size), entries);
    }
}
