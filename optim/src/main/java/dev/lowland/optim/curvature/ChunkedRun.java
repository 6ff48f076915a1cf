package dev.lowland.optim.curvature;

import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.optim.parallel.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link ChunkedProgram} over all chunks and adds up what it gives. Chunks belong to strips, at most
 * {@value #STRIPS}, each of which adds up its own in order; then the strips are added in order. That order is the same
 * for any number of threads. For one caller at a time.
 */
final class ChunkedRun {

    static final int STRIPS = 8;
    /** Memory for what depends on θ alone, kept from product to product. */
    static final long KEPT_BYTES = 512L << 20;

    private final ChunkedProgram program;
    private final int threads;
    private final int[] outputSizes;
    private final Strip[] strips;
    private final double[] theta;
    private final double[][] late = new double[1][];
    private final Workers.Task task = (worker, index) -> strip(index);

    /** Counts the values of θ, so that a workspace knows whether it is prepared for this one. */
    private long point;

    ChunkedRun(ChunkedProgram program, int threads, int... outputSizes) {
        this.program = program;
        this.threads = threads;
        this.outputSizes = outputSizes;
        this.theta = new double[program.parameters()];
        int chunks = program.chunks().count();
        int count = Math.min(STRIPS, chunks);
        long keep = KEPT_BYTES / Math.max(1, program.workspaceBytes()) / count;
        this.strips = new Strip[count];
        for (int s = 0; s < count; s++) {
            int from = (int) ((long) chunks * s / count);
            int to = (int) ((long) chunks * (s + 1) / count);
            strips[s] = new Strip(from, to, (int) Math.min(keep, to - from));
        }
    }

    int width() {
        return program.width();
    }

    double[] theta() {
        return theta;
    }

    /** Moves to another θ. */
    void at(double[] parameters) {
        System.arraycopy(parameters, 0, theta, 0, theta.length);
        point++;
    }

    /**
     * total = factor times the sum over all chunks of the first output, for these directions: width · P numbers, as the
     * program takes them.
     */
    void run(double[] directions, double factor, double[] total) {
        runAll(directions);
        add(0, factor, total);
    }

    /** The same for the first two outputs. */
    void run(double[] directions, double factor, double[] total, double[] second) {
        runAll(directions);
        add(0, factor, total);
        add(1, factor, second);
    }

    private void runAll(double[] directions) {
        late[0] = directions;
        Workers.forEach(threads, strips.length, task);
    }

    private void add(int output, double factor, double[] total) {
        KernelSet kernels = Kernels.active();
        int size = outputSizes[output];
        double[] first = strips[0].totals[output];
        for (int i = 0; i < size; i++) {
            total[i] = factor * first[i];
        }
        for (int s = 1; s < strips.length; s++) {
            kernels.axpy(size, factor, strips[s].totals[output], 0, total, 0);
        }
    }

    private void strip(int index) {
        Strip strip = strips[index];
        KernelSet kernels = Kernels.active();
        for (int c = strip.from; c < strip.to; c++) {
            boolean first = c == strip.from;
            program.run(c, strip.prepared(c), late, first ? strip.totals : strip.outputs);
            for (int o = 0; o < outputSizes.length && !first; o++) {
                kernels.axpy(outputSizes[o], 1, strip.outputs[o], 0, strip.totals[o], 0);
            }
        }
    }

    /** Some chunks that follow each other, and the memory to run them. */
    private final class Strip {
        final int from;
        final int to;
        final double[][] outputs = new double[outputSizes.length][];
        final double[][] totals = new double[outputSizes.length][];
        private final @Nullable Workspace[] kept;
        private final long[] preparedFor;
        private final double[][] early = new double[3][];
        private @Nullable Workspace passing;
        private @Nullable Workspace passingLast;

        Strip(int from, int to, int keep) {
            this.from = from;
            this.to = to;
            this.kept = new Workspace[keep];
            this.preparedFor = new long[keep];
            for (int o = 0; o < outputSizes.length; o++) {
                outputs[o] = new double[to - from > 1 ? outputSizes[o] : 0];
                totals[o] = new double[outputSizes[o]];
            }
            Arrays.fill(preparedFor, -1);
        }

        /** A workspace in which the part that depends on θ and chunk c has been run. */
        Workspace prepared(int c) {
            int i = c - from;
            Workspace workspace = workspace(c);
            if (i >= kept.length || preparedFor[i] != point) {
                early[0] = theta;
                early[1] = program.chunks().inputs(c);
                early[2] = program.chunks().targets(c);
                program.prepare(c, workspace, early);
                if (i < kept.length) {
                    preparedFor[i] = point;
                }
            }
            return workspace;
        }

        private Workspace workspace(int c) {
            int i = c - from;
            if (i < kept.length) {
                Workspace workspace = kept[i];
                if (workspace == null) {
                    workspace = program.newWorkspace(c);
                    kept[i] = workspace;
                }
                return workspace;
            }
            Workspace workspace = program.isLast(c) ? passingLast : passing;
            if (workspace == null) {
                workspace = program.newWorkspace(c);
                if (program.isLast(c)) {
                    passingLast = workspace;
                } else {
                    passing = workspace;
                }
            }
            return workspace;
        }
    }
}
