package dev.lowland.core.kernel.vector.machine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Arrays for packing matrices, kept between calls so that a call allocates nothing once the pool is warm.
 *
 * <p>Nothing is ever read from an array before the same call has written it, so the pool is invisible but for its
 * memory. Lock free: taking swaps a slot for null, giving back puts the array in the first free slot. With more threads
 * at once than slots, the rest allocate.
 */
public final class ScratchPool {
    private final int length;
    private final AtomicReferenceArray<double @Nullable []> slots;

    /** Arrays of a length, as many as threads are likely to want at once. */
    public ScratchPool(int length, int slots) {
        this.length = length;
        this.slots = new AtomicReferenceArray<>(slots);
    }

    /** An array with unknown contents. */
    public double[] take() {
        for (int i = 0; i < slots.length(); i++) {
            double[] array = slots.getAndSet(i, null);
            if (array != null) {
                return array;
            }
        }
        return new double[length];
    }

    /** Gives an array back, which the caller must not touch again. */
    public void give(double[] array) {
        for (int i = 0; i < slots.length(); i++) {
            if (slots.compareAndSet(i, null, array)) {
                return;
            }
        }
    }
}
