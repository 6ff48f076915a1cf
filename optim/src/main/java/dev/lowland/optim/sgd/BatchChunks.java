package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import dev.lowland.optim.parallel.FittingChunk;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A large batch cut into chunks that follow each other, and the program that gives the part of the gradient of one of
 * them. Immutable, shared by threads.
 *
 * <p>The cut depends on the batch and the model alone, never on the machine or on threads. There are 2, 4 or
 * {@value #STRIPS} chunks, the most that leave {@value #SMALLEST_CHUNK} samples to each, so that they are shared evenly
 * by the usual numbers of threads; beyond {@value #LARGEST_CHUNK} samples each there are multiples of {@value #STRIPS}.
 * Chunks have one size, which is a multiple of {@value #ROWS}, or what {@link FittingChunk} makes of that; the last one
 * may be smaller.
 */
final class BatchChunks {

    /** Chunks belong to strips, at most so many: see {@link ChunkedGradient}. */
    static final int STRIPS = 8;
    /** Samples times parameters from which on a batch is cut. */
    static final int SMALLEST_WORK = 1 << 23;

    static final int SMALLEST_CHUNK = 128;
    static final int SMALLEST_BATCH = 2 * SMALLEST_CHUNK;
    static final int LARGEST_CHUNK = 512;
    /** Products of matrices work on so many rows at once. */
    private static final int ROWS = 8;

    private final int batch;
    private final int size;
    private final Program full;
    private final @Nullable Program last;

    private BatchChunks(int batch, int size, Program full, @Nullable Program last) {
        this.batch = batch;
        this.size = size;
        this.full = full;
        this.last = last;
    }

    /** Whether a batch is worth cutting. */
    static boolean suit(int batch, int parameters) {
        return batch >= SMALLEST_BATCH && (long) batch * parameters >= SMALLEST_WORK;
    }

    /** Cuts a batch. */
    static BatchChunks compile(int batch, IntFunction<Program> gradientOfChunk) {
        int largest = multiple(quotient(batch, count(batch)));
        FittingChunk<Program> fitting = FittingChunk.of(largest, gradientOfChunk, Program::workspaceBytes);
        int size = fitting.size();
        int rest = batch % size;
        return new BatchChunks(batch, size, fitting.program(), rest == 0 ? null : gradientOfChunk.apply(rest));
    }

    private static int count(int batch) {
        if (batch > STRIPS * LARGEST_CHUNK) {
            return STRIPS * quotient(batch, STRIPS * LARGEST_CHUNK);
        }
        return Integer.highestOneBit(Math.min(STRIPS, Math.max(1, batch / SMALLEST_CHUNK)));
    }

    private static int multiple(int samples) {
        return ROWS * quotient(samples, ROWS);
    }

    /** Rounded up. */
    private static int quotient(int a, int b) {
        return (a + b - 1) / b;
    }

    int count() {
        return quotient(batch, size);
    }

    int strips() {
        return Math.min(STRIPS, count());
    }

    /** The first chunk of strip s; that of the strip after the last is the number of chunks. */
    int firstOfStrip(int s) {
        return (int) ((long) count() * s / strips());
    }

    /** The first place in the batch of chunk c. */
    int from(int c) {
        return c * size;
    }

    /** Samples of chunk c. */
    int size(int c) {
        return Math.min(size, batch - c * size);
    }

    /** Whether chunk c has fewer samples than the others. */
    boolean isLast(int c) {
        return last != null && c == count() - 1;
    }

    /** For chunks that are not the last. */
    Program full() {
        return full;
    }

    /** For the last chunk where it is smaller. */
    @Nullable
    Program last() {
        return last;
    }
}
