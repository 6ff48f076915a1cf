package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.kernel.KernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Turns nodes into steps: one a needed node, none for an op that changes no entry, one more for each shared value that an op needs spread over
 * the lanes. What is shared by all lanes is computed once.
 */
final class Compiler {
    private final KernelSet kernels;
    private final int lanes;
    private final Map<Node, Storage> storages = new HashMap<>();
    private final Map<Storage, Storage> spread = new HashMap<>();
    private final Set<Storage> shared = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();

    Compiler(KernelSet kernels, int lanes) {
        this.kernels = kernels;
        this.lanes = lanes;
    }

    List<Step> steps() {
        return steps;
    }

    /** Makes a place for each input; the first ones in a workspace. */
    void inputs(List<Node> inputs, boolean[] inputShared) {
        for (int i = 0; i < inputs.size(); i++) {
            Node input = inputs.get(i);
            if (!(input.op() instanceof Leaf.Input)) {
                throw new IllegalArgumentException(
                        "compile: " + input + " is listed as an input; rule: inputs are made by Graph.input");
            }
            boolean same = inputShared[i] && lanes > 1;
            Storage storage = Storage.input(i, input.shape().size() * (same ? 1 : lanes));
            if (storages.put(input, storage) != null) {
                throw new IllegalArgumentException("compile: input " + input + " is listed twice; rule: once each");
            }
            if (same) {
                shared.add(storage);
            }
        }
    }

    /** Adds the step of a node whose operands are done. */
    void node(Node node) {
        if (storages.containsKey(node)) {
            return;
        }
        if (node.op() instanceof Primitive op) {
            int same = op.sameEntriesAs();
            storages.put(node, same >= 0 ? storage(node.operand(same)) : step(node, op));
        } else {
            storages.put(node, constant(node));
        }
    }

    /** Where the value of a node is, once it has been compiled. */
    private Storage storage(Node node) {
        return Objects.requireNonNull(storages.get(node), "operands are compiled before what needs them");
    }

    /** Where the value of a node is, spread over the lanes and apart from the caller's inputs. */
    Storage output(Node node) {
        Storage storage = laned(storage(node));
        if (storage.kind != Storage.Kind.INPUT) {
            return storage;
        }
        int size = storage.size;
        Evaluator copy =
                (buffers, operands, result) -> System.arraycopy(buffers[operands[0]], 0, buffers[result], 0, size);
        Storage own = Storage.temporary(size);
        steps.add(new Step(copy, List.of(storage), own, false, "copy " + node));
        return own;
    }

    private Storage constant(Node node) {
        double[] values = new double[node.shape().size()];
        if (node.op() instanceof Leaf.Constant constant) {
            constant.copyTo(values);
        } else if (node.op() instanceof Leaf.Filled filled) {
            Arrays.fill(values, filled.value());
        } else {
            throw new IllegalArgumentException("compile: the outputs depend on input " + node
                    + ", which is not listed; rule: every input is listed");
        }
        Storage storage = Storage.constant(values);
        if (lanes > 1) {
            shared.add(storage);
        }
        return storage;
    }

    private Storage step(Node node, Primitive op) {
        List<Storage> operands = new ArrayList<>();
        boolean allShared = lanes > 1;
        for (int i = 0; i < node.operandCount(); i++) {
            operands.add(storage(node.operand(i)));
            allShared &= shared.contains(operands.get(i));
        }
        if (!allShared && !op.mixesLanes()) {
            operands.replaceAll(this::laned);
        }
        List<Shape> shapes = new ArrayList<>();
        List<Boolean> flags = new ArrayList<>();
        for (int i = 0; i < node.operandCount(); i++) {
            shapes.add(node.operand(i).shape());
            flags.add(!allShared && shared.contains(operands.get(i)));
        }
        int width = allShared ? 1 : lanes;
        Layout layout = new Layout(kernels, shapes, node.shape(), width, flags);
        Storage result = Storage.temporary(layout.count());
        steps.add(new Step(op.evaluator(layout), operands, result, op.inPlace(), describe(node, width)));
        if (allShared) {
            shared.add(result);
        }
        return result;
    }

    private String describe(Node node, int width) {
        StringBuilder text =
                new StringBuilder(node.label()).append(" = ").append(node.op().name());
        for (int i = 0; i < node.operandCount(); i++) {
            text.append(i == 0 ? "(" : ", ").append(node.operand(i).label());
        }
        text.append(") : ").append(node.shape());
        return width == 1
                ? text.toString()
                : text.append(" × ").append(width).append(" lanes").toString();
    }

    /** The same value with one copy a lane. */
    private Storage laned(Storage storage) {
        if (!shared.contains(storage)) {
            return storage;
        }
        return spread.computeIfAbsent(storage, this::spread);
    }

    private Storage spread(Storage storage) {
        int size = storage.size;
        if (storage.values != null) {
            double[] wide = new double[Math.multiplyExact(size, lanes)];
            for (int i = 0; i < size; i++) {
                Arrays.fill(wide, i * lanes, (i + 1) * lanes, storage.values[i]);
            }
            return Storage.constant(wide);
        }
        Storage wide = Storage.temporary(Math.multiplyExact(size, lanes));
        Evaluator evaluator = (buffers, operands, result) ->
                kernels.broadcastMiddle(size, lanes, 1, buffers[operands[0]], buffers[result]);
        steps.add(new Step(evaluator, List.of(storage), wide, false, "spread over " + lanes + " lanes"));
        return wide;
    }
}
