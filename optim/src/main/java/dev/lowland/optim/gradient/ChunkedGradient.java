package dev.lowland.optim.gradient;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.parallel.Crew;
import dev.lowland.optim.parallel.Workers;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The gradient over {@link BatchChunks}, by one thread or several. Chunks belong to strips, each of which adds up its
 * own in order; then the strips are added in order, entry by entry. That order is the same for any number of threads,
 * so the sum has the same bits.
 *
 * <p>Memory: P numbers a strip; for each thread the temporaries of a chunk, P numbers of them its gradient, and its
 * inputs and targets.
 */
public final class ChunkedGradient implements BatchGradient {

    /** Entries of the gradient that are added up at once: they stay in the nearest cache. */
    private static final int SLICE = 4096;

    private final KernelSet kernels = Kernels.active();
    private final BatchChunks chunks;
    private final double[] parameters;
    private final double[] targets;
    private final Data data;
    private final boolean full;
    private final double[][] sums;
    private final Place[] places;
    private final Crew crew;
    private final Workers.Task strip = this::addChunks;
    private final Workers.Task slice = (worker, index) -> addStrips(index);
    private int[] indices = {};
    private int offset;
    private BooleanSupplier stop = () -> false;
    private volatile boolean stopped;

    /** Parameters and targets are looked at in each call. Starts the threads, the caller's not among them. */
    public ChunkedGradient(
            BatchChunks chunks, Data data, boolean full, int threads, double[] parameters, double[] targets) {
        this.chunks = chunks;
        this.parameters = parameters;
        this.targets = targets;
        this.data = data;
        this.full = full;
        this.sums = new double[chunks.strips()][parameters.length];
        this.places = new Place[Math.min(threads, chunks.strips())];
        for (int w = 0; w < places.length; w++) {
            places[w] = new Place();
        }
        this.crew = new Crew(places.length);
    }

    @Override
    public double @Nullable [] at(int[] drawnIndices, int drawnOffset, BooleanSupplier stopWhen) {
        indices = drawnIndices;
        offset = drawnOffset;
        stop = stopWhen;
        stopped = false;
        crew.run(sums.length, strip);
        if (stopped) {
            return null;
        }
        crew.run((parameters.length + SLICE - 1) / SLICE, slice);
        return sums[0];
    }

    private void addChunks(int worker, int s) {
        double[] sum = sums[s];
        int first = chunks.firstOfStrip(s);
        int end = chunks.firstOfStrip(s + 1);
        for (int c = first; c < end; c++) {
            if (stopped || stop.getAsBoolean()) {
                stopped = true;
                return;
            }
            double[] gradient = places[worker].gradient(c);
            if (c == first) {
                System.arraycopy(gradient, 0, sum, 0, sum.length);
            } else {
                kernels.axpy(sum.length, 1, gradient, 0, sum, 0);
            }
        }
    }

    private void addStrips(int index) {
        int from = index * SLICE;
        int length = Math.min(SLICE, parameters.length - from);
        for (int s = 1; s < sums.length; s++) {
            kernels.axpy(length, 1, sums[s], from, sums[0], from);
        }
    }

    @Override
    public void close() {
        crew.close();
    }

    /** What one thread needs for a chunk. */
    private final class Place {
        private final Workspace workspace = chunks.full().newWorkspace();
        private final @Nullable Program last = chunks.last();
        private final @Nullable Workspace workspaceOfLast = last == null ? null : last.newWorkspace();
        private final double[] chunkInputs = new double[chunks.size(0) * data.inputSize()];
        private final double[] chunkTargets = new double[chunks.size(0) * data.outputSize()];
        private final double[][] programInputs = {parameters, chunkTargets, chunkInputs};

        /** Of chunk c, live. */
        double[] gradient(int c) {
            int outputs = data.outputSize();
            System.arraycopy(targets, chunks.from(c) * outputs, chunkTargets, 0, chunks.size(c) * outputs);
            if (full) {
                data.copyInputs(chunks.from(c), chunks.size(c), chunkInputs);
            } else {
                data.gatherInputs(indices, offset + chunks.from(c), chunks.size(c), 1, chunkInputs);
            }
            if (last != null && workspaceOfLast != null && chunks.isLast(c)) {
                last.run(workspaceOfLast, programInputs);
                return workspaceOfLast.output(0);
            }
            chunks.full().run(workspace, programInputs);
            return workspace.output(0);
        }
    }
}
