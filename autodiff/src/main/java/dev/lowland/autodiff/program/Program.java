package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.lane.LaneCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Nodes made ready to run: a flat list of instructions over shared buffers.
 *
 * <p>Immutable; any number of threads may run it, each with a workspace of its own. A run allocates nothing.
 */
public final class Program {
    private final Code code;

    private Program(Code code) {
        this.code = code;
    }

    /**
     * Compiles with the active kernels.
     *
     * @param inputs every input the outputs depend on, made by {@link dev.lowland.autodiff.graph.Graph#input}; more are
     *     allowed
     * @param outputs what to compute
     * @return the program
     * @throws IllegalArgumentException if an input is missing, listed twice or no input
     */
    public static Program compile(List<Node> inputs, List<Node> outputs) {
        Checks.noNulls("compile", "outputs", outputs);
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
        Checks.notNull("compile", "kernels", kernels);
        Checks.noNulls("compile", "inputs", inputs);
        Checks.noNulls("compile", "outputs", outputs);
        return new Program(new Code(kernels, inputs, 0, outputs, 1, new boolean[inputs.size()]));
    }

    /**
     * The same for many lanes at once: entry e of lane l is at [e·lanes + l].
     *
     * @param count number of lanes, at least 1
     * @param inputShared for each input, whether it has one value an entry for all lanes; none given means no input is
     *     shared. Not modified.
     * @return a program whose outputs all have lanes
     */
    public Program forLanes(int count, boolean... inputShared) {
        Checks.notNull("for lanes", "inputShared", inputShared);
        boolean[] flags = Code.shared(count, code.inputs.size(), inputShared);
        return new Program(new Code(code.kernels, code.inputs, 0, code.outputs, count, flags));
    }

    /**
     * The same in two parts: one that depends on none of the given inputs, to be run once for many values of those.
     *
     * @param late the inputs that change often
     * @return a staged program, of as many lanes; its early inputs are the others, in their order
     * @throws IllegalArgumentException if one of them is no input of this program
     */
    public StagedProgram split(Node... late) {
        Checks.notNull("split", "late", late);
        List<Node> early = new ArrayList<>(code.inputs);
        for (Node input : late) {
            if (!early.remove(input)) {
                throw Checks.error(
                        "split",
                        "early node " + input,
                        "no input of the program, or listed twice",
                        "one of " + code.inputs + ", once each");
            }
        }
        if (code.lanes > 1) {
            throw Checks.error(
                    "split",
                    "the program",
                    "one of " + code.lanes + " lanes",
                    "one of a single run: split first, then use forLanes of the parts");
        }
        return StagedProgram.compile(code.kernels, early, List.of(late), code.outputs);
    }

    /**
     * Memory for runs.
     *
     * @return a new workspace, for one thread at a time
     */
    public Workspace newWorkspace() {
        return new Workspace(code);
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
        Checks.notNull("run", "workspace", workspace);
        Checks.notNull("run", "in", in);
        Checks.noNulls("run", "out", out);
        code.checkInputs(in, 0, code.inputSizes.length);
        code.checkOutputs(out);
        workspace.enter(code);
        try {
            System.arraycopy(in, 0, workspace.buffers, 0, code.inputSizes.length);
            code.run(workspace);
            code.copyOutputs(workspace.buffers, out);
        } finally {
            workspace.leave();
        }
    }

    /**
     * Runs once and leaves the outputs in the workspace, where {@link Workspace#output} finds them: nothing is copied.
     * Otherwise as {@link #run(Workspace, double[][], double[][])}.
     *
     * @param workspace made by this program. Modified.
     * @param in one array an input, row-major, at least as long as the input. Not modified.
     * @throws IllegalArgumentException if an array is too short or their number is wrong
     * @throws IllegalStateException if the workspace is in use
     */
    public void run(Workspace workspace, double[][] in) {
        Checks.notNull("run", "workspace", workspace);
        Checks.notNull("run", "in", in);
        code.checkInputs(in, 0, code.inputSizes.length);
        workspace.enter(code);
        try {
            System.arraycopy(in, 0, workspace.buffers, 0, code.inputSizes.length);
            code.run(workspace);
        } finally {
            workspace.leave();
        }
    }

    /**
     * Runs once on matrices, which must have exactly the compiled shapes: a value of g × r × c is a matrix of (g·r) ×
     * c, and of (g·r) × (c·lanes) where it has lanes. Otherwise as {@link #run(Workspace, double[][], double[][])}.
     *
     * @param workspace made by this program. Modified.
     * @param in one matrix an input. Not modified.
     * @param out one matrix an output. Modified.
     * @throws IllegalArgumentException if a matrix has another shape or their number is wrong
     * @throws IllegalStateException if the workspace is in use
     */
    public void run(Workspace workspace, DMatrixRMaj[] in, DMatrixRMaj[] out) {
        Checks.notNull("run", "workspace", workspace);
        Checks.notNull("run", "in", in);
        Checks.noNulls("run", "out", out);
        code.checkInputs(in);
        code.checkOutputs(out);
        workspace.enter(code);
        try {
            for (int i = 0; i < in.length; i++) {
                workspace.buffers[i] = in[i].data;
            }
            code.run(workspace);
            for (int i = 0; i < out.length; i++) {
                code.copyOutput(workspace.buffers, i, out[i].data);
            }
        } finally {
            workspace.leave();
        }
    }

    /**
     * Writes the program down as straight-line code, for programs of few operations that many lanes go through. The
     * code computes the bits that {@link #forLanes} of this program computes, as long as no input is shared.
     *
     * @param code takes it down. Modified, also if the result is empty.
     * @param in for each input the values of its entries, as the code names them. Not modified.
     * @return for each output the values of its entries; empty if an op of the program is not plain arithmetic or some
     *     node has more entries than a kernel can hold
     * @throws IllegalArgumentException if the number of values is wrong
     */
    public Optional<List<int[]>> write(LaneCode code, List<int[]> in) {
        if (in.size() != this.code.inputs.size()) {
            throw Checks.error(
                    "write", "the number of inputs", Integer.toString(in.size()), "" + this.code.inputs.size());
        }
        for (int i = 0; i < in.size(); i++) {
            Node input = this.code.inputs.get(i);
            if (in.get(i).length != input.shape().size()) {
                throw Checks.error(
                        "write",
                        "input " + input,
                        "of " + in.get(i).length + " values",
                        "of " + input.shape().size());
            }
        }
        return LaneTrace.of(code, this.code.inputs, in, this.code.outputs);
    }

    /**
     * Looks for the first node that makes a NaN or an infinity, by the interpreter: slow, and only for finding faults.
     *
     * @param in one array an input, as for a run. Not modified.
     * @return what was found, empty if every number is finite; with several lanes, in the first lane that has one
     * @throws IllegalArgumentException if an array is too short or their number is wrong
     */
    public Optional<NonFinite> firstNonFinite(double[][] in) {
        Checks.notNull("first non finite", "in", in);
        code.checkInputs(in, 0, code.inputSizes.length);
        NanHunt hunt = new NanHunt(code.kernels);
        for (int lane = 0; lane < code.lanes; lane++) {
            Optional<NonFinite> found = hunt.first(code.outputs, code.lane(in, lane));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Bytes of the temporaries of one workspace.
     *
     * @return the bytes
     */
    public long workspaceBytes() {
        return code.workspaceBytes();
    }

    /**
     * Number of lanes.
     *
     * @return 1 for ordinary programs
     */
    public int lanes() {
        return code.lanes;
    }

    /**
     * The inputs, in the order in which a run takes them.
     *
     * @return an immutable list
     */
    public List<Node> inputs() {
        return code.inputs;
    }

    /**
     * The outputs, in the order in which a run gives them.
     *
     * @return an immutable list
     */
    public List<Node> outputs() {
        return code.outputs;
    }

    /**
     * Number of instructions.
     *
     * @return 0 if every output is constant
     */
    public int instructionCount() {
        return code.instructions.length;
    }

    /**
     * A listing for people: inputs, constants, one line an instruction, outputs, with the number of its buffer before
     * each.
     *
     * @return the text, several lines
     */
    public String dump() {
        return Listing.of(code);
    }
}
