package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.ArrayList;
import java.util.List;

/**
 * A program in two parts: what depends on the early inputs only runs once, the rest for each value of the late inputs.
 * Of m Hessian-vector products at one θ, the loss and its gradient are computed once and not m times.
 *
 * <pre>{@code
 * StagedProgram products = StagedProgram.compile(List.of(theta), List.of(v), List.of(hvp));
 * Workspace workspace = products.newWorkspace();
 * products.prepare(workspace, new double[][] {theta});
 * for (int j = 0; j < m; j++) {
 *     products.run(workspace, new double[][] {v[j]}, new double[][] {hv[j]});
 * }
 * }</pre>
 *
 * <p>Immutable; any number of threads may run it, each with a workspace of its own. Neither part allocates. The results
 * have the bits of the undivided program.
 */
public final class StagedProgram {
    private final Code code;

    private StagedProgram(Code code) {
        this.code = code;
    }

    /**
     * Compiles with the active kernels.
     *
     * @param early inputs given once, to {@link #prepare}
     * @param late inputs given at each run
     * @param outputs what to compute, at each run
     * @return the program
     * @throws IllegalArgumentException if an input is missing, listed twice or no input
     */
    public static StagedProgram compile(List<Node> early, List<Node> late, List<Node> outputs) {
        return compile(Kernels.active(), early, late, outputs);
    }

    /**
     * Compiles with given kernels.
     *
     * @param kernels the inner loops
     * @param early inputs given once
     * @param late inputs given at each run
     * @param outputs what to compute
     * @return the program
     * @throws IllegalArgumentException if an input is missing, listed twice or no input
     */
    public static StagedProgram compile(KernelSet kernels, List<Node> early, List<Node> late, List<Node> outputs) {
        Checks.notNull("compile", "kernels", kernels);
        Checks.noNulls("compile", "early", early);
        Checks.noNulls("compile", "late", late);
        Checks.noNulls("compile", "outputs", outputs);
        List<Node> inputs = new ArrayList<>(early);
        inputs.addAll(late);
        return new StagedProgram(new Code(kernels, inputs, early.size(), outputs, 1, new boolean[inputs.size()]));
    }

    /**
     * The same for many lanes at once; see {@link Program#forLanes}.
     *
     * @param count number of lanes, at least 1
     * @param inputShared for each input, early ones first, whether it has one value an entry for all lanes; none given
     *     means no input is shared. Not modified.
     * @return a program whose outputs all have lanes
     */
    public StagedProgram forLanes(int count, boolean... inputShared) {
        Checks.notNull("for lanes", "inputShared", inputShared);
        boolean[] flags = Code.shared(count, code.inputs.size(), inputShared);
        return new StagedProgram(new Code(code.kernels, code.inputs, code.earlyInputs, code.outputs, count, flags));
    }

    /**
     * Memory for runs.
     *
     * @return a new workspace, for one thread at a time, not yet prepared
     */
    public Workspace newWorkspace() {
        return new Workspace(code);
    }

    /**
     * Runs the first part. What the second part needs is kept in the workspace; the arrays may change afterwards.
     *
     * @param workspace made by this program. Modified.
     * @param in one array an early input, row-major, at least as long as the input. Not modified.
     * @throws IllegalArgumentException if an array is too short or their number is wrong
     * @throws IllegalStateException if the workspace is in use
     */
    public void prepare(Workspace workspace, double[][] in) {
        Checks.notNull("prepare", "workspace", workspace);
        Checks.notNull("prepare", "in", in);
        code.checkInputs(in, 0, code.earlyInputs);
        workspace.enter(code);
        try {
            workspace.prepared = false;
            System.arraycopy(in, 0, workspace.buffers, 0, code.earlyInputs);
            code.run(workspace.buffers, 0, code.boundary);
            workspace.prepared = true;
        } finally {
            workspace.leave();
        }
    }

    /**
     * Runs the second part. Every output is computed before the first is written, so an output array may be one of the
     * inputs; if an exception is thrown, no output array has changed.
     *
     * @param workspace made by this program and prepared. Modified.
     * @param in one array a late input, row-major, at least as long as the input. Not modified.
     * @param out one array an output, row-major, at least as long as the output. Modified.
     * @throws IllegalArgumentException if an array is too short or their number is wrong
     * @throws IllegalStateException if the workspace is in use or was not prepared
     */
    public void run(Workspace workspace, double[][] in, double[][] out) {
        Checks.notNull("run", "workspace", workspace);
        Checks.notNull("run", "in", in);
        Checks.notNull("run", "out", out);
        int inputs = code.inputSizes.length;
        code.checkInputs(in, code.earlyInputs, inputs);
        code.checkOutputs(out);
        workspace.enter(code);
        try {
            if (!workspace.prepared) {
                throw Checks.outOfTurn(
                        "run", "the workspace", "not prepared", "prepared before each run, and again if it failed");
            }
            System.arraycopy(in, 0, workspace.buffers, code.earlyInputs, inputs - code.earlyInputs);
            code.run(workspace.buffers, code.boundary, code.instructions.length);
            code.copyOutputs(workspace.buffers, out);
        } finally {
            workspace.leave();
        }
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
     * Number of instructions of the first part.
     *
     * @return 0 if nothing depends on the early inputs only
     */
    public int earlyInstructionCount() {
        return code.boundary;
    }

    /**
     * Number of instructions of the second part, each run of which they make up.
     *
     * @return 0 if no output depends on a late input
     */
    public int lateInstructionCount() {
        return code.instructions.length - code.boundary;
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
