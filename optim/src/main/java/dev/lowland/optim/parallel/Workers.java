package dev.lowland.optim.parallel;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that do one job together and end with it. */
public final class Workers {

    private Workers() {}

    /** One of a number of independent tasks. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does it.
         *
         * @param worker which worker does it, from 0; one does one task at a time, so that it may own memory
         * @param index which task, from 0
         */
        void run(int worker, int index);
    }

    /**
     * Does tasks 0 … count − 1, handed out in this order, on this thread and up to threads − 1 others. With one thread,
     * or one task, nothing is allocated.
     *
     * @param threads at most this many at once
     * @param count how many tasks
     * @param task must not depend on another task having been done; on an interrupt of the caller all workers are
     *     interrupted, so that long tasks may end early with an exception
     * @throws IllegalStateException if interrupted, with the interrupt left set
     */
    public static void forEach(int threads, int count, Task task) {
        int workers = Math.min(threads, count);
        if (workers <= 1) {
            for (int i = 0; i < count; i++) {
                task.run(0, i);
            }
            return;
        }
        Thread caller = Thread.currentThread();
        Queue<Thread> others = new ConcurrentLinkedQueue<>();
        AtomicInteger worker = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        run(
                workers,
                () -> {
                    int mine = worker.getAndIncrement();
                    if (Thread.currentThread() != caller) {
                        others.add(Thread.currentThread());
                    }
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        task.run(mine, i);
                        done.getAndIncrement();
                    }
                },
                () -> {
                    next.set(count);
                    others.forEach(Thread::interrupt);
                });
        if (done.get() < count) {
            throw Checks.outOfTurn(
                    "tasks", "the thread", "interrupted after " + done.get() + " of " + count, "left alone");
        }
    }

    /**
     * Runs the work on this thread and count − 1 others, and waits for all. An interrupt, or an exception in one of
     * them, calls stop; the first exception is thrown here, and an interrupt is left set.
     *
     * @param count how many threads, at least 1
     * @param work what each of them runs
     * @param stop tells the work to end soon; may be called more than once
     */
    public static void run(int count, Runnable work, Runnable stop) {
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
            Thread thread = new Thread(guarded, "lowland-worker-" + i);
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
