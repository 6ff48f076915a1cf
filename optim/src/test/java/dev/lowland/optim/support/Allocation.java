package dev.lowland.optim.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a thread allocates. */
public final class Allocation {

    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 1_000;

    private Allocation() {}

    /** Fails if repeating an action allocates, once it has run for a while. */
    public static void checkNone(String what, Runnable action) {
        repeat(WARM_UP, action);
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && least > 0; attempt++) {
            least = Math.min(least, bytes(() -> repeat(MEASURED, action)));
        }
        long found = least;
        assertTrue(found < MEASURED, () -> what + " allocates " + (double) found / MEASURED + " bytes a call");
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    /** Bytes that an action allocates on this thread. */
    public static long bytes(Runnable action) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = bean.getThreadAllocatedBytes(thread);
        action.run();
        return bean.getThreadAllocatedBytes(thread) - before;
    }
}
