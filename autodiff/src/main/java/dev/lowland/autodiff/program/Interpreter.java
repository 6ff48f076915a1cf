package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates node after node, each into an array of its own: slow, plain, and the oracle for {@link Program}. Instances
 * have no state and may be shared by threads.
 */
public final class Interpreter {
    private final KernelSet kernels;

    /** An interpreter with the active kernels. */
    public Interpreter() {
        this(Kernels.active());
    }

    /**
     * An interpreter with given kernels.
     *
     * @param kernels the inner loops
     */
    public Interpreter(KernelSet kernels) {
        Checks.notNull("interpreter", "kernels", kernels);
        this.kernels = kernels;
    }

    /**
     * The value of a node.
     *
     * @param node what to compute
     * @param inputs a row-major array for each input it depends on, at least as long as the input. An array given for
     *     any other node stands in the place of its value, which is then not computed. Not modified.
     * @return its entries, row-major, in a new array
     * @throws IllegalArgumentException if an input is missing or its array too short
     */
    public double[] evaluate(Node node, Map<Node, double[]> inputs) {
        Checks.notNull("interpret", "inputs", inputs);
        Checks.notNull("interpret", "node", node);
        return evaluate(List.of(node), inputs).get(0);
    }

    /**
     * The values of several nodes.
     *
     * @param nodes what to compute
     * @param inputs as for one node. Not modified.
     * @return the entries of each, row-major, in new arrays
     * @throws IllegalArgumentException if an input is missing or its array too short
     */
    public List<double[]> evaluate(List<Node> nodes, Map<Node, double[]> inputs) {
        Checks.notNull("interpret", "inputs", inputs);
        Checks.noNulls("interpret", "nodes", nodes);
        Map<Node, double[]> values = new HashMap<>();
        for (Node needed : Graph.ancestors(nodes, inputs.keySet())) {
            values.put(needed, value(needed, inputs, values));
        }
        List<double[]> results = new ArrayList<>();
        for (Node node : nodes) {
            results.add(at(node, values).clone());
        }
        return results;
    }

    private double[] value(Node node, Map<Node, double[]> inputs, Map<Node, double[]> values) {
        if (inputs.containsKey(node) || !(node.op() instanceof Primitive)) {
            return leaf(node, inputs);
        }
        double[][] operands = new double[node.operandCount()][];
        Arrays.setAll(operands, i -> at(node.operand(i), values));
        return apply(node, operands);
    }

    private static double[] at(Node node, Map<Node, double[]> values) {
        double[] value = values.get(node);
        if (value == null) {
            throw new IllegalStateException("evaluate: " + node + " is used before it is computed");
        }
        return value;
    }

    /**
     * The value of a constant, or of a node that is given.
     *
     * @param node an input, a constant, or any node that has a value in {@code inputs}
     * @param inputs the given values. Not modified.
     * @return its entries, row-major, in a new array
     * @throws IllegalArgumentException if nothing says what the value is, or an array is too short
     */
    public double[] leaf(Node node, Map<Node, double[]> inputs) {
        Checks.notNull("interpret", "node", node);
        Checks.notNull("interpret", "inputs", inputs);
        double[] result = new double[node.shape().size()];
        double[] given = inputs.get(node);
        if (given != null && given.length >= result.length) {
            System.arraycopy(given, 0, result, 0, result.length);
        } else if (given == null && node.op() instanceof Leaf.Constant constant) {
            constant.copyTo(result);
        } else if (given == null && node.op() instanceof Leaf.Filled filled) {
            Arrays.fill(result, filled.value());
        } else {
            throw Checks.error(
                    "interpret",
                    "the value of input " + node,
                    given == null ? "missing" : "of length " + given.length,
                    "of length at least " + result.length);
        }
        return result;
    }

    /**
     * One op alone: the value that a node has if its operands have given values.
     *
     * @param node a node that is computed from operands
     * @param operands the entries of each operand, row-major. Not modified.
     * @return the entries of the node, row-major, in a new array
     */
    public double[] apply(Node node, double[]... operands) {
        Checks.notNull("interpret", "node", node);
        Checks.noNulls("interpret", "operands", operands);
        if (!(node.op() instanceof Primitive op) || operands.length != node.operandCount()) {
            throw Checks.error(
                    "interpret",
                    "the number of values for " + node,
                    Integer.toString(operands.length),
                    node.operandCount() + ", one for each operand of a computed node");
        }
        int count = operands.length;
        double[][] buffers = Arrays.copyOf(operands, count + 1);
        buffers[count] = new double[node.shape().size()];
        int[] slots = new int[count];
        Arrays.setAll(slots, i -> i);
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shapes.add(node.operand(i).shape());
        }
        Layout layout = Layout.plain(kernels, shapes, node.shape());
        op.evaluator(layout).evaluate(buffers, slots, count);
        return buffers[count];
    }
}
