package dev.lowland.optim.ensemble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges blocks in one order, whatever the order in which they are ready: the blocks of a strip into the strip, from
 * its first on, and strips into the whole, from the first on. So a strip is the same whoever computed it, and strips
 * that were computed apart add up to the bits of the whole. Few blocks may be ready too early: who brings one more
 * waits, so that memory stays bounded. Safe for threads.
 */
final class OrderedMerge {

    /** Blocks of a strip; its last one may have fewer. */
    static final int STRIP = 16;

    private final int room;
    private final boolean apart;
    private final Map<Integer, BlockSums> waiting = new HashMap<>();
    private final List<BlockSums> strips = new ArrayList<>();
    private @Nullable BlockSums strip;
    private @Nullable BlockSums whole;
    private int next;
    private boolean abandoned;

    /**
     * Of the blocks from one on, which begins a strip; with room for so many that are ready before their turn. Strips
     * are kept apart if told to, else merged.
     */
    OrderedMerge(int room, int first, boolean apart) {
        this.room = room;
        this.apart = apart;
        this.next = first;
    }

    /** How many strips so many blocks are. */
    static int strips(int blocks) {
        return (blocks - 1) / STRIP + 1;
    }

    /** Takes a block; the stop is asked while merging. Blocks must have been begun in their order. */
    synchronized void offer(int block, BlockSums sums, BooleanSupplier stop) {
        awaitRoom(block);
        waiting.put(block, sums);
        for (BlockSums ready = waiting.remove(next); ready != null; ready = waiting.remove(next)) {
            if (strip == null) {
                strip = ready;
            } else {
                strip.merge(ready, stop);
            }
            next++;
            if (next % STRIP == 0) {
                endStrip(stop);
            }
        }
        notifyAll();
    }

    private void endStrip(BooleanSupplier stop) {
        if (strip != null) {
            takeStrip(strip, stop);
            strip = null;
        }
    }

    /** Takes the next strip; what it is made of is taken over. */
    synchronized void takeStrip(BlockSums sums, BooleanSupplier stop) {
        if (apart) {
            strips.add(sums);
        } else if (whole == null) {
            whole = sums;
        } else {
            whole.merge(sums, stop);
        }
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

    /** All blocks together, or null if there was none. The last strip ends here. */
    synchronized @Nullable BlockSums merged() {
        endStrip(() -> false);
        return whole;
    }

    /** The strips that were kept apart. The last one ends here. */
    synchronized List<BlockSums> strips() {
        endStrip(() -> false);
        return List.copyOf(strips);
    }
}
