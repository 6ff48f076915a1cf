package dev.lowland.optim.parallel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.support.Allocation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PaceTest {

    /** Steps of 30 ms: it is time after each of them. */
    @Test
    void longStepsAreLookedAtOneByOne() {
        Pace pace = new Pace();
        for (int i = 0; i < 5; i++) {
            sleep(30);
            assertTrue(pace.due(), "step " + i);
        }
    }

    /** However many short steps went before, few go by when they get long. */
    @Test
    void noticesThatStepsGetLong() {
        Pace pace = new Pace();
        for (int i = 0; i < 1_000_000; i++) {
            pace.due();
        }
        int unseen = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1)) {
            spin(100_000);
            unseen = pace.due() ? 0 : unseen + 1;
        }
        int between = 0;
        do {
            spin(5_000_000);
            between++;
        } while (!pace.due());
        assertTrue(between <= 50, between + " steps of 5 ms");
    }

    @Test
    void itIsNotTimeAtOnce() {
        assertFalse(new Pace().due());
    }

    @Test
    @Tag("once")
    void allocatesNothing() {
        Pace pace = new Pace();
        Allocation.checkNone("a step", pace::due);
    }

    private static void sleep(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
