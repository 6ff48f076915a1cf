package dev.lowland.optim.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.Problems;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A flow ends when its thread is interrupted, or when somebody says so. */
@Timeout(60)
class FlowStopTest {

    private static final long ENDLESS = 1L << 50;

    private final Problems problem = Problems.table(5);
    private final SlowFlow flow = SlowFlow.of(problem.objective(), optimiser());

    /** So slow that it comes to no rest in the time of a test. */
    private LabelNoiseSgd optimiser() {
        double eta =
                1 / QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        return LabelNoiseSgd.of(eta).withLabelNoise(Math.sqrt(1e-12 * 3 / eta));
    }

    @Test
    void aConditionEndsIt() {
        AtomicInteger asked = new AtomicInteger();
        SlowFlowResult result =
                flow.withStop(() -> asked.incrementAndGet() > 1000).run(problem.theta(), new long[] {10, 600, ENDLESS});
        assertEquals(FlowStatus.STOPPED, result.status());
        assertEquals(1000, result.steps());
        assertEquals(2, result.path().size());
        assertArrayEquals(flow.run(problem.theta(), 1000).parameters().data, result.parameters().data);
    }

    @Test
    void aConditionEndsLongStepsAmongTheFirstAndInBothRuns() {
        for (int most : new int[] {0, 100, 200, 400, 1000, 1500, 2000}) {
            AtomicInteger asked = new AtomicInteger();
            SlowFlowResult result = flow.withLongSteps(1e-6)
                    .withStop(() -> asked.incrementAndGet() > most)
                    .run(problem.theta(), new long[] {10, ENDLESS});
            assertEquals(FlowStatus.STOPPED, result.status());
            assertTrue(result.steps() < ENDLESS);
        }
    }

    @Test
    void anInterruptEndsPlainStepsSoon() throws InterruptedException {
        endsSoon(flow);
    }

    @Test
    void anInterruptEndsLongStepsSoon() throws InterruptedException {
        endsSoon(flow.withLongSteps(1e-13));
    }

    private void endsSoon(SlowFlow endless) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        AtomicReference<SlowFlowResult> result = new AtomicReference<>();
        AtomicLong atEnd = new AtomicLong();
        AtomicInteger left = new AtomicInteger();
        Thread thread = new Thread(() -> {
            result.set(endless.run(problem.theta(), ENDLESS));
            atEnd.set(threads.getCurrentThreadCpuTime());
            left.set(Thread.currentThread().isInterrupted() ? 1 : 0);
        });
        thread.start();
        Thread.sleep(1000);
        long before = threads.getThreadCpuTime(thread.getId());
        thread.interrupt();
        thread.join();
        assertEquals(FlowStatus.STOPPED, result.get().status());
        assertEquals(1, left.get(), "the interrupt is left set");
        long nanos = atEnd.get() - before;
        assertTrue(nanos < 100_000_000, () -> nanos + " ns");
    }
}
