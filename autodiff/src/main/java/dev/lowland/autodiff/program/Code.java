package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.kernel.KernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compiled nodes: instructions in two parts, of which the first depends on the early inputs only, and the buffers they need.
 * Immutable.
 */
final class Code {
    /** What an input slot holds between runs. */
    static final double[] NOTHING = {};

    final KernelSet kernels;
    final List<Node> inputs;
    final List<Node> outputs;
    final int earlyInputs;
    final int lanes;
    final int[] inputSizes;
    final int[] outputSizes;
    final int[] outputSlots;
    final double[][] constants;
    final int[] capacities;
    final Instruction[] instructions;
    /** The first instruction of the second part. */
    final int boundary;

    /** Compiles; the first {@code earlyInputs} of the inputs are early. */
    Code(KernelSet kernels, List<Node> inputs, int earlyInputs, List<Node> outputs, int lanes, boolean... inputShared) {
        this.kernels = kernels;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.earlyInputs = earlyInputs;
        this.lanes = lanes;
        Compiler compiler = new Compiler(kernels, lanes);
        compiler.inputs(inputs, earlyInputs, inputShared);
        compiler.nodes(outputs);
        List<Storage> results = new ArrayList<>();
        for (Node output : outputs) {
            results.add(compiler.output(output));
        }
        List<Step> steps = new ArrayList<>(compiler.early());
        steps.addAll(compiler.late());
        this.boundary = compiler.early().size();
        BufferPlan plan = new BufferPlan(inputs.size(), steps, boundary, results);
        this.constants = plan.constants();
        this.capacities = plan.capacities();
        this.instructions = BufferPlan.instructions(steps);
        this.outputSlots = results.stream().mapToInt(s -> s.slot).toArray();
        this.outputSizes =
                outputs.stream().mapToInt(n -> n.shape().size() * lanes).toArray();
        this.inputSizes = new int[inputs.size()];
        Arrays.setAll(inputSizes, i -> inputs.get(i).shape().size() * (inputShared[i] ? 1 : lanes));
    }

    /** The flags of {@code forLanes}, checked. */
    static boolean[] shared(int lanes, int inputs, boolean... inputShared) {
        if (lanes < 1) {
            throw new IllegalArgumentException("forLanes: lanes = " + lanes + "; rule: lanes ≥ 1");
        }
        boolean[] flags = inputShared.length == 0 ? new boolean[inputs] : inputShared;
        if (flags.length != inputs) {
            throw new IllegalArgumentException("forLanes: " + flags.length + " flags for " + inputs
                    + " inputs; rule: one flag an input, or none at all");
        }
        return flags;
    }

    double[][] newBuffers() {
        double[][] buffers = new double[firstTemporary() + capacities.length][];
        Arrays.fill(buffers, 0, inputSizes.length, NOTHING);
        System.arraycopy(constants, 0, buffers, inputSizes.length, constants.length);
        for (int i = 0; i < capacities.length; i++) {
            buffers[firstTemporary() + i] = new double[capacities[i]];
        }
        return buffers;
    }

    int firstTemporary() {
        return inputSizes.length + constants.length;
    }

    long workspaceBytes() {
        return 8 * Arrays.stream(capacities).asLongStream().sum();
    }

    /** Runs instructions [from, to). */
    void run(double[][] buffers, int from, int to) {
        for (int i = from; i < to; i++) {
            Instruction instruction = instructions[i];
            instruction.evaluator.evaluate(buffers, instruction.operands, instruction.result);
        }
    }

    /** Copies the results to the caller's arrays. */
    void copyOutputs(double[][] buffers, double[][] out) {
        for (int i = 0; i < outputSlots.length; i++) {
            System.arraycopy(buffers[outputSlots[i]], 0, out[i], 0, outputSizes[i]);
        }
    }

    /** Checks arrays for the inputs from the given one on. */
    void checkInputs(double[][] arrays, int first, int end) {
        check("input", arrays, inputSizes, inputs, first, end);
    }

    /** Checks arrays for the outputs. */
    void checkOutputs(double[][] arrays) {
        check("output", arrays, outputSizes, outputs, 0, outputSizes.length);
    }

    private static void check(String what, double[][] arrays, int[] sizes, List<Node> nodes, int first, int end) {
        if (arrays.length != end - first) {
            throw new IllegalArgumentException("run: " + arrays.length + " " + what + " arrays for " + (end - first)
                    + " " + what + "s; rule: one each");
        }
        for (int i = first; i < end; i++) {
            if (arrays[i - first].length < sizes[i]) {
                throw new IllegalArgumentException("run: " + what + " " + nodes.get(i) + " got an array of length "
                        + arrays[i - first].length + "; rule: at least " + sizes[i]);
            }
        }
    }
}
