package dev.lowland.autodiff.graph;

import dev.lowland.core.check.Checks;
import java.util.List;
import java.util.Locale;

/**
 * One value of a graph. Immutable; equal to nothing but itself, because the graph keeps a single node for equal
 * applications. Ids grow along every edge.
 */
public final class Node {
    private final Graph graph;
    private final int id;
    private final Op op;
    private final Node[] operands;
    private final Shape shape;

    private final List<StackTraceElement> origin;

    Node(Graph graph, int id, Op op, Node[] operands, Shape shape, List<StackTraceElement> origin) {
        this.graph = graph;
        this.id = id;
        this.op = op;
        this.operands = operands;
        this.shape = shape;
        this.origin = origin;
    }

    /**
     * The graph it belongs to.
     *
     * @return the graph
     */
    public Graph graph() {
        return graph;
    }

    /**
     * Its place in the graph: larger than that of every operand.
     *
     * @return 0, 1, 2, …
     */
    public int id() {
        return id;
    }

    /**
     * What it does.
     *
     * @return the op
     */
    public Op op() {
        return op;
    }

    /**
     * Its static shape.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * Number of operands.
     *
     * @return 0 for a leaf
     */
    public int operandCount() {
        return operands.length;
    }

    /**
     * One operand.
     *
     * @param index which
     * @return the operand
     */
    public Node operand(int index) {
        Checks.index("node", "index", index, operands.length);
        return operands[index];
    }

    /**
     * All operands.
     *
     * @return a copy
     */
    public Node[] operands() {
        return operands.clone();
    }

    /**
     * Where it was made, if its graph records that ({@link Graph#recordingOrigins}): the innermost frames outside of
     * the packages that build expressions. Of a node that was asked for twice, the first time.
     *
     * @return some stack frames, innermost first; empty if nothing was recorded
     */
    public List<StackTraceElement> origin() {
        return origin;
    }

    /**
     * A name for messages: the label of an input, else the op and the id.
     *
     * @return for example {@code theta} or {@code tanh#12}
     */
    public String label() {
        return op instanceof Leaf.Input ? op.name() : op.name().toLowerCase(Locale.ROOT) + "#" + id;
    }

    @Override
    public String toString() {
        return label() + " (" + shape + ")";
    }
}
