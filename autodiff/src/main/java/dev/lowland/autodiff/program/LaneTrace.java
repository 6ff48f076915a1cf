package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.check.Checks;
import dev.lowland.core.lane.LaneCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes nodes down as {@link LaneCode}, entry by entry, with the bits that a program with lanes computes. For few and
 * small nodes: what would not fit into a kernel is given up early.
 */
final class LaneTrace {

    private final LaneCode code;
    private final Map<Node, int[]> values = new HashMap<>();

    private LaneTrace(LaneCode code) {
        this.code = code;
    }

    /**
     * The values of the outputs, given those of the inputs; empty if an op cannot be written down or there is too much
     * of it.
     */
    static Optional<List<int[]>> of(LaneCode code, List<Node> inputs, List<int[]> given, List<Node> outputs) {
        Checks.notNull("write", "code", code);
        Checks.noNulls("write", "in", given);
        Checks.length("write", "in", given.size(), inputs.size());
        LaneTrace trace = new LaneTrace(code);
        for (int i = 0; i < inputs.size(); i++) {
            trace.values.put(inputs.get(i), given.get(i));
        }
        for (Node node : Graph.ancestors(outputs, Compiler::reads)) {
            if (!trace.values.containsKey(node)) {
                Optional<int[]> entries = trace.entries(node);
                if (entries.isEmpty()) {
                    return Optional.empty();
                }
                trace.values.put(node, entries.get());
            }
        }
        List<int[]> results = new ArrayList<>();
        outputs.forEach(output -> results.add(trace.value(output)));
        return Optional.of(results);
    }

    private int[] value(Node node) {
        return Objects.requireNonNull(values.get(node), "operands come before what needs them");
    }

    private Optional<int[]> entries(Node node) {
        int size = node.shape().size();
        if (size > LaneCode.LARGEST) {
            return Optional.empty();
        }
        if (!(node.op() instanceof Primitive op)) {
            return constant(node, size);
        }
        Lowering lowering = Lowering.of(op);
        OptionalInt same = lowering.sameEntriesAs();
        if (same.isPresent()) {
            return Optional.of(value(node.operand(same.getAsInt())));
        }
        OptionalInt from = lowering.stretchOfOperand();
        if (from.isPresent()) {
            int first = from.getAsInt();
            return Optional.of(Arrays.copyOfRange(value(node.operand(0)), first, first + size));
        }
        return lowering.placeOfOperand(0).isPresent()
                ? Optional.of(assembled(node, lowering, size))
                : written(node, lowering);
    }

    private Optional<int[]> constant(Node node, int size) {
        double[] numbers = new double[size];
        if (node.op() instanceof Leaf.Constant constant) {
            constant.copyTo(numbers);
        } else if (node.op() instanceof Leaf.Filled filled) {
            Arrays.fill(numbers, filled.value());
        } else {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(numbers).mapToInt(code::constant).toArray());
    }

    private int[] assembled(Node node, Lowering op, int size) {
        int[] entries = new int[size];
        for (int i = 0; i < node.operandCount(); i++) {
            int[] part = value(node.operand(i));
            System.arraycopy(part, 0, entries, op.placeOfOperand(i).orElseThrow(), part.length);
        }
        return entries;
    }

    private Optional<int[]> written(Node node, Lowering op) {
        List<Shape> shapes = new ArrayList<>();
        int[][] operands = new int[node.operandCount()][];
        for (int i = 0; i < operands.length; i++) {
            shapes.add(node.operand(i).shape());
            operands[i] = value(node.operand(i));
        }
        return op.write(code, shapes, node.shape(), operands);
    }
}
