package dev.lowland.core.kernel.vector.machine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scratch memory, kept between calls so that a call allocates nothing once the pool is warm.
 *
 * <p>Nothing is ever read from it before the same call has written it, so the pool is invisible but for its memory.
 * Lock free: taking swaps a slot for null, giving back fills the first free slot. With more threads at once than slots,
 * the rest allocate.
 *
 * @param <T> what the memory is, an array or several
 */
public final class ScratchPool<T> {
    private final Supplier<T> maker;
    private final AtomicReferenceArray<@Nullable T> slots;

    /** As much memory as threads are likely to want at once. */
    public ScratchPool(Supplier<T> maker, int slots) {
        this.maker = maker;
        this.slots = new AtomicReferenceArray<>(slots);
    }

    /** Memory for every thread that this machine runs at once, and as many more. */
    public static <T> ScratchPool<T> of(Supplier<T> maker) {
        return new ScratchPool<>(maker, 2 * Runtime.getRuntime().availableProcessors());
    }

    /** Memory with unknown contents. */
    public T take() {
        for (int i = 0; i < slots.length(); i++) {
            T scratch = slots.getAndSet(i, null);
            if (scratch != null) {
                return scratch;
            }
        }
        return maker.get();
    }

    /** Gives memory back, which the caller must not touch again. */
    public void give(T scratch) {
        for (int i = 0; i < slots.length(); i++) {
            if (slots.compareAndSet(i, null, scratch)) {
                return;
            }
        }
    }
}
