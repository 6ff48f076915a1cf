package dev.lowland.optim.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void everyTaskIsDoneOnceAndEveryWorkerIsOneThread() {
        for (int threads : new int[] {1, 2, 5, 40}) {
            AtomicIntegerArray done = new AtomicIntegerArray(23);
            Thread[] owner = new Thread[threads];
            Workers.forEach(threads, 23, (worker, index) -> {
                done.incrementAndGet(index);
                assertTrue(owner[worker] == null || owner[worker] == Thread.currentThread());
                owner[worker] = Thread.currentThread();
            });
            for (int i = 0; i < 23; i++) {
                assertEquals(1, done.get(i));
            }
        }
        Workers.forEach(3, 0, (worker, index) -> {
            throw new AssertionError("no task");
        });
    }

    @Test
    void anErrorOfATaskIsThrown() {
        for (int threads : new int[] {1, 3}) {
            IllegalStateException error = assertThrows(
                    IllegalStateException.class,
                    () -> Workers.forEach(threads, 9, (worker, index) -> {
                        if (index == 4) {
                            throw new IllegalStateException("task 4");
                        }
                    }));
            assertEquals("task 4", error.getMessage());
        }
    }

    /** What an interrupt leaves undone is never taken for done. */
    @Test
    void anInterruptIsAnErrorUnlessAllIsDone() {
        Thread caller = Thread.currentThread();
        AtomicIntegerArray done = new AtomicIntegerArray(1);
        boolean thrown = false;
        try {
            Workers.forEach(2, 200, (worker, index) -> {
                caller.interrupt();
                sleep();
                done.incrementAndGet(0);
            });
        } catch (IllegalStateException e) {
            thrown = true;
        }
        assertTrue(Thread.interrupted());
        assertEquals(done.get(0) < 200, thrown);
    }

    private static void sleep() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            // the interrupt of this test, meant for the caller
            Thread.currentThread().interrupt();
        }
    }
}
