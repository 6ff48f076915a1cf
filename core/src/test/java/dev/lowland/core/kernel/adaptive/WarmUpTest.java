package dev.lowland.core.kernel.adaptive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When the warm-up begins, what it opens, and that it ends. Another scalar twin plays the vectors. */
@Tag("long")
@Tag("once")
class WarmUpTest {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final int LONG = 1000;
    private static final KernelSet TWIN = new ScalarKernels() {};

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

    @Test
    void aKernelThatIsUsedMuchGoesOverAndTheThreadEnds() throws InterruptedException {
        Loader loader = new Loader(Optional.of(TWIN));
        WarmUp warmUp = new WarmUp(loader);
        Gate exp = Gate.of("exp", 7, warmUp);
        Gate tanh = Gate.of("tanh", 9, warmUp);
        double[] x = new double[LONG];
        await(() -> {
            exp.kernels(LONG).exp(LONG, x, x);
            return exp.vector() != null;
        });
        assertSame(TWIN, exp.kernels(LONG));
        assertEquals(1, loader.calls.get());
        assertNull(tanh.vector());
        Thread helper = loader.thread.get();
        assertTrue(helper.isDaemon());
        assertEquals("lowland-warm-up", helper.getName());
        helper.join(PATIENCE_NANOS / 1_000_000);
        assertFalse(helper.isAlive());

        tanh.count(Long.MAX_VALUE);
        await(() -> tanh.vector() != null);
        assertEquals(2, loader.calls.get());
    }

    @Test
    void littleWorkWakesNobody() throws InterruptedException {
        Loader loader = new Loader(Optional.of(TWIN));
        Gate exp = Gate.of("exp", 7, new WarmUp(loader));
        for (int call = 0; call < 100; call++) {
            assertSame(ScalarKernels.INSTANCE, exp.kernels(LONG));
        }
        Thread.sleep(20);
        assertEquals(0, loader.calls.get());
    }

    @Test
    void whereVectorsShouldNotBeUsedAllStaysAsItIs() throws InterruptedException {
        Loader loader = new Loader(Optional.empty());
        WarmUp warmUp = new WarmUp(loader);
        LaneLoop before = new AdaptiveLoop(doubling(), warmUp);
        await(before::isWarm);
        assertTrue(new AdaptiveLoop(doubling(), warmUp).isWarm());
        Gate exp = Gate.of("exp", 7, warmUp);
        exp.count(Long.MAX_VALUE);
        assertNull(exp.vector());
        warmUp.ask(work(loop -> fail("handed over")));
        assertEquals(1, loader.calls.get());
        assertDoubles(before);
    }

    /** Code of fixed sizes is handed over, once, when it takes no longer than the work takes now. */
    @Test
    void codeOfFixedSizesIsHandedOverWhenItIsFaster() throws InterruptedException {
        AtomicReference<BufferLoop> ready = new AtomicReference<>();
        Loader loader = new Loader(Optional.of(TWIN));
        new WarmUp(loader).ask(work(loop -> assertTrue(ready.compareAndSet(null, loop))));
        await(() -> ready.get() != null);
        double[][] buffers = {{3}};
        ready.get().run(buffers);
        assertEquals(6, buffers[0][0]);
    }

    /** Doubles a number, which now takes a while. */
    private static AdaptiveWork work(Consumer<BufferLoop> ready) {
        FixedCode code = FixedCode.empty();
        code.add(buffers -> buffers[0][0] *= 2);
        BufferLoop slow = buffers -> {
            long begin = System.nanoTime();
            buffers[0][0] *= 2;
            while (System.nanoTime() - begin < 100_000) {
                Thread.onSpinWait();
            }
        };
        return new AdaptiveWork(code, slow, new double[][] {{1}}, ready);
    }

    @Test
    void aLoopOverLanesGoesOverToo() throws InterruptedException {
        LaneLoop loop = new AdaptiveLoop(doubling(), new WarmUp(new Loader(Optional.of(TWIN))));
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
