package dev.lowland.optim.curvature;

import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Counts the parts of long work that are done, and tells somebody. For several threads; nothing is allocated. */
final class Advance {
    private final @Nullable DoubleConsumer listener;
    private int parts;
    private int done;

    Advance(@Nullable DoubleConsumer listener) {
        this.listener = listener;
    }

    synchronized void start(int count) {
        parts = count;
        done = 0;
    }

    /** One more part is done. */
    synchronized void step() {
        if (listener != null) {
            listener.accept((double) ++done / parts);
        }
    }
}
