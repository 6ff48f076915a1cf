package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.core.kernel.KernelSet;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.parallel.Crew;
import dev.lowland.optim.parallel.Workers;
import org.jspecify.annotations.Nullable;

/**
 * The gradient over {@link BatchChunks}, by one thread or several. Chunks belong to strips, each of which adds up its own in order; then the strips are
 * added in order, entry by entry. That order is the same for any number of threads, so the sum has the same bits.
 *
 * <p>Memory: P numbers a strip; the temporaries, the inputs and the targets of a chunk, and P numbers more, a thread.
 */
final class ChunkedGradient implements BatchGradient {

    /** Entries of the gradient that are added up at once: they stay in the nearest cache. */
    private static final int SLICE = 4096;

    private final KernelSet kernels = Kernels.active();
    private final BatchChunks chunks;
    private final double[] parameters;
    private final double[] targets;
    private final double[] cleanInputs;
    private final int inputSize;
    private final int outputSize;
    private final boolean drawn;
    private final double[][] sums;
    private final double[] total;
    private final Place[] places;
    private final Crew crew;
    private final Workers.Task strip = this::addChunks;
    private final Workers.Task slice = (worker, index) -> addStrips(index);
    private int[] indices = {};
    private int offset;

    /** Parameters and targets are looked at in each call. Starts the threads, the caller's not among them. */
    ChunkedGradient(SgdProgram compiled, BatchChunks chunks, double[] parameters, double[] targets) {
        this.chunks = chunks;
        this.parameters = parameters;
        this.targets = targets;
        Data data = compiled.objective().data();
        this.cleanInputs = data.inputs().data;
        this.inputSize = data.inputSize();
        this.outputSize = data.outputSize();
        this.drawn = !compiled.sgd().isFullBatch();
        this.sums = new double[chunks.strips()][parameters.length];
        this.total = new double[parameters.length];
        this.places = new Place[Math.min(compiled.sgd().threads(), chunks.strips())];
        for (int w = 0; w < places.length; w++) {
            places[w] = new Place();
        }
        this.crew = new Crew(places.length);
    }

    @Override
    public double[] at(int[] drawnIndices, int drawnOffset) {
        indices = drawnIndices;
        offset = drawnOffset;
        crew.run(sums.length, strip);
        crew.run((total.length + SLICE - 1) / SLICE, slice);
        return total;
    }

    private void addChunks(int worker, int s) {
        double[] sum = sums[s];
        int first = chunks.firstOfStrip(s);
        int end = chunks.firstOfStrip(s + 1);
        for (int c = first; c < end; c++) {
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
        int length = Math.min(SLICE, total.length - from);
        System.arraycopy(sums[0], from, total, from, length);
        for (int s = 1; s < sums.length; s++) {
            kernels.axpy(length, 1, sums[s], from, total, from);
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
        private final double[] chunkInputs = new double[chunks.size(0) * inputSize];
        private final double[] chunkTargets = new double[chunks.size(0) * outputSize];
        private final double[][] programInputs = {parameters, chunkTargets, chunkInputs};

        /** Of chunk c, live. */
        double[] gradient(int c) {
            int from = chunks.from(c);
            int size = chunks.size(c);
            System.arraycopy(targets, from * outputSize, chunkTargets, 0, size * outputSize);
            if (drawn) {
                for (int i = 0; i < size; i++) {
                    int row = indices[offset + from + i] * inputSize;
                    System.arraycopy(cleanInputs, row, chunkInputs, i * inputSize, inputSize);
                }
            } else {
                System.arraycopy(cleanInputs, from * inputSize, chunkInputs, 0, size * inputSize);
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
