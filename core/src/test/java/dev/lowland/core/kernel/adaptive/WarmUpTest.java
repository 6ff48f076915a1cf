package dev.lowland.core.kernel.adaptive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When the warm-up begins, what it opens, and that it ends. Another scalar twin plays the vectors. */
@Tag("long")
@Tag("once")
class WarmUpTest {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final int LONG = 1000;

    /** Hands out a twin and notes who asked. */
    private static final class Loader implements Supplier<Optional<KernelSet>> {
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicReference<Thread> thread = new AtomicReference<>();
        private final Optional<KernelSet> twin;

        Loader(Optional<KernelSet> twin) {
            this.twin = twin;
        }

        @Override
        public Optional<KernelSet> get() {
            calls.incrementAndGet();
            thread.set(Thread.currentThread());
            return twin;
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "nothing happens");
            Thread.sleep(2);
        }
    }

    private static Gate gate(AdaptiveKernels kernels, String name) {
        return kernels.gates().stream()
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aKernelThatIsUsedMuchGoesOverAndTheThreadEnds() throws InterruptedException {
        Loader loader = new Loader(Optional.of(ScalarKernels.INSTANCE));
        AdaptiveKernels kernels = new AdaptiveKernels(loader);
        double[] x = new double[LONG];
        await(() -> {
            kernels.exp(LONG, x, x);
            return gate(kernels, "exp").vector() != null;
        });
        assertEquals(1, loader.calls.get());
        assertNull(gate(kernels, "tanh").vector());
        Thread helper = loader.thread.get();
        assertTrue(helper.isDaemon());
        assertEquals("lowland-warm-up", helper.getName());
        helper.join(PATIENCE_NANOS / 1_000_000);
        assertFalse(helper.isAlive());

        gate(kernels, "tanh").count(Long.MAX_VALUE);
        await(() -> gate(kernels, "tanh").vector() != null);
        assertEquals(2, loader.calls.get());
    }

    @Test
    void littleWorkWakesNobody() throws InterruptedException {
        Loader loader = new Loader(Optional.of(ScalarKernels.INSTANCE));
        AdaptiveKernels kernels = new AdaptiveKernels(loader);
        double[] x = new double[LONG];
        for (int call = 0; call < 100; call++) {
            kernels.exp(LONG, x, x);
        }
        Thread.sleep(20);
        assertEquals(0, loader.calls.get());
    }

    @Test
    void whereVectorsShouldNotBeUsedAllStaysAsItIs() throws InterruptedException {
        Loader loader = new Loader(Optional.empty());
        AdaptiveKernels kernels = new AdaptiveKernels(loader);
        LaneLoop before = kernels.compile(doubling());
        await(before::isWarm);
        assertTrue(kernels.compile(doubling()).isWarm());
        kernels.gates().forEach(gate -> gate.count(Long.MAX_VALUE));
        kernels.gates().forEach(gate -> assertNull(gate.vector(), gate.name()));
        assertEquals(1, loader.calls.get());
        assertDoubles(before);
    }

    @Test
    void aLoopOverLanesGoesOverToo() throws InterruptedException {
        LaneLoop loop = new AdaptiveKernels(new Loader(Optional.of(ScalarKernels.INSTANCE))).compile(doubling());
        assertDoubles(loop);
        await(loop::isWarm);
        assertDoubles(loop);
    }

    /** Entry 1 of array 1 becomes twice entry 2 of array 0. */
    private static LaneCode doubling() {
        LaneCode code = LaneCode.of(3, 2);
        int x = code.load(0, 2);
        code.store(1, 1, code.add(x, x));
        assertEquals(3, code.entries(0));
        assertEquals(2, code.entries(1));
        return code;
    }

    private static void assertDoubles(LaneLoop loop) {
        double[] out = new double[6];
        loop.run(new double[][] {{0, 0, 0, 0, 0, 0, 1, 2, 3}, out}, new int[2]);
        assertArrayEquals(new double[] {0, 0, 0, 2, 4, 6}, out);
    }
}
