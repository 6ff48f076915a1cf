package dev.lowland.optim.parallel;

import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * How many samples one run of a program takes: a size and halves of that, until the temporaries stay below
 * {@value #MEBIBYTES} MiB, or do not shrink any more. It depends on the program alone, never on the machine or on
 * threads. Immutable.
 *
 * @param <T> the program
 * @param size samples, at least 1
 * @param program compiled for so many
 */
public record FittingChunk<T>(int size, T program) {

    /** Temporaries of one run, in MiB. */
    public static final int MEBIBYTES = 64;

    /** The same in bytes. */
    public static final long BYTES = (long) MEBIBYTES << 20;

    /** Halving a chunk is worth it if its temporaries shrink to less than this part. */
    private static final double WORTH_HALVING = 0.75;

    /**
     * The largest that fits.
     *
     * @param largest the size to begin with, at least 1
     * @param compile makes the program for a size
     * @param bytes of the temporaries of a program
     * @param <T> the program
     * @return the size and its program
     */
    public static <T> FittingChunk<T> of(int largest, IntFunction<T> compile, ToLongFunction<T> bytes) {
        int size = largest;
        T program = compile.apply(size);
        while (size > 1 && bytes.applyAsLong(program) > BYTES) {
            T half = compile.apply((size + 1) / 2);
            if (bytes.applyAsLong(half) > WORTH_HALVING * bytes.applyAsLong(program)) {
                break;
            }
            size = (size + 1) / 2;
            program = half;
        }
        return new FittingChunk<>(size, program);
    }
}
