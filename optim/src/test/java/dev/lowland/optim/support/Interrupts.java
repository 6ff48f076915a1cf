package dev.lowland.optim.support;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Interrupts long work. */
public final class Interrupts {
    private Interrupts() {}

    /**
     * How much processor time work takes after an interrupt, in milliseconds, which does not depend on what else the
     * machine does; the work must end with an IllegalStateException, and leave the interrupt set.
     */
    public static long lateness(long after, Runnable work) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        return lateness(() -> never.await(after, TimeUnit.MILLISECONDS), work);
    }

    /** The same, with the interrupt when a wait of the caller ends. */
    public static long lateness(Wait until, Runnable work) throws InterruptedException {
        ThreadMXBean times = ManagementFactory.getThreadMXBean();
        AtomicReference<String> outcome = new AtomicReference<>("the work ended by itself");
        AtomicLong end = new AtomicLong();
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IllegalStateException e) {
                outcome.set(Thread.currentThread().isInterrupted() ? "" : "the interrupt is lost");
            }
            end.set(times.getCurrentThreadCpuTime());
        });
        thread.start();
        until.await();
        long start = times.getThreadCpuTime(thread.getId());
        thread.interrupt();
        thread.join();
        if (!outcome.get().isEmpty()) {
            throw new AssertionError(outcome.get());
        }
        return (end.get() - start) / 1_000_000;
    }

    /** Waits. */
    public interface Wait {
        /** Until it is time. */
        void await() throws InterruptedException;
    }
}
