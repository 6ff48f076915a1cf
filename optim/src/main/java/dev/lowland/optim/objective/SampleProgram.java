package dev.lowland.optim.objective;

import dev.lowland.autodiff.program.Program;
import dev.lowland.optim.parallel.FittingChunk;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function of θ and all samples, compiled for chunks of them, so that its memory does not grow with n. Immutable,
 * shared by threads.
 *
 * <p>The size of a chunk depends on the objective alone, never on the machine or on threads: the largest of n,
 * {@value #LARGEST_CHUNK}, and halves of that, of which the temporaries stay below {@value FittingChunk#MEBIBYTES} MiB,
 * or do not shrink any more. Where all samples fit one chunk, {@link ObjectivePrograms#call} knows where the program
 * has them from.
 */
final class SampleProgram {

    static final int LARGEST_CHUNK = 512;

    private final int samples;
    private final int size;
    private final Program full;
    private final @Nullable Program last;

    private SampleProgram(int samples, int size, Program full, @Nullable Program last) {
        this.samples = samples;
        this.size = size;
        this.full = full;
        this.last = last;
    }

    /** With {@code whole} for all samples at once, or {@code chunk} for some, as inputs. */
    static SampleProgram compile(int samples, IntFunction<Program> whole, IntFunction<Program> chunk) {
        if (samples <= LARGEST_CHUNK) {
            Program program = whole.apply(samples);
            if (samples == 1 || program.workspaceBytes() <= FittingChunk.BYTES) {
                return new SampleProgram(samples, samples, program, null);
            }
        }
        FittingChunk<Program> fitting =
                FittingChunk.of(Math.min(samples, LARGEST_CHUNK), chunk, Program::workspaceBytes);
        int size = fitting.size();
        if (size == samples) {
            return new SampleProgram(samples, samples, whole.apply(samples), null);
        }
        int rest = samples % size;
        return new SampleProgram(samples, size, fitting.program(), rest == 0 ? null : chunk.apply(rest));
    }

    /** Whether all samples are one chunk. */
    boolean whole() {
        return size == samples;
    }

    int count() {
        return (samples + size - 1) / size;
    }

    /** The first sample of chunk c. */
    int from(int c) {
        return c * size;
    }

    /** Samples of chunk c. */
    int size(int c) {
        return Math.min(size, samples - c * size);
    }

    /** Chunk c has fewer samples than the others. */
    boolean isRest(int c) {
        return last != null && c == count() - 1;
    }

    Program full() {
        return full;
    }

    @Nullable
    Program last() {
        return last;
    }
}
