package dev.lowland.optim.ensemble;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges blocks in the order of their numbers, whatever the order in which they are ready. Safe for threads. */
final class OrderedMerge {

    private final Map<Integer, BlockSums> waiting = new HashMap<>();
    private @Nullable BlockSums merged;
    private int next;

    synchronized void offer(int block, BlockSums sums) {
        waiting.put(block, sums);
        for (BlockSums ready = waiting.remove(next); ready != null; ready = waiting.remove(next)) {
            if (merged == null) {
                merged = ready;
            } else {
                merged.merge(ready);
            }
            next++;
        }
    }

    /** All blocks together, or null if there was none. */
    synchronized @Nullable BlockSums merged() {
        return merged;
    }
}
