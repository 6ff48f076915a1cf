package dev.lowland.autodiff.check;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates a node again and again while one variable changes. What does not depend on the variable is computed once;
 * every node keeps an array of its own. For one thread.
 */
final class Replay {
    private static final KernelSet KERNELS = Kernels.scalar();

    private final List<double[]> buffers = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final double[] start;
    private final int variableSlot;
    private final int outputSlot;

    /** Prepares for given values of the inputs, or of any other nodes. */
    Replay(Node output, Node variable, Map<Node, double[]> inputs) {
        Interpreter interpreter = new Interpreter(KERNELS);
        start = interpreter.evaluate(variable, inputs);
        Map<Node, Integer> slots = new HashMap<>();
        variableSlot = slot(slots, variable, start.clone());
        Set<Node> given = new HashSet<>(inputs.keySet());
        given.add(variable);
        List<Boolean> moving = new ArrayList<>(List.of(true));
        for (Node node : Graph.ancestors(List.of(output), given)) {
            if (node == variable) {
                continue;
            }
            if (inputs.containsKey(node) || !(node.op() instanceof Primitive op)) {
                slot(slots, node, interpreter.leaf(node, inputs));
                moving.add(false);
                continue;
            }
            int[] operands = new int[node.operandCount()];
            List<Shape> shapes = new ArrayList<>();
            boolean moves = false;
            for (int i = 0; i < operands.length; i++) {
                operands[i] = slots.getOrDefault(node.operand(i), -1);
                shapes.add(node.operand(i).shape());
                moves |= moving.get(operands[i]);
            }
            Layout layout = Layout.plain(KERNELS, shapes, node.shape());
            Step step = new Step(
                    op.evaluator(layout),
                    operands,
                    slot(slots, node, new double[node.shape().size()]));
            moving.add(moves);
            if (moves) {
                steps.add(step);
            } else {
                step.run(buffers.toArray(new double[0][]));
            }
        }
        outputSlot = slots.getOrDefault(output, -1);
    }

    private int slot(Map<Node, Integer> slots, Node node, double[] values) {
        slots.put(node, buffers.size());
        buffers.add(values);
        return buffers.size() - 1;
    }

    /** The value of the variable under the given inputs. */
    double[] start() {
        return start.clone();
    }

    /** The value of the output where the variable has a value: its own array, overwritten by the next call. */
    double[] at(double[] variable) {
        double[][] arrays = buffers.toArray(new double[0][]);
        System.arraycopy(variable, 0, arrays[variableSlot], 0, start.length);
        for (Step step : steps) {
            step.run(arrays);
        }
        return arrays[outputSlot];
    }

    /** The value of the output a distance along a direction from the start. */
    double[] along(double[] direction, double distance) {
        double[] moved = start.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += distance * direction[i];
        }
        return at(moved);
    }

    private record Step(Evaluator evaluator, int[] operands, int result) {
        void run(double[][] buffers) {
            evaluator.evaluate(buffers, operands, result);
        }
    }
}
