package dev.lowland.optim.curvature;

import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.optim.parallel.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link ChunkedProgram} over all chunks and adds up what it gives. Chunks belong to strips, at most
 * {@value #STRIPS}, each of which adds up its own in order; the strips are added in order too, each by the thread that
 * has it ready, when its turn comes. That order is the same for any number of threads, and memory grows with threads,
 * not with strips. For one caller at a time.
 */
final class ChunkedRun {

    static final int STRIPS = 8;
    /**
     * Memory for what depends on θ alone, kept from product to product: that of all chunks if it is not more, else of
     * none, since to keep some of many saves little.
     */
    static final long KEPT_BYTES = 128L << 20;

    private final KernelSet kernels = Kernels.active();
    private final ChunkedProgram program;
    private final int threads;
    private final int[] outputSizes;
    private final Strip[] strips;
    private final Place[] places;
    private final double[] theta;
    /** Where the outputs are added up. */
    private final double[][] sums;
    /** For a sum that is to take the place of the directions. */
    private double[] spare = {};

    private final double[][] late = new double[1][];
    private final Workers.Task task = this::strip;

    /** For a smaller last chunk where nothing is kept; one thread at a time works on it. */
    private @Nullable Workspace passingLast;

    private final Object turn = new Object();
    private int nextStrip;
    private boolean failed;
    private double factor;

    /** Counts the values of θ, so that a workspace knows whether it is prepared for this one. */
    private long point;

    ChunkedRun(ChunkedProgram program, int threads, int... outputSizes) {
        this(program, threads, KEPT_BYTES, outputSizes);
    }

    /** With another bound on what is kept. */
    ChunkedRun(ChunkedProgram program, int threads, long keptBytes, int... outputSizes) {
        this.program = program;
        this.threads = threads;
        this.outputSizes = outputSizes;
        this.theta = new double[program.parameters()];
        int chunks = program.chunks().count();
        int count = Math.min(STRIPS, chunks);
        this.sums = new double[outputSizes.length][0];
        this.strips = new Strip[count];
        this.places = new Place[Math.min(threads, count)];
        for (int w = 0; w < places.length; w++) {
            places[w] = new Place();
        }
        boolean keep = chunks <= places.length || chunks * program.workspaceBytes() <= keptBytes;
        for (int s = 0; s < count; s++) {
            int from = (int) ((long) chunks * s / count);
            int to = (int) ((long) chunks * (s + 1) / count);
            strips[s] = new Strip(from, to, keep ? to - from : 0);
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
    @SuppressWarnings("ReferenceEquality") // the same array is the question
    void run(double[] directions, double scale, double[] total) {
        boolean same = total == directions;
        if (same && spare.length == 0) {
            spare = new double[outputSizes[0]];
        }
        sums[0] = same ? spare : total;
        runAll(directions, scale);
        if (same) {
            System.arraycopy(spare, 0, total, 0, spare.length);
        }
    }

    /** The same for the first two outputs. */
    void run(double[] directions, double scale, double[] total, double[] second) {
        sums[1] = second;
        run(directions, scale, total);
    }

    private void runAll(double[] directions, double scale) {
        late[0] = directions;
        factor = scale;
        nextStrip = 0;
        failed = false;
        Workers.forEach(threads, strips.length, task);
    }

    private void strip(int worker, int index) {
        boolean ready = false;
        try {
            run(strips[index], places[worker]);
            ready = true;
        } finally {
            add(index, places[worker], ready);
        }
    }

    /** Waits for the strips before this one; they have been handed out before it, so somebody is at work on them. */
    private void add(int index, Place place, boolean ready) {
        boolean interrupted = false;
        synchronized (turn) {
            while (ready && !failed && nextStrip < index) {
                try {
                    turn.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            failed |= !ready;
            for (int o = 0; o < sums.length && !failed; o++) {
                place.add(o, index == 0, sums[o]);
            }
            nextStrip++;
            turn.notifyAll();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Strip strip, Place place) {
        for (int c = strip.from; c < strip.to; c++) {
            Checks.notInterrupted("curvature");
            boolean first = c == strip.from;
            program.run(c, strip.prepared(c, place), late, first ? place.totals : place.outputs);
            for (int o = 0; o < outputSizes.length && !first; o++) {
                kernels.axpy(outputSizes[o], 1, place.outputs[o], 0, place.totals[o], 0);
            }
        }
    }

    /** Some chunks that follow each other, and the memory to run them. */
    private final class Strip {
        final int from;
        final int to;
        private final @Nullable Workspace[] kept;
        private final long[] preparedFor;

        Strip(int from, int to, int keep) {
            this.from = from;
            this.to = to;
            this.kept = new Workspace[keep];
            this.preparedFor = new long[keep];
            Arrays.fill(preparedFor, -1);
        }

        /** A workspace in which the part that depends on θ and chunk c has been run. */
        Workspace prepared(int c, Place place) {
            if (kept.length == 0) {
                Workspace passing = place.passing(c);
                place.prepare(c, passing);
                return passing;
            }
            int i = c - from;
            Workspace workspace = kept[i];
            if (workspace == null) {
                workspace = program.newWorkspace(c);
                kept[i] = workspace;
            }
            if (preparedFor[i] != point) {
                place.prepare(c, workspace);
                preparedFor[i] = point;
            }
            return workspace;
        }
    }

    /** The memory of one thread: a copy of the chunk under way, and what is not kept. */
    private final class Place {
        final double[][] outputs = new double[outputSizes.length][];
        final double[][] totals = new double[outputSizes.length][];
        private final double[][] early;
        private @Nullable Workspace passing;

        Place() {
            SampleChunks chunks = program.chunks();
            for (int o = 0; o < outputSizes.length; o++) {
                totals[o] = new double[outputSizes[o]];
                outputs[o] = new double[chunks.count() > strips.length ? outputSizes[o] : 0];
            }
            early = new double[][] {
                theta,
                new double[chunks.size(0) * chunks.data().inputSize()],
                new double[chunks.size(0) * chunks.data().outputSize()]
            };
        }

        /** sum += factor times the total of a strip, or = for the first strip. */
        void add(int output, boolean first, double[] sum) {
            double[] total = totals[output];
            if (!first) {
                kernels.axpy(total.length, factor, total, 0, sum, 0);
                return;
            }
            for (int i = 0; i < total.length; i++) {
                sum[i] = factor * total[i];
            }
        }

        void prepare(int c, Workspace workspace) {
            program.chunks().copy(c, early[1], early[2]);
            program.prepare(c, workspace, early);
        }

        Workspace passing(int c) {
            boolean isLast = program.isLast(c);
            Workspace workspace = isLast ? passingLast : passing;
            if (workspace == null) {
                workspace = program.newWorkspace(c);
                if (isLast) {
                    passingLast = workspace;
                } else {
                    passing = workspace;
                }
            }
            return workspace;
        }
    }
}
