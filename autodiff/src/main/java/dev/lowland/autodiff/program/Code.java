package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.check.Checks;
import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Compiled nodes: instructions in two parts, of which the first depends on the early inputs only, and the buffers they
 * need. Immutable but for the form in which it runs, which does not show in the result.
 */
final class Code {
    /** What a run that is written down saves, about. */
    private static final int NANOS_SAVED = 250;

    /** The most instructions that are written down: a longer method would not be compiled by HotSpot. */
    private static final int MOST_WRITTEN = 200;

    /** The most numbers in buffers: above, what is saved is nothing beside the work. */
    private static final int MOST_NUMBERS = 1 << 17;

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

    /** Runs in one workspace after which writing down pays; 0 where it never does. */
    private final int runsToPay;

    /** All instructions as one class; null until that pays. */
    private volatile @Nullable BufferLoop written;

    private final AtomicBoolean asked = new AtomicBoolean();

    /** Compiles; the first {@code earlyInputs} of the inputs are early. */
    Code(KernelSet kernels, List<Node> inputs, int earlyInputs, List<Node> outputs, int lanes, boolean... inputShared) {
        this(kernels, inputs, earlyInputs, outputs, null, lanes, inputShared);
    }

    /** Compiles what changes an input in place, and nothing else. */
    Code(KernelSet kernels, List<Node> inputs, Update update, int lanes, boolean... inputShared) {
        this(kernels, inputs, 0, List.of(), update, lanes, inputShared);
    }

    private Code(
            KernelSet kernels,
            List<Node> inputs,
            int earlyInputs,
            List<Node> outputs,
            @Nullable Update update,
            int lanes,
            boolean... inputShared) {
        this.kernels = kernels;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.earlyInputs = earlyInputs;
        this.lanes = lanes;
        for (Node input : inputs) {
            if (!outputs.isEmpty() && input.graph() != outputs.get(0).graph()) {
                throw Checks.error(
                        "compile", "input " + input, "of another graph", "of the graph of output " + outputs.get(0));
            }
        }
        Compiler compiler = new Compiler(kernels, lanes, earlyInputs > 0);
        compiler.inputs(inputs, earlyInputs, inputShared);
        compiler.nodes(update == null ? outputs : update.nodes());
        if (update != null) {
            compiler.update(update);
        }
        List<Storage> results = new ArrayList<>();
        for (Node output : outputs) {
            results.add(compiler.output(output));
        }
        List<Step> steps = compiler.steps().all();
        this.boundary = compiler.steps().early();
        BufferPlan plan = new BufferPlan(inputs.size(), steps, boundary, results);
        this.constants = plan.constants();
        this.capacities = plan.capacities();
        this.instructions = BufferPlan.instructions(steps);
        this.outputSlots = results.stream().mapToInt(s -> s.slot).toArray();
        this.outputSizes =
                outputs.stream().mapToInt(n -> n.shape().size() * lanes).toArray();
        this.inputSizes = new int[inputs.size()];
        Arrays.setAll(inputSizes, i -> inputs.get(i).shape().size() * (inputShared[i] ? 1 : lanes));
        boolean small = Arrays.stream(inputSizes).asLongStream().sum()
                        + Arrays.stream(capacities).asLongStream().sum()
                <= MOST_NUMBERS;
        this.runsToPay = lanes == 1 && instructions.length <= MOST_WRITTEN && small
                ? Math.toIntExact(kernels.nanosToCompile() / NANOS_SAVED)
                : 0;
    }

    /** The flags of {@code forLanes}, checked. */
    static boolean[] shared(int lanes, int inputs, boolean... inputShared) {
        Checks.atLeast("forLanes", "lanes", lanes, 1);
        boolean[] flags = inputShared.length == 0 ? new boolean[inputs] : inputShared;
        if (flags.length != inputs) {
            throw Checks.error(
                    "forLanes",
                    "inputShared",
                    "of length " + flags.length,
                    "of length " + inputs + ", a flag an input, or empty");
        }
        return flags;
    }

    double[][] newBuffers() {
        double[][] buffers = new double[firstTemporary() + capacities.length][];
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

    /**
     * Runs all instructions; written down as one class, with the same bits, once they have been run so often that it
     * pays.
     */
    void run(Workspace workspace) {
        BufferLoop whole = written;
        if (whole != null) {
            whole.run(workspace.buffers);
            return;
        }
        run(workspace.buffers, 0, instructions.length);
        if (runsToPay > 0 && ++workspace.runs == runsToPay && asked.compareAndSet(false, true)) {
            kernels.compile(fixed(), this::runAll, copies(workspace.buffers), loop -> written = loop);
        }
    }

    /** Writes the instructions down as one class, of one lane. */
    void write() {
        written = kernels.compile(fixed());
    }

    private FixedCode fixed() {
        FixedCode fixed = FixedCode.empty();
        for (Instruction instruction : instructions) {
            instruction.write(fixed);
        }
        return fixed;
    }

    private void runAll(double[][] buffers) {
        run(buffers, 0, instructions.length);
    }

    /** Buffers with the same numbers; constants, which nobody changes, are shared. */
    private double[][] copies(double[][] buffers) {
        double[][] copies = buffers.clone();
        for (int i = 0; i < copies.length; i++) {
            if (i < inputSizes.length || i >= firstTemporary()) {
                copies[i] = copies[i].clone();
            }
        }
        return copies;
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
            copyOutput(buffers, i, out[i]);
        }
    }

    void copyOutput(double[][] buffers, int output, double[] out) {
        System.arraycopy(buffers[outputSlots[output]], 0, out, 0, outputSizes[output]);
    }

    /** The inputs of one lane, for an interpreter. */
    Map<Node, double[]> lane(double[][] in, int lane) {
        Map<Node, double[]> values = new HashMap<>();
        for (int i = 0; i < in.length; i++) {
            int size = inputs.get(i).shape().size();
            int stride = inputSizes[i] == size ? 1 : lanes;
            double[] given = in[i];
            double[] own = new double[size];
            Arrays.setAll(own, e -> given[e * stride + (stride == 1 ? 0 : lane)]);
            values.put(inputs.get(i), own);
        }
        return values;
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
            throw Checks.error(
                    "run", "the number of " + what + " arrays", Integer.toString(arrays.length), "" + (end - first));
        }
        for (int i = first; i < end; i++) {
            double[] array = arrays[i - first];
            if (array == null || array.length < sizes[i]) {
                String name = what + " " + nodes.get(i);
                int length = Checks.notNull("run", name, array).length;
                throw Checks.error("run", name, "an array of length " + length, "of length at least " + sizes[i]);
            }
        }
    }

    /** Checks matrices for all inputs. */
    void checkInputs(DMatrixRMaj[] matrices) {
        check("input", matrices, inputSizes, inputs);
    }

    /** Checks matrices for the outputs. */
    void checkOutputs(DMatrixRMaj[] matrices) {
        check("output", matrices, outputSizes, outputs);
    }

    private static void check(String what, DMatrixRMaj[] matrices, int[] sizes, List<Node> nodes) {
        if (matrices.length != sizes.length) {
            throw Checks.error(
                    "run", "the number of " + what + " matrices", Integer.toString(matrices.length), "" + sizes.length);
        }
        for (int i = 0; i < sizes.length; i++) {
            Shape shape = nodes.get(i).shape();
            DMatrixRMaj matrix = Checks.notNull("run", what, matrices[i]);
            int rows = shape.groups() * shape.rows();
            int columns = rows == 0 ? shape.columns() : sizes[i] / rows;
            if (matrix.numRows != rows || matrix.numCols != columns) {
                throw Checks.error(
                        "run",
                        what + " " + nodes.get(i),
                        "a matrix of " + matrix.numRows + "×" + matrix.numCols,
                        rows + "×" + columns);
            }
        }
    }
}
