package dev.lowland.autodiff.custom;

import dev.lowland.autodiff.check.GradientCheck;
import dev.lowland.autodiff.check.GradientReport;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.HashMap;
import java.util.Map;

/** The check of a custom op before it is handed out: its derivatives against differences of its value. */
final class Registration {
    private static final double TOLERANCE = 1e-6;

    private Registration() {}

    static void check(CustomOp op, Shape[] shapes, double low, double high, int order) {
        RandomStream random = RandomStream.of(1, 0, Purpose.PROBE);
        Graph graph = new Graph();
        Node[] operands = new Node[shapes.length];
        Map<Node, double[]> inputs = new HashMap<>();
        long position = 0;
        for (int i = 0; i < shapes.length; i++) {
            operands[i] = graph.input("operand " + i, shapes[i]);
            double[] values = new double[shapes[i].size()];
            for (int e = 0; e < values.length; e++) {
                values[e] = low + (high - low) * random.uniform(position++);
            }
            inputs.put(operands[i], values);
        }
        Node value = graph.apply(op, operands);
        for (Node operand : operands) {
            GradientReport report = GradientCheck.of(value, operand, inputs)
                    .order(order)
                    .tolerance(TOLERANCE)
                    .run();
            if (!report.passed()) {
                throw Checks.error(
                        op.name(),
                        "the vjp",
                        "not that of the value, at random operands in (" + low + ", " + high + "):\n" + report + "\n",
                        "that of the value");
            }
        }
    }
}
