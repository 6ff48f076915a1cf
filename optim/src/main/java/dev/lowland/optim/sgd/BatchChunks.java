package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A large batch cut into chunks that follow each other, and the program that gives the part of the gradient of one of them. Immutable, shared by
 * threads.
 *
 * <p>The cut depends on the batch and the model alone, never on the machine or on threads. Chunks have one size, the last of which may be smaller: a
 * multiple of {@value #ROWS}, at least {@value #SMALLEST_CHUNK} samples and otherwise so many that there are {@value #STRIPS} of them, but at
 * most {@value #LARGEST_CHUNK}, and halves of that until the temporaries stay below {@value #CHUNK_BYTES} bytes, or do not shrink any more.
 */
final class BatchChunks {

    /** Chunks belong to strips, at most so many: see {@link ChunkedGradient}. */
    static final int STRIPS = 8;
    /** Samples times parameters from which on a batch is cut. */
    static final long SMALLEST_WORK = 1L << 23;

    static final int SMALLEST_CHUNK = 128;
    static final int LARGEST_CHUNK = 512;
    static final long CHUNK_BYTES = 64L << 20;
    /** Products of matrices work on so many rows at once. */
    private static final int ROWS = 8;
    /** Halving a chunk is worth it if its temporaries shrink to less than this part. */
    private static final double WORTH_HALVING = 0.75;

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

    /** Whether a batch is worth cutting: it has work for more than one chunk. */
    static boolean suit(int batch, int parameters) {
        return batch > SMALLEST_CHUNK && (long) batch * parameters >= SMALLEST_WORK;
    }

    /** Cuts a batch. */
    static BatchChunks compile(int batch, IntFunction<Program> gradientOfChunk) {
        int size = Math.min(Math.max(SMALLEST_CHUNK, multiple((batch + STRIPS - 1) / STRIPS)), LARGEST_CHUNK);
        Program program = gradientOfChunk.apply(size);
        while (size > 1 && program.workspaceBytes() > CHUNK_BYTES) {
            Program half = gradientOfChunk.apply((size + 1) / 2);
            if (half.workspaceBytes() > WORTH_HALVING * program.workspaceBytes()) {
                break;
            }
            size = (size + 1) / 2;
            program = half;
        }
        int rest = batch % size;
        return new BatchChunks(batch, size, program, rest == 0 ? null : gradientOfChunk.apply(rest));
    }

    private static int multiple(int samples) {
        return (samples + ROWS - 1) / ROWS * ROWS;
    }

    int count() {
        return (batch + size - 1) / size;
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
