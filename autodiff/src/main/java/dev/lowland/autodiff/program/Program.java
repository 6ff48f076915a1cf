package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.kernel.KernelSet;
import dev.lowland.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Nodes made ready to run: a flat list of instructions over shared buffers.
 *
 * <p>Immutable; any number of threads may run it, each with a workspace of its own. A run allocates nothing.
 */
public final class Program {
    /** What an input slot holds between runs. */
    static final double[] NOTHING = {};

    private final KernelSet kernels;
    private final List<Node> inputs;
    private final List<Node> outputs;
    private final int lanes;
    private final int[] inputSizes;
    private final int[] outputSizes;
    private final int[] outputSlots;
    private final double[][] constants;
    private final int[] capacities;
    private final Instruction[] instructions;

    private Program(KernelSet kernels, List<Node> inputs, List<Node> outputs, int lanes, boolean[] inputShared) {
        this.kernels = kernels;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.lanes = lanes;
        Compiler compiler = new Compiler(kernels, lanes);
        compiler.inputs(inputs, inputShared);
        for (Node node : Graph.ancestors(outputs)) {
            compiler.node(node);
        }
        List<Storage> results = new ArrayList<>();
        for (Node output : outputs) {
            results.add(compiler.output(output));
        }
        BufferPlan plan = new BufferPlan(inputs.size(), compiler.steps(), results);
        this.constants = plan.constants();
        this.capacities = plan.capacities();
        this.instructions = BufferPlan.instructions(compiler.steps());
        this.outputSlots = results.stream().mapToInt(s -> s.slot).toArray();
        this.outputSizes =
                outputs.stream().mapToInt(n -> n.shape().size() * lanes).toArray();
        this.inputSizes = new int[inputs.size()];
        Arrays.setAll(inputSizes, i -> inputs.get(i).shape().size() * (inputShared[i] ? 1 : lanes));
    }

    /**
     * Compiles with the active kernels.
     *
     * @param inputs every input the outputs depend on, made by {@link dev.lowland.autodiff.graph.Graph#input}; more are allowed
     * @param outputs what to compute
     * @return the program
     * @throws IllegalArgumentException if an input is missing, listed twice or no input
     */
    public static Program compile(List<Node> inputs, List<Node> outputs) {
        return compile(Kernels.active(), inputs, outputs);
    }

    /**
     * Compiles with given kernels.
     *
     * @param kernels the inner loops
     * @param inputs every input the outputs depend on
     * @param outputs what to compute
     * @return the program
     * @throws IllegalArgumentException if an input is missing, listed twice or no input
     */
    public static Program compile(KernelSet kernels, List<Node> inputs, List<Node> outputs) {
        return new Program(kernels, inputs, outputs, 1, new boolean[inputs.size()]);
    }

    /**
     * The same for many lanes at once: entry e of lane l is at [e·lanes + l].
     *
     * @param count number of lanes, at least 1
     * @param inputShared for each input, whether it has one value an entry for all lanes; none given means no input is shared.
     *     Not modified.
     * @return a program whose outputs all have lanes
     */
    public Program forLanes(int count, boolean... inputShared) {
        if (count < 1) {
            throw new IllegalArgumentException("forLanes: lanes = " + count + "; rule: lanes ≥ 1");
        }
        boolean[] flags = inputShared.length == 0 ? new boolean[inputs.size()] : inputShared;
        if (flags.length != inputs.size()) {
            throw new IllegalArgumentException("forLanes: " + flags.length + " flags for " + inputs.size()
                    + " inputs; rule: one flag an input, or none at all");
        }
        return new Program(kernels, inputs, outputs, count, flags);
    }

    /**
     * Memory for runs.
     *
     * @return a new workspace, for one thread at a time
     */
    public Workspace newWorkspace() {
        double[][] buffers = new double[inputSizes.length + constants.length + capacities.length][];
        Arrays.fill(buffers, 0, inputSizes.length, NOTHING);
        System.arraycopy(constants, 0, buffers, inputSizes.length, constants.length);
        for (int i = 0; i < capacities.length; i++) {
            buffers[firstTemporary() + i] = new double[capacities[i]];
        }
        return new Workspace(this, buffers);
    }

    /**
     * Runs once. Every output is computed before the first is written, so an output array may be one of the inputs; if
     * an exception is thrown, no output array has changed.
     *
     * @param workspace made by this program. Modified.
     * @param in one array an input, row-major, at least as long as the input. Not modified.
     * @param out one array an output, row-major, at least as long as the output. Modified.
     * @throws IllegalArgumentException if an array is too short or their number is wrong
     * @throws IllegalStateException if the workspace is in use
     */
    public void run(Workspace workspace, double[][] in, double[][] out) {
        check("input", in, inputSizes, inputs);
        check("output", out, outputSizes, outputs);
        workspace.enter(this);
        try {
            double[][] buffers = workspace.buffers;
            System.arraycopy(in, 0, buffers, 0, inputSizes.length);
            for (Instruction instruction : instructions) {
                instruction.evaluator.evaluate(buffers, instruction.operands, instruction.result);
            }
            for (int i = 0; i < outputSlots.length; i++) {
                System.arraycopy(buffers[outputSlots[i]], 0, out[i], 0, outputSizes[i]);
            }
        } finally {
            workspace.leave(inputSizes.length);
        }
    }

    /**
     * Bytes of the temporaries of one workspace.
     *
     * @return the bytes
     */
    public long workspaceBytes() {
        return 8 * Arrays.stream(capacities).asLongStream().sum();
    }

    /**
     * Number of lanes.
     *
     * @return 1 for ordinary programs
     */
    public int lanes() {
        return lanes;
    }

    /**
     * A listing for people: one line an instruction, with its buffer.
     *
     * @return the text
     */
    public String dump() {
        StringBuilder text = new StringBuilder();
        text.append("kernels ").append(kernels.name()).append(", lanes ").append(lanes);
        text.append(", workspace ").append(workspaceBytes()).append(" bytes\n");
        for (Instruction instruction : instructions) {
            text.append('[')
                    .append(instruction.result)
                    .append("] ")
                    .append(instruction.text)
                    .append('\n');
        }
        for (int i = 0; i < outputSlots.length; i++) {
            text.append("output ")
                    .append(outputs.get(i))
                    .append(" from [")
                    .append(outputSlots[i])
                    .append("]\n");
        }
        return text.toString();
    }

    int firstTemporary() {
        return inputSizes.length + constants.length;
    }

    private static void check(String what, double[][] arrays, int[] sizes, List<Node> nodes) {
        if (arrays.length != sizes.length) {
            throw new IllegalArgumentException("run: " + arrays.length + " " + what + " arrays for " + sizes.length
                    + " " + what + "s; rule: one each");
        }
        for (int i = 0; i < sizes.length; i++) {
            if (arrays[i].length < sizes[i]) {
                throw new IllegalArgumentException("run: " + what + " " + nodes.get(i) + " got an array of length "
                        + arrays[i].length + "; rule: at least " + sizes[i]);
            }
        }
    }
}
