package dev.lowland.autodiff;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.HashMap;
import java.util.Map;

/** A graph with values for its inputs, for tests. */
public final class Values {
    public final Graph graph = new Graph();
    private final Map<Node, double[]> inputs = new HashMap<>();
    private final RandomStream random;
    private long position;

    public Values(long seed) {
        random = RandomStream.of(seed, 0, Purpose.TEST);
    }

    /** A new input with standard normal entries. */
    public Node gaussian(String label, Shape shape) {
        double[] values = new double[shape.size()];
        random.fillGaussian(position, values.length, values, 0, 1);
        position += values.length;
        return input(label, shape, values);
    }

    /** A new input with given entries. */
    public Node input(String label, Shape shape, double... values) {
        Node node = graph.input(label, shape);
        inputs.put(node, values);
        return node;
    }

    /** The entries of an input, to be changed at will. */
    public double[] of(Node input) {
        return inputs.get(input);
    }

    /** The value of any node, by the interpreter with the scalar kernels. */
    public double[] evaluate(Node node) {
        return new Interpreter(Kernels.scalar()).evaluate(node, inputs);
    }

    public Map<Node, double[]> inputs() {
        return inputs;
    }
}
