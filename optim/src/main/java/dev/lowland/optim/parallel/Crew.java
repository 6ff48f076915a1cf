package dev.lowland.optim.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that stay for many short jobs, one after the other. Unlike {@link Workers}, which starts threads for each
 * job, nothing is allocated from job to job. For one caller at a time, who works too; to be closed.
 *
 * <p>One word holds the number of the job and how many of its tasks nobody has taken yet. A task is taken by counting
 * that word down, so a thread that comes late can only take a task of the job that is going on, and a job that has
 * tasks left cannot end. A thread that is asleep while the others do all the tasks is not waited for. Who waits spins
 * for {@value #SPIN_MICROS} µs, or not at all with fewer processors than threads, then sleeps.
 */
public final class Crew implements AutoCloseable {

    /** Longer than what lies between two jobs of a step, shorter than what anybody would notice. */
    private static final int SPIN_MICROS = 200;

    private static final long NEXT_JOB = 1L << 32;

    private final Member[] members;
    private final long patience;
    private final AtomicLong untaken = new AtomicLong();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private Workers.Task task = (worker, index) -> {};
    private int count;
    private @Nullable Thread caller;
    private volatile boolean callerSleeps;
    private volatile boolean closed;

    /**
     * Starts the threads.
     *
     * @param threads at least 1, the caller among them
     */
    public Crew(int threads) {
        this.patience = threads <= Runtime.getRuntime().availableProcessors() ? SPIN_MICROS * 1_000L : 0;
        this.members = new Member[threads - 1];
        for (int i = 0; i < members.length; i++) {
            members[i] = new Member(i + 1);
        }
        int started = 0;
        try {
            while (started < members.length) {
                members[started].thread.start();
                started++;
            }
        } finally {
            if (started < members.length) {
                close();
            }
        }
    }

    /**
     * Does tasks 0 … count − 1, handed out in this order, and returns when all are done. Allocates nothing. An
     * interrupt does not end it, and is left set. After an exception no further task is begun, and the first exception
     * is thrown here.
     *
     * @param count how many tasks
     * @param task must not depend on another task having been done; may own memory by the number of its worker
     */
    public void run(int count, Workers.Task task) {
        if (closed || members.length == 0 || count <= 1) {
            for (int i = 0; i < count; i++) {
                task.run(0, i);
            }
            return;
        }
        this.task = task;
        this.count = count;
        this.caller = Thread.currentThread();
        failure.set(null);
        unfinished.set(count);
        untaken.set((untaken.get() & -NEXT_JOB) + NEXT_JOB + count);
        for (Member member : members) {
            if (member.sleeps) {
                LockSupport.unpark(member.thread);
            }
        }
        takeTasks(0);
        awaitOthers();
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        if (thrown != null) {
            throw new IllegalStateException("a task has thrown a checked exception", thrown);
        }
    }

    private void takeTasks(int worker) {
        for (long seen = untaken.get(); (int) seen > 0; seen = untaken.get()) {
            if (untaken.compareAndSet(seen, seen - 1)) {
                doTask(worker, count - (int) seen);
            }
        }
    }

    private void doTask(int worker, int index) {
        try {
            if (failure.get() == null) {
                task.run(worker, index);
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        } finally {
            if (unfinished.decrementAndGet() == 0 && callerSleeps) {
                LockSupport.unpark(caller);
            }
        }
    }

    private void awaitOthers() {
        long start = System.nanoTime();
        while (unfinished.get() > 0 && System.nanoTime() - start < patience) {
            Thread.onSpinWait();
        }
        if (unfinished.get() == 0) {
            return;
        }
        boolean interrupted = false;
        callerSleeps = true;
        while (unfinished.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        callerSleeps = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the threads and waits until they have ended. Jobs that follow are done by the caller alone. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        for (Member member : members) {
            LockSupport.unpark(member.thread);
        }
        for (Member member : members) {
            interrupted |= member.join();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One of the threads that are not the caller. */
    private final class Member implements Runnable {
        final Thread thread;
        private final int worker;
        volatile boolean sleeps;

        Member(int worker) {
            this.worker = worker;
            this.thread = new Thread(this, "lowland-crew-" + worker);
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            while (!closed) {
                takeTasks(worker);
                awaitTasks();
            }
        }

        private void awaitTasks() {
            long start = System.nanoTime();
            while ((int) untaken.get() == 0 && !closed && System.nanoTime() - start < patience) {
                Thread.onSpinWait();
            }
            sleeps = true;
            while ((int) untaken.get() == 0 && !closed) {
                LockSupport.park(Crew.this);
                clearInterrupt();
            }
            sleeps = false;
        }

        /** Nobody has a reason to interrupt this thread, and park does not wait while an interrupt is pending. */
        private void clearInterrupt() {
            boolean ignored = Thread.interrupted();
        }

        /** Waits for the end; whether it was interrupted meanwhile. */
        boolean join() {
            boolean interrupted = false;
            while (true) {
                try {
                    thread.join();
                    return interrupted;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
    }
}
