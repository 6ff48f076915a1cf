package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rearranges entries along the axes of a stack of matrices. Every function here is linear. */
public final class Axes {
    private Axes() {}

    /**
     * Puts the axes in another order.
     *
     * @param x any node
     * @param outermost the axis of x that becomes the groups
     * @param middle the axis of x that becomes the rows
     * @param innermost the axis of x that becomes the columns
     * @return y with y(i, j, k) = x with those indices along the named axes
     * @throws IllegalArgumentException if an axis is named twice
     */
    public static Node permute(Node x, Axis outermost, Axis middle, Axis innermost) {
        Checks.notNull("permute", "x", x);
        Checks.notNull("permute", "outermost", outermost);
        Checks.notNull("permute", "middle", middle);
        Checks.notNull("permute", "innermost", innermost);
        if (outermost == middle || middle == innermost || outermost == innermost) {
            throw ShapeRules.broken(
                    "permute",
                    new Node[] {x},
                    "permuted by naming each axis once, not " + outermost + ", " + middle + ", " + innermost);
        }
        Shape s = x.shape();
        Shape target = Shape.of(outermost.length(s), middle.length(s), innermost.length(s));
        return switch (outermost) {
            case GROUPS -> middle == Axis.ROWS ? x : Ops.transpose(x);
            case ROWS ->
                middle == Axis.GROUPS
                        ? permute(x, 1, s.groups(), s.rows(), s.columns(), target)
                        : permute(x, 1, s.groups(), s.matrixSize(), 1, target);
            case COLUMNS ->
                middle == Axis.GROUPS
                        ? permute(x, 1, s.groups() * s.rows(), s.columns(), 1, target)
                        : Ops.transpose(permute(x, Axis.COLUMNS, Axis.GROUPS, Axis.ROWS));
        };
    }

    /**
     * Exchanges the blocks first and second; where one has length 1 only the shape changes, and an exchange undoes its
     * opposite.
     */
    static Node permute(Node x, int outer, int first, int second, int inner, Shape target) {
        if (first == 1 || second == 1 || Simplify.filled(x).isPresent()) {
            return Ops.reshape(x, target);
        }
        if (x.op() instanceof Permute before
                && before.outer() == outer
                && before.rows() == second
                && before.columns() == first
                && before.inner() == inner) {
            return Ops.reshape(x.operand(0), target);
        }
        return x.graph().apply(new Permute(outer, first, second, inner, target), x);
    }

    /**
     * Parts one after the other.
     *
     * @param axis the axis they are strung along
     * @param parts one at least, with equal lengths along the other axes. Not modified.
     * @return a node whose length along the axis is the sum of the parts'
     * @throws IllegalArgumentException if there is no part, the other axes differ, or the parts are too long together
     */
    public static Node concat(Axis axis, Node... parts) {
        Checks.notNull("concat", "axis", axis);
        Checks.noNulls("concat", "parts", parts);
        if (parts.length == 0) {
            throw Checks.error("concat", "the number of parts", "0", "at least 1");
        }
        long total = 0;
        for (Node part : parts) {
            if (!axis.resize(part.shape(), 1).equals(axis.resize(parts[0].shape(), 1))) {
                throw ShapeRules.broken("concat", parts, "of equal lengths but along " + axis);
            }
            total += axis.length(part.shape());
        }
        if (parts.length == 1) {
            return parts[0];
        }
        Checks.atMost("concat", "the length of all parts", total, Integer.MAX_VALUE);
        Shape target = axis.resize(parts[0].shape(), (int) total);
        List<Integer> lengths =
                Arrays.stream(parts).map(part -> axis.length(part.shape())).collect(Collectors.toList());
        return parts[0].graph().apply(new Concat(View.of(target, axis), lengths, target), parts);
    }

    /**
     * Cuts into parts: the opposite of {@link #concat}.
     *
     * @param x any node
     * @param axis the axis to cut along
     * @param lengths lengths of the parts, which add up to that of the axis. Not modified.
     * @return the parts, in order
     * @throws IllegalArgumentException if the lengths do not add up
     */
    public static List<Node> split(Node x, Axis axis, int... lengths) {
        Checks.notNull("split", "x", x);
        Checks.notNull("split", "axis", axis);
        Checks.notNull("split", "lengths", lengths);
        if (Arrays.stream(lengths).asLongStream().sum() != axis.length(x.shape())) {
            throw ShapeRules.broken(
                    "split",
                    new Node[] {x},
                    "split in lengths that add up to that of " + axis + ", not in " + Arrays.toString(lengths));
        }
        List<Node> parts = new ArrayList<>();
        int start = 0;
        for (int length : lengths) {
            parts.add(Ops.slice(x, axis, start, length));
            start += length;
        }
        return parts;
    }

    /**
     * Picks by fixed positions, y_k = x_{p_k} along an axis.
     *
     * @param x any node
     * @param axis the axis the positions go along
     * @param positions p, each in [0, length of the axis), in any order, repeated ones allowed. Not modified.
     * @return a node with as many entries along the axis as there are positions
     * @throws IllegalArgumentException if a position is outside the axis
     */
    public static Node gather(Node x, Axis axis, int... positions) {
        Checks.notNull("gather", "x", x);
        Checks.notNull("gather", "axis", axis);
        Checks.notNull("gather", "positions", positions);
        Shape target = axis.resize(x.shape(), positions.length);
        return x.graph().apply(new Gather(View.of(x.shape(), axis), list(positions), target), x);
    }

    /**
     * Adds up at fixed positions, y_j = Σ x_k over the k with p_k = j along an axis; zero where there is none. The
     * transpose of {@link #gather}.
     *
     * @param x as many entries along the axis as there are positions
     * @param axis the axis the positions go along
     * @param length the length of the result along it
     * @param positions p, each in [0, length), repeated ones allowed. Not modified.
     * @return a node of the given length along the axis
     * @throws IllegalArgumentException if a position is outside the axis or their number is not that of the entries
     */
    public static Node scatterAdd(Node x, Axis axis, int length, int... positions) {
        Checks.notNull("scatter add", "x", x);
        Checks.notNull("scatter add", "axis", axis);
        Checks.notNull("scatter add", "positions", positions);
        if (positions.length != axis.length(x.shape())) {
            throw ShapeRules.broken(
                    "scatterAdd",
                    new Node[] {x},
                    "given one position an entry along " + axis + ", not " + positions.length);
        }
        Shape target = axis.resize(x.shape(), length);
        return x.graph().apply(new ScatterAdd(View.of(target, axis), list(positions), target), x);
    }

    private static List<Integer> list(int... positions) {
        return Arrays.stream(positions).boxed().collect(Collectors.toList());
    }
}
