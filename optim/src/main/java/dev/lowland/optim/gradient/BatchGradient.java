package dev.lowland.optim.gradient;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of the mean of a step's loss over its batch, at the live θ and targets of a stepper. For one caller at a
 * time.
 */
public interface BatchGradient extends AutoCloseable {

    /**
     * Computes it; allocates nothing.
     *
     * @param indices the samples drawn, laned, from an offset on; not looked at for the full batch. Not modified.
     * @param offset where they begin
     * @param stop asked now and then, by any thread, if it takes long
     * @return laned, P·lanes numbers or more, live until the next call, to be read only; null if it was to stop
     */
    double @Nullable [] at(int[] indices, int offset, BooleanSupplier stop);

    /** Ends the threads, if there are any. */
    @Override
    void close();
}
