package dev.lowland.optim.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.CrewThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CrewTest {

    @Test
    void everyTaskOfEveryJobIsDoneOnceAndEveryWorkerIsOneThread() {
        for (int threads : new int[] {1, 2, 5}) {
            Thread[] owner = new Thread[threads];
            try (Crew crew = new Crew(threads)) {
                for (int job = 0; job < 2000; job++) {
                    int count = job % 9;
                    AtomicIntegerArray done = new AtomicIntegerArray(9);
                    crew.run(count, (worker, index) -> {
                        done.incrementAndGet(index);
                        assertTrue(owner[worker] == null || owner[worker] == Thread.currentThread());
                        owner[worker] = Thread.currentThread();
                    });
                    for (int i = 0; i < 9; i++) {
                        assertEquals(i < count ? 1 : 0, done.get(i));
                    }
                }
            }
            assertSame(Thread.currentThread(), owner[0]);
        }
    }

    /** Each task waits for the other, so the job only ends if two threads do it, also after they have fallen asleep. */
    @Test
    void tasksAreDoneSideBySideAlsoAfterARest() throws InterruptedException {
        try (Crew crew = new Crew(2)) {
            for (int job = 0; job < 20; job++) {
                CountDownLatch both = new CountDownLatch(2);
                crew.run(2, (worker, index) -> {
                    both.countDown();
                    await(both);
                });
                assertEquals(0, both.getCount());
                Thread.sleep(job % 3);
            }
        }
    }

    @Test
    void theFirstExceptionReachesTheCallerAndTheCrewGoesOn() {
        for (int threads : new int[] {1, 3}) {
            try (Crew crew = new Crew(threads)) {
                for (int job = 0; job < 50; job++) {
                    RuntimeException thrown = new IllegalStateException("task 4");
                    assertSame(
                            thrown,
                            assertThrows(
                                    IllegalStateException.class,
                                    () -> crew.run(9, (worker, index) -> {
                                        if (index == 4) {
                                            throw thrown;
                                        }
                                    })));
                    AtomicInteger done = new AtomicInteger();
                    crew.run(9, (worker, index) -> done.incrementAndGet());
                    assertEquals(9, done.get());
                }
                AssertionError error = new AssertionError();
                assertSame(
                        error,
                        assertThrows(
                                AssertionError.class,
                                () -> crew.run(2, (worker, index) -> {
                                    throw error;
                                })));
            }
        }
    }

    /** Code that is not Java may throw what it does not declare. */
    @Test
    void anUndeclaredExceptionReachesTheCallerToo() {
        Exception checked = new Exception("not declared");
        try (Crew crew = new Crew(2)) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> crew.run(4, (worker, index) -> CrewTest.<RuntimeException>raise(checked)));
            assertSame(checked, thrown.getCause());
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> void raise(Exception thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void anInterruptIsLeftSetAndNothingIsLeftUndone() {
        Thread caller = Thread.currentThread();
        try (Crew crew = new Crew(2)) {
            AtomicInteger done = new AtomicInteger();
            CountDownLatch both = new CountDownLatch(2);
            crew.run(2, (worker, index) -> {
                both.countDown();
                await(both);
                caller.interrupt();
                if (worker != 0) {
                    LockSupport.parkNanos(5_000_000);
                }
                done.incrementAndGet();
            });
            assertEquals(2, done.get());
            assertTrue(Thread.interrupted());
            crew.run(8, (worker, index) -> done.incrementAndGet());
            assertEquals(10, done.get());
            caller.interrupt();
        }
        assertTrue(Thread.interrupted());
    }

    @Test
    void threadsEndWithTheCrewAndTheCallerGoesOnAlone() {
        Crew crew = new Crew(4);
        assertEquals(3, CrewThreads.alive().size());
        crew.close();
        assertTrue(CrewThreads.alive().isEmpty());
        crew.run(3, (worker, index) -> assertEquals(0, worker));
        crew.close();
    }

    /** The crew's own threads are counted, too. */
    @Test
    @Tag("once")
    void jobsAllocateNothing() {
        int[] slots = new int[2 * 16];
        Workers.Task task = (worker, index) -> slots[worker * 16]++;
        try (Crew crew = new Crew(2)) {
            Allocation.checkNone("a job", () -> crew.run(8, task));
            assertFalse(CrewThreads.alive().isEmpty());
            long before = CrewThreads.allocatedBytes();
            for (int job = 0; job < 1000; job++) {
                crew.run(8, task);
            }
            assertTrue(CrewThreads.allocatedBytes() - before < 1000, "a job allocates on the other threads");
        }
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // meant for the caller of the job, after it
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
