package dev.lowland.optim.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that do one job together and end with it. */
final class Workers {

    private Workers() {}

    /**
     * Runs the work on this thread and count − 1 others, and waits for all. An interrupt, or an exception in one of them, calls stop; the
     * first exception is thrown here, and an interrupt is left set.
     */
    static void run(int count, Runnable work, Runnable stop) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                stop.run();
            }
        };
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            Thread thread = new Thread(guarded, "lowland-ensemble-" + i);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        guarded.run();
        boolean interrupted = false;
        for (Thread thread : others) {
            interrupted |= join(thread, stop);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    private static boolean join(Thread thread, Runnable stop) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                stop.run();
            }
        }
    }
}
