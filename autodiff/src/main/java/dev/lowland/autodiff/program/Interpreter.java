package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.kernel.KernelSet;
import dev.lowland.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates node after node, each into an array of its own: slow, plain, and the oracle for {@link Program}. Instances have no state
 * and may be shared by threads.
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
        this.kernels = kernels;
    }

    /**
     * The value of a node.
     *
     * @param node what to compute
     * @param inputs a row-major array for each input it depends on, at least as long as the input. Not modified.
     * @return its entries, row-major, in a new array
     * @throws IllegalArgumentException if an input is missing or its array too short
     */
    public double[] evaluate(Node node, Map<Node, double[]> inputs) {
        Map<Node, double[]> values = new HashMap<>();
        for (Node needed : Graph.ancestors(List.of(node))) {
            values.put(needed, value(needed, inputs, values));
        }
        return values.get(node).clone();
    }

    private double[] value(Node node, Map<Node, double[]> inputs, Map<Node, double[]> values) {
        if (node.op() instanceof Primitive op) {
            return compute(node, op, values);
        }
        double[] result = new double[node.shape().size()];
        if (node.op() instanceof Leaf.Constant constant) {
            constant.copyTo(result);
        } else if (node.op() instanceof Leaf.Filled filled) {
            Arrays.fill(result, filled.value());
        } else {
            double[] given = inputs.get(node);
            if (given == null || given.length < result.length) {
                throw new IllegalArgumentException("evaluate: input " + node + " has "
                        + (given == null ? "no value" : "an array of length " + given.length) + "; rule: at least "
                        + result.length + " numbers");
            }
            System.arraycopy(given, 0, result, 0, result.length);
        }
        return result;
    }

    private double[] compute(Node node, Primitive op, Map<Node, double[]> values) {
        int count = node.operandCount();
        double[][] buffers = new double[count + 1][];
        int[] operands = new int[count];
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            buffers[i] = values.get(node.operand(i));
            operands[i] = i;
            shapes.add(node.operand(i).shape());
        }
        buffers[count] = new double[node.shape().size()];
        Layout layout = new Layout(kernels, shapes, node.shape(), 1, Collections.nCopies(count, false));
        op.evaluator(layout).evaluate(buffers, operands, count);
        return buffers[count];
    }
}
