package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.ensemble.BlockSums.CheckpointSums;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedMergeTest {

    private static final BooleanSupplier NEVER = () -> false;

    /** Block 2 finds no room while block 0 is not there, and comes after it. */
    @Test
    void whoIsTooEarlyWaits() throws InterruptedException {
        OrderedMerge merge = new OrderedMerge(1, 0, false);
        merge.offer(1, block(1), NEVER);
        Thread early = new Thread(() -> merge.offer(2, block(4), NEVER));
        early.start();
        while (early.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        merge.offer(0, block(10), NEVER);
        early.join();
        BlockSums merged = merge.merged();
        assertNotNull(merged);
        Moments moments = merged.checkpoints().get(0).toMoments(0);
        assertEquals(3, moments.count());
        assertEquals(5, moments.mean().data[0], 1e-15);
    }

    @Test
    void nobodyWaitsForABlockThatWillNotCome() throws InterruptedException {
        OrderedMerge merge = new OrderedMerge(0, 0, false);
        Thread early = new Thread(() -> merge.offer(1, block(4), NEVER));
        early.start();
        while (early.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        merge.abandon();
        early.join();
        assertFalse(early.isAlive());
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws InterruptedException {
        OrderedMerge merge = new OrderedMerge(0, 0, false);
        boolean[] set = new boolean[1];
        Thread early = new Thread(() -> {
            merge.offer(1, block(4), NEVER);
            set[0] = Thread.currentThread().isInterrupted();
        });
        early.start();
        while (early.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        early.interrupt();
        early.join();
        assertTrue(set[0]);
    }

    /** One replica of one parameter. */
    private static BlockSums block(double value) {
        BlockSums sums = new BlockSums();
        sums.addCheckpoint(CheckpointSums.of(new double[] {value}, 1, 1, 0, 1, MomentKind.full(), NEVER));
        return sums;
    }
}
