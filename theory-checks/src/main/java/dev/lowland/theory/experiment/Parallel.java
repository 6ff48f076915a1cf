package dev.lowland.theory.experiment;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs independent tasks side by side. Stateless; the threads end with the call. */
public final class Parallel {

    private Parallel() {}

    /**
     * The results of the tasks, in their order.
     *
     * @param threads at most this many at once
     * @param tasks each must not depend on another
     * @throws IllegalStateException if interrupted; a task's own runtime exception is passed on
     */
    public static <T> List<T> run(int threads, List<Callable<T>> tasks) {
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, tasks.size()), task -> {
            Thread thread = new Thread(task, "lowland-claim");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : workers.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Checks.outOfTurn("go on", "the thread", "interrupted", "left alone");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }
}
