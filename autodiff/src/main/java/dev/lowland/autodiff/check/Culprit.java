package dev.lowland.autodiff.check;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import dev.lowland.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the op whose rule is wrong: walks from a variable to a result and holds each op alone, at the values its
 * operands have there, against differences.
 */
final class Culprit {
    private final Map<Node, double[]> values = new HashMap<>();
    private final Map<Node, double[]> inputs;
    private final double tolerance;
    private final Probes probes;

    Culprit(Map<Node, double[]> inputs, double tolerance, Probes probes) {
        this.inputs = inputs;
        this.tolerance = tolerance;
        this.probes = probes;
    }

    /** The name and node of the first op that differs. */
    String between(Node variable, Node result) {
        List<Node> nodes = Graph.ancestors(List.of(result), inputs.keySet());
        List<double[]> all = new Interpreter(Kernels.scalar()).evaluate(nodes, inputs);
        for (int i = 0; i < nodes.size(); i++) {
            values.put(nodes.get(i), all.get(i));
        }
        Set<Node> moving = new HashSet<>(Set.of(variable));
        for (Node node : nodes) {
            boolean moves = IntStream.range(0, node.operandCount())
                    .anyMatch(i -> moving.contains(node.operand(i)) && ((Primitive) node.op()).passes(i));
            if (moves && moving.add(node) && node.op() instanceof Primitive op) {
                String fault = fault(node, op, moving);
                if (fault != null) {
                    return fault;
                }
            }
        }
        return "no single op: each one on the way agrees with differences of its own";
    }

    private @Nullable String fault(Node node, Primitive op, Set<Node> moving) {
        List<Node> points = new ArrayList<>();
        Map<Node, double[]> at = new HashMap<>();
        for (Node operand : node.operands()) {
            Node point = node.graph().input(operand.label(), operand.shape());
            points.add(point);
            at.put(point, at(operand));
        }
        Node alone = alone(node, op, points);
        Node weighted = Ops.dot(alone, probes.constant(node.graph(), alone.shape()));
        for (int i = 0; i < points.size(); i++) {
            if (moving.contains(node.operand(i)) && op.passes(i)) {
                Node point = points.get(i);
                Node direction = probes.constant(node.graph(), point.shape());
                Node reverse = Ops.dot(Reverse.gradient(weighted, point), direction);
                Node forward = Forward.jvp(weighted, point, direction);
                double difference = difference(weighted, point, direction, at);
                if (differs(reverse, difference, at) || differs(forward, difference, at)) {
                    List<StackTraceElement> origin = node.origin();
                    return op.name() + ", operand " + i + " of " + node
                            + (origin.isEmpty() ? "" : ", made at " + origin.get(0));
                }
            }
        }
        return null;
    }

    /**
     * The op on operands of their own. An operand that only brings the value of a general op follows from the others.
     */
    private static Node alone(Node node, Primitive op, List<Node> points) {
        OptionalInt value = aside(op);
        if (value.isEmpty()) {
            return node.graph().apply(op, points.toArray(new Node[0]));
        }
        int aside = value.getAsInt();
        List<Node> others = new ArrayList<>(Arrays.asList(node.operands()));
        others.remove(aside);
        List<Node> free = new ArrayList<>(points);
        free.remove(aside);
        Node[] operands = points.toArray(new Node[0]);
        operands[aside] = Vmap.map(node.operand(aside), others, free);
        return node.graph().apply(op, operands);
    }

    /** The operand that is the value itself, where no derivative passes through it. */
    private static OptionalInt aside(Primitive op) {
        OptionalInt same = Lowering.of(op).sameEntriesAs();
        return same.isPresent() && !op.passes(same.getAsInt()) ? same : OptionalInt.empty();
    }

    private boolean differs(Node derivative, double difference, Map<Node, double[]> at) {
        double value = new Interpreter(Kernels.scalar()).evaluate(derivative, at)[0];
        double size = Math.max(1e-8, Math.max(Math.abs(value), Math.abs(difference)));
        return !(Math.abs(value - difference) <= tolerance * size);
    }

    private static double difference(Node result, Node point, Node direction, Map<Node, double[]> at) {
        Replay replay = new Replay(result, point, at);
        double[] along = new Interpreter(Kernels.scalar()).evaluate(direction, at);
        return Differences.derivative(h -> replay.along(along, h)[0], Probes.scale(replay.start(), along))
                .value();
    }

    private double[] at(Node node) {
        double[] value = values.get(node);
        if (value == null) {
            throw new IllegalStateException("gradient check: " + node + " is used before it is computed");
        }
        return value;
    }
}
