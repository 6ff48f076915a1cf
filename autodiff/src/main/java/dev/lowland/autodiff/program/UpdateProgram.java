package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.lane.LaneCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * θ += factor · gradient, in place, as a program. Where the gradient is made of products of matrices, as that of a
 * layer's weights, they are added to θ right away: a gradient of all parameters is neither written nor read.
 *
 * <p>An entry of θ becomes θ + Σ_k a_k b_k where the gradient's entry is a sum of products, with the factor in the
 * shorter of the two operands, and θ + factor · g elsewhere.
 *
 * <p>Immutable; any number of threads may run it, each with a workspace of its own. A run allocates nothing.
 */
public final class UpdateProgram {
    private final Code code;
    private final Update update;

    private UpdateProgram(Code code, Update update) {
        this.code = code;
        this.update = update;
    }

    /**
     * Compiles with the active kernels.
     *
     * @param inputs every input the gradient depends on, and θ
     * @param theta the one of them that changes
     * @param gradient what is added, with as many entries as θ
     * @param factor what the gradient is multiplied by, for example minus a learning rate
     * @return the program
     * @throws IllegalArgumentException if θ is not among the inputs, an input is missing, or the gradient has another
     *     number of entries
     */
    public static UpdateProgram compile(List<Node> inputs, Node theta, Node gradient, double factor) {
        Checks.notNull("compile", "inputs", inputs);
        Checks.notNull("compile", "gradient", gradient);
        Checks.notNull("compile", "theta", theta);
        return compile(Kernels.active(), inputs, theta, gradient, factor);
    }

    /**
     * Compiles with given kernels.
     *
     * @param kernels the inner loops
     * @param inputs every input the gradient depends on, and θ
     * @param theta the one of them that changes
     * @param gradient what is added, with as many entries as θ
     * @param factor what the gradient is multiplied by
     * @return the program
     * @throws IllegalArgumentException if θ is not among the inputs, an input is missing, or the gradient has another
     *     number of entries
     */
    public static UpdateProgram compile(
            KernelSet kernels, List<Node> inputs, Node theta, Node gradient, double factor) {
        Checks.notNull("compile", "inputs", inputs);
        Checks.notNull("compile", "gradient", gradient);
        Checks.notNull("compile", "kernels", kernels);
        Checks.notNull("compile", "theta", theta);
        if (!inputs.contains(theta)) {
            throw Checks.error("compile", "the node to be updated, " + theta + ",", "no input", "one of " + inputs);
        }
        if (gradient.shape().size() != theta.shape().size()) {
            throw Checks.error(
                    "compile",
                    "gradient " + gradient,
                    "of " + gradient.shape().size() + " entries",
                    "of " + theta.shape().size() + ", as many as " + theta);
        }
        Update update = Update.of(theta, gradient, factor);
        return new UpdateProgram(new Code(kernels, inputs, update, 1, new boolean[inputs.size()]), update);
    }

    /**
     * The same for many lanes at once, of which none share an input: entry e of lane l is at [e·lanes + l].
     *
     * @param count number of lanes, at least 1
     * @return the program
     */
    public UpdateProgram forLanes(int count) {
        boolean[] flags = Code.shared(count, code.inputs.size());
        return new UpdateProgram(new Code(code.kernels, code.inputs, update, count, flags), update);
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
     * Changes θ once. If an exception is thrown, θ may have changed in part.
     *
     * @param workspace made by this program. Modified.
     * @param in one array an input, row-major, at least as long as the input. That of θ is modified, the others are
     *     not, and must be other arrays.
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

    /** Writes the instructions down as one class, as happens after many runs. */
    void write() {
        code.write();
    }

    /**
     * Writes the program down as straight-line code, as {@link Program#write} does.
     *
     * @param code takes it down. Modified, also if the result is empty.
     * @param in for each input the values of its entries, as the code names them. Not modified.
     * @return the values of the entries of the new θ, with the bits of a run on lanes; empty if an op of the program is
     *     not plain arithmetic or some node has more entries than a kernel can hold
     */
    public Optional<int[]> write(LaneCode code, List<int[]> in) {
        List<Node> nodes = update.nodes();
        Optional<List<int[]>> found = LaneTrace.of(code, this.code.inputs, in, nodes);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        int[] theta = in.get(this.code.inputs.indexOf(update.theta())).clone();
        int next = 0;
        for (Update.Part part : update.parts()) {
            List<int[]> operands =
                    found.get().subList(next, next + part.operands().size());
            next += operands.size();
            Optional<int[]> added = added(code, part, operands);
            if (added.isEmpty()) {
                return Optional.empty();
            }
            int[] values = added.get();
            for (int e = 0; e < values.length; e++) {
                theta[part.start() + e] = code.add(theta[part.start() + e], values[e]);
            }
        }
        return Optional.of(theta);
    }

    /** What is added to a stretch of θ; empty if that cannot be written down. */
    private Optional<int[]> added(LaneCode code, Update.Part part, List<int[]> operands) {
        Lowering product = part.product();
        if (product == null) {
            int factor = code.constant(update.factor());
            return Optional.of(Arrays.stream(operands.get(0))
                    .map(value -> code.multiply(factor, value))
                    .toArray());
        }
        return product.write(
                code, part.operands().stream().map(Node::shape).toList(), part.shape(), operands.toArray(new int[0][]));
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
     * The inputs, in the order in which a run takes them.
     *
     * @return an immutable list
     */
    public List<Node> inputs() {
        return code.inputs;
    }

    /**
     * Number of instructions.
     *
     * @return at least 1
     */
    public int instructionCount() {
        return code.instructions.length;
    }

    /**
     * A listing for people, as that of {@link Program#dump}.
     *
     * @return the text, several lines
     */
    public String dump() {
        return Listing.of(code);
    }
}
