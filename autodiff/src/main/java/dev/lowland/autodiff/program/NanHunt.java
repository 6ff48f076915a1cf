package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * Finds the first node that makes a number which is not finite, by evaluating node after node. A graph from
 * {@link Graph#recordingOrigins} lets it say where that node was made. Immutable and thread-safe.
 */
public final class NanHunt {
    private final Interpreter interpreter;

    /** A hunt with the active kernels. */
    public NanHunt() {
        this(Kernels.active());
    }

    /**
     * A hunt with given kernels.
     *
     * @param kernels the inner loops
     */
    public NanHunt(KernelSet kernels) {
        Checks.notNull("look for what is not finite", "kernels", kernels);
        this.interpreter = new Interpreter(kernels);
    }

    /**
     * The first NaN or infinity.
     *
     * @param outputs what is computed. Not modified.
     * @param inputs a row-major array for each input it depends on, or for any other node. Not modified.
     * @return where it is made; empty if every number is finite
     * @throws IllegalArgumentException if an input is missing or its array too short
     */
    public Optional<NonFinite> first(List<Node> outputs, Map<Node, double[]> inputs) {
        Checks.notNull("look for what is not finite", "inputs", inputs);
        Checks.noNulls("look for what is not finite", "outputs", outputs);
        return first(outputs, inputs, value -> !Double.isFinite(value));
    }

    /**
     * The first NaN, for graphs in which infinities are in order, as e to a large number under a reciprocal.
     *
     * @param outputs what is computed. Not modified.
     * @param inputs a row-major array for each input it depends on, or for any other node. Not modified.
     * @return where it is made; empty if no number is NaN
     * @throws IllegalArgumentException if an input is missing or its array too short
     */
    public Optional<NonFinite> firstNaN(List<Node> outputs, Map<Node, double[]> inputs) {
        Checks.notNull("look for a NaN", "inputs", inputs);
        Checks.noNulls("look for a NaN", "outputs", outputs);
        return first(outputs, inputs, Double::isNaN);
    }

    private Optional<NonFinite> first(List<Node> outputs, Map<Node, double[]> inputs, DoublePredicate sought) {
        Map<Node, double[]> values = new HashMap<>();
        for (Node node : Graph.ancestors(outputs, inputs.keySet())) {
            boolean given = inputs.containsKey(node) || !(node.op() instanceof Primitive);
            double[][] operands = new double[given ? 0 : node.operandCount()][];
            Arrays.setAll(operands, i -> values.getOrDefault(node.operand(i), new double[0]));
            double[] value = given ? interpreter.leaf(node, inputs) : interpreter.apply(node, operands);
            values.put(node, value);
            for (int entry = 0; entry < value.length; entry++) {
                if (sought.test(value[entry])) {
                    return Optional.of(new NonFinite(node, entry, value[entry], describe(node, operands, entry)));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> describe(Node node, double[][] operands, int entry) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < operands.length; i++) {
            boolean same = operands[i].length == node.shape().size();
            texts.add(node.operand(i)
                    + (same ? ", there " + operands[i][entry] : ", largest size " + largest(operands[i])));
        }
        return texts;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
