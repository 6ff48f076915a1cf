package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.support.Problems;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run ends within 0.1 s of the time that its thread has on a processor, whatever a step costs. */
@Tag("slow")
@Timeout(120)
@Tag("once")
class StoppingTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long MOST_NANOS = 100_000_000;
    private static final long STEPS = 1L << 40;

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(Models.mlp(8, 32, 1).withActivation(Activation.TANH), 32),
                Arguments.of(Models.mlp(64, 64, 10).withActivation(Activation.TANH), 32),
                Arguments.of(Models.mlp(784, 384, 10).withActivation(Activation.TANH), 1),
                Arguments.of(Models.mlp(784, 64, 10).withActivation(Activation.TANH), 2048));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aSingleRunEndsAtAnInterrupt(Model model, int batch) throws InterruptedException {
        Problems problem = Problems.unfitted(model, 2048, 3);
        Run run = interrupted(() -> sgd(batch).run(problem.objective(), problem.theta(), STEPS));
        assertEquals(RunStatus.STOPPED, run.status());
    }

    @ParameterizedTest
    @MethodSource("models")
    void anEnsembleEndsAtAnInterrupt(Model model, int batch) throws InterruptedException {
        Problems problem = Problems.unfitted(model, 2048, 3);
        Ensemble ensemble = Ensemble.of(problem.objective(), sgd(batch));
        EnsembleResult result = interrupted(() -> ensemble.run(problem.theta(), STEPS));
        assertEquals(RunStatus.STOPPED, result.status());
    }

    /** Between two questions, and between two reports, no more than the time allowed goes by. */
    @ParameterizedTest
    @MethodSource("models")
    void anEnsembleAsksOften(Model model, int batch) {
        Problems problem = Problems.unfitted(model, 2048, 3);
        AtomicLong last = new AtomicLong(-1);
        AtomicLong longest = new AtomicLong();
        AtomicLong reports = new AtomicLong();
        long end = System.nanoTime() + 2_000_000_000L;
        EnsembleResult result = Ensemble.of(problem.objective(), sgd(batch))
                .withProgress((done, total) -> reports.incrementAndGet())
                .withStop(() -> {
                    long now = THREADS.getCurrentThreadCpuTime();
                    if (reports.get() > 1) {
                        longest.accumulateAndGet(now - last.get(), Math::max);
                    }
                    last.set(now);
                    return System.nanoTime() > end;
                })
                .run(problem.theta(), STEPS);
        assertEquals(RunStatus.STOPPED, result.status());
        assertTrue(reports.get() > 2, reports + " reports");
        assertTrue(longest.get() < MOST_NANOS, longest + " ns");
    }

    /** Runs on a thread of its own, interrupts that after a while and returns what came, if it came soon enough. */
    private static <T> T interrupted(Supplier<T> action) throws InterruptedException {
        Object[] result = new Object[1];
        AtomicLong atEnd = new AtomicLong();
        AtomicBoolean set = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            result[0] = action.get();
            atEnd.set(THREADS.getCurrentThreadCpuTime());
            set.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        Thread.sleep(1500);
        long before = THREADS.getThreadCpuTime(thread.getId());
        thread.interrupt();
        thread.join();
        assertTrue(set.get(), "the interrupt is left set");
        long nanos = atEnd.get() - before;
        assertTrue(nanos < MOST_NANOS, nanos + " ns");
        @SuppressWarnings("unchecked")
        T found = (T) result[0];
        return found;
    }

    private static LabelNoiseSgd sgd(int batch) {
        return LabelNoiseSgd.of(1e-4).withLabelNoise(0.1).withBatchSize(batch);
    }
}
