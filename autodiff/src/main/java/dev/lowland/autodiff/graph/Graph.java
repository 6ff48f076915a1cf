package dev.lowland.autodiff.graph;

import dev.lowland.core.check.Checks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * A set of nodes that grows and never changes otherwise. Equal applications of an op are one node (hash-consing), so
 * common subexpressions are shared from the start, also those that a transform creates anew.
 *
 * <p>Not thread-safe while nodes are added. There is no current graph: a node knows its own.
 */
public final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Key, Node> known = new HashMap<>();

    private final boolean recordsOrigins;

    /** An empty graph. */
    public Graph() {
        this(false);
    }

    private Graph(boolean recordsOrigins) {
        this.recordsOrigins = recordsOrigins;
    }

    /**
     * An empty graph whose nodes remember where they were made, for messages. Each node then costs a walk of the stack
     * and a few hundred bytes.
     *
     * @return the graph
     */
    public static Graph recordingOrigins() {
        return new Graph(true);
    }

    /**
     * A new input: a value given at each run.
     *
     * @param label its name in messages
     * @param shape its shape
     * @return a node different from every other
     */
    public Node input(String label, Shape shape) {
        Checks.notNull("input of a graph", "label", label);
        Checks.notNull("input of a graph", "shape", shape);
        return leaf(new Leaf.Input(label, shape));
    }

    /**
     * A number.
     *
     * @param value the number
     * @return a node of shape 1×1
     */
    public Node constant(double value) {
        return filled(Shape.scalar(), value);
    }

    /**
     * A constant matrix.
     *
     * @param matrix its entries, copied. Not modified.
     * @return a node of the shape of the matrix
     */
    public Node constant(DMatrixRMaj matrix) {
        Checks.notNull("constant of a graph", "matrix", matrix);
        return leaf(new Leaf.Constant(
                Shape.of(matrix.numRows, matrix.numCols), Arrays.copyOf(matrix.data, matrix.getNumElements())));
    }

    /**
     * A constant of any shape.
     *
     * @param shape the shape
     * @param values row-major, exactly as many as the shape has entries; copied. Not modified.
     * @return a node of that shape
     * @throws IllegalArgumentException if the number of values is not that of the shape
     */
    public Node constant(Shape shape, double[] values) {
        Checks.notNull("constant of a graph", "shape", shape);
        Checks.notNull("constant of a graph", "values", values);
        if (values.length != shape.size()) {
            throw Checks.error(
                    "constant of a graph",
                    "values",
                    "of length " + values.length,
                    "of length " + shape.size() + ", the entries of " + shape);
        }
        return leaf(new Leaf.Constant(shape, values.clone()));
    }

    /**
     * One number in every entry.
     *
     * @param shape the shape
     * @param value the number
     * @return a node of that shape
     */
    public Node filled(Shape shape, double value) {
        Checks.notNull("filled constant", "shape", shape);
        return leaf(new Leaf.Filled(shape, value));
    }

    /**
     * Applies an op.
     *
     * @param op the op
     * @param operands its operands, all of this graph. Not modified.
     * @return the node, which may have existed before
     * @throws IllegalArgumentException if an operand belongs to another graph or the shapes break the op's rule
     */
    public Node apply(Primitive op, Node... operands) {
        Checks.notNull("apply an op", "op", op);
        Checks.noNulls("apply an op", "operands", operands);
        checkGraph(op.name(), operands);
        Key key = new Key(op, operands);
        Node node = known.get(key);
        if (node == null) {
            node = add(key, op, operands.clone(), op.shape(operands));
        }
        return node;
    }

    /**
     * Applies an op that is made of others.
     *
     * @param op the op
     * @param operands its operands, all of this graph. Not modified.
     * @return its value
     * @throws IllegalArgumentException if an operand belongs to another graph or the shapes break the op's rule
     */
    public Node apply(CompositeOp op, Node... operands) {
        Checks.notNull("apply an op", "op", op);
        Checks.noNulls("apply an op", "operands", operands);
        checkGraph(op.name(), operands);
        return op.on(operands);
    }

    private void checkGraph(String op, Node... operands) {
        for (Node operand : operands) {
            if (operand.graph() != this) {
                throw Checks.error(
                        op.toString(), "operand " + operand, "of another graph", "of the graph of the other operands");
            }
        }
    }

    /**
     * Number of nodes so far.
     *
     * @return the number; ids are below it
     */
    public int size() {
        return nodes.size();
    }

    /**
     * Some nodes and everything they are computed from. Walks a stack of its own, however deep the graph.
     *
     * @param results the nodes. Not modified.
     * @return their ancestors, themselves included, in order of evaluation
     */
    public static List<Node> ancestors(List<Node> results) {
        Checks.noNulls("ancestors of nodes", "results", results);
        return ancestors(results, (node, operand) -> true);
    }

    /**
     * Some nodes and what they are computed from, as far as known nodes.
     *
     * @param results the nodes. Not modified.
     * @param known nodes whose operands are not wanted. Not modified.
     * @return their ancestors, themselves and the known ones included, in order of evaluation
     */
    public static List<Node> ancestors(List<Node> results, Collection<Node> known) {
        Checks.notNull("ancestors of nodes", "known", known);
        Checks.noNulls("ancestors of nodes", "results", results);
        return ancestors(results, (node, operand) -> !known.contains(node));
    }

    /**
     * Some nodes and what they are computed from, along some edges only.
     *
     * @param results the nodes. Not modified.
     * @param edges which edges to follow
     * @return the nodes that are reached, {@code results} included, in order of evaluation
     * @throws IllegalArgumentException if the results are not all of one graph
     */
    public static List<Node> ancestors(List<Node> results, Edges edges) {
        Checks.notNull("ancestors of nodes", "edges", edges);
        Checks.noNulls("ancestors of nodes", "results", results);
        for (Node result : results) {
            if (result.graph() != results.get(0).graph()) {
                throw Checks.error(
                        "ancestors of nodes",
                        "node " + result,
                        "of another graph",
                        "of the graph of " + results.get(0));
            }
        }
        BitSet seen = new BitSet();
        ArrayDeque<Node> waiting = new ArrayDeque<>(results);
        List<Node> found = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Node node = waiting.pop();
            if (!seen.get(node.id())) {
                seen.set(node.id());
                found.add(node);
                for (int i = 0; i < node.operandCount(); i++) {
                    if (edges.follow(node, i)) {
                        waiting.push(node.operand(i));
                    }
                }
            }
        }
        found.sort(Comparator.comparingInt(Node::id));
        return found;
    }

    /** Which edges of a graph to follow from a node back to its operands. */
    @FunctionalInterface
    public interface Edges {
        /**
         * Whether to go from a node to one of its operands.
         *
         * @param node the node
         * @param operand which operand
         * @return true to go there
         */
        boolean follow(Node node, int operand);
    }

    private Node leaf(Leaf leaf) {
        Key key = new Key(leaf);
        Node node = known.get(key);
        return node != null ? node : add(key, leaf, new Node[0], leaf.shape());
    }

    private Node add(Key key, Op op, Node[] operands, Shape shape) {
        List<StackTraceElement> origin = recordsOrigins ? Origins.here() : List.of();
        Node node = new Node(this, nodes.size(), op, operands, shape, origin);
        nodes.add(node);
        known.put(key, node);
        return node;
    }

    /** An op and its operands, by identity of the operands. */
    private static final class Key {
        private final Op op;
        private final int[] operands;
        private final int hash;

        Key(Op op, Node... operands) {
            this.op = op;
            this.operands = new int[operands.length];
            for (int i = 0; i < operands.length; i++) {
                this.operands[i] = operands[i].id();
            }
            this.hash = 31 * op.hashCode() + Arrays.hashCode(this.operands);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && hash == that.hash
                    && Arrays.equals(operands, that.operands)
                    && op.equals(that.op);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
