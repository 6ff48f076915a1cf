package dev.lowland.optim.ensemble;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges blocks in the order of their numbers, whatever the order in which they are ready. Few may be ready too early:
 * who brings one more waits, so that memory stays bounded. Safe for threads.
 */
final class OrderedMerge {

    private final int room;
    private final Map<Integer, BlockSums> waiting = new HashMap<>();
    private @Nullable BlockSums merged;
    private int next;
    private boolean abandoned;

    /** With room for so many blocks that are ready before their turn. */
    OrderedMerge(int room) {
        this.room = room;
    }

    /** Takes a block; the stop is asked while merging. Blocks must have been begun in their order. */
    synchronized void offer(int block, BlockSums sums, BooleanSupplier stop) {
        awaitRoom(block);
        waiting.put(block, sums);
        for (BlockSums ready = waiting.remove(next); ready != null; ready = waiting.remove(next)) {
            if (merged == null) {
                merged = ready;
            } else {
                merged.merge(ready, stop);
            }
            next++;
        }
        notifyAll();
    }

    private void awaitRoom(int block) {
        boolean interrupted = false;
        while (block - next > room && !abandoned && !interrupted) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody waits any more: some block will not come. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    /** All blocks together, or null if there was none. */
    synchronized @Nullable BlockSums merged() {
        return merged;
    }
}
