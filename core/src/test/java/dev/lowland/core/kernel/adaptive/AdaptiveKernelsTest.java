package dev.lowland.core.kernel.adaptive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same bits with gates closed, open, and flipping. Without the Vector API another scalar twin plays the vectors.
 */
class AdaptiveKernelsTest {
    private static final int RUNS = 4;

    private static KernelSet twin() {
        return Kernels.vector().orElse(ScalarKernels.INSTANCE);
    }

    @AfterEach
    void close() {
        Gates.ALL.forEach(gate -> gate.set(null));
    }

    /** What all rehearsals leave in their arrays, when each runs some times with the gates as told before each call. */
    private static List<double[]> results(Runnable beforeEach) {
        List<double[]> results = new ArrayList<>();
        for (Gate gate : Gates.ALL) {
            Stage stage = Stage.make();
            for (int run = 0; run < RUNS; run++) {
                beforeEach.run();
                gate.isFast(AdaptiveKernels.ONE, run == 0 ? stage.shortened() : stage, 1);
            }
            results.add(stage.out());
            results.add(stage.slope());
            double[] indices = new double[stage.indices().length];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = stage.indices()[i];
            }
            results.add(indices);
        }
        return results;
    }

    private static void assertSameBits(List<double[]> expected, List<double[]> found) {
        assertEquals(expected.size(), found.size());
        for (int r = 0; r < expected.size(); r++) {
            assertArrayEquals(expected.get(r), found.get(r));
        }
    }

    @Test
    @Tag("slow")
    void theBitsDoNotDependOnWhichGatesAreOpen() {
        List<double[]> closed = results(() -> {});
        Gates.ALL.forEach(gate -> gate.set(twin()));
        assertSameBits(closed, results(() -> {}));
        Random random = new Random(1);
        assertSameBits(
                closed, results(() -> Gates.ALL.forEach(gate -> gate.set(random.nextBoolean() ? twin() : null))));
    }

    /** Gates of the same kernel would go unnoticed in the other tests. */
    @Test
    void everyGateIsAsked() {
        Set<String> names = new HashSet<>();
        for (Gate gate : Gates.ALL) {
            assertTrue(names.add(gate.name()), gate.name());
            gate.set(FAILING);
            assertThrows(
                    IllegalStateException.class, () -> gate.isFast(AdaptiveKernels.ONE, Stage.make(), 1), gate.name());
            gate.set(null);
        }
    }

    /** A twin that does nothing but fail. */
    private static final KernelSet FAILING = (KernelSet) Proxy.newProxyInstance(
            KernelSet.class.getClassLoader(), new Class<?>[] {KernelSet.class}, (proxy, method, arguments) -> {
                throw new IllegalStateException(method.getName());
            });

    /** Every method that the vector twin has of its own stands behind a gate. */
    @Test
    void noKernelIsForgotten() throws ClassNotFoundException {
        Set<String> gated = methods(AdaptiveKernels.class);
        if (Kernels.vector().isPresent()) {
            Set<String> vector = methods(twin().getClass());
            vector.removeAll(Set.of("create", "widthInBits"));
            assertTrue(gated.containsAll(vector), () -> vector + " against " + gated);
        }
        assertTrue(gated.contains("exp"), gated.toString());
    }

    private static Set<String> methods(Class<?> type) {
        Set<String> names = new HashSet<>();
        for (Method method : type.getDeclaredMethods()) {
            if (!method.isSynthetic()) {
                names.add(method.getName());
            }
        }
        return names;
    }

    @Test
    void anOpenGateLeadsToTheVectorTwin() {
        double[] x = {1, 2, 3};
        double[] out = new double[3];
        Gates.EXP.set(new ScalarKernels() {
            @Override
            public void exp(int n, double[] from, double[] to) {
                to[0] = -1;
            }
        });
        AdaptiveKernels.ONE.exp(3, x, out);
        assertEquals(-1, out[0]);
        Gates.EXP.set(null);
        AdaptiveKernels.ONE.exp(3, x, out);
        assertEquals(Math.E, out[0], 1e-15);
    }

    @Test
    @Tag("once")
    void gatesAllocateNothing() {
        double[] x = new double[100];
        Runnable work = () -> {
            AdaptiveKernels.ONE.tanh(100, x, x);
            AdaptiveKernels.ONE.axpy(100, 1, x, 0, x, 0);
        };
        assertEquals(0, bytes(work), "closed");
        Gates.ALL.forEach(gate -> gate.set(ScalarKernels.INSTANCE));
        assertEquals(0, bytes(work), "open");
    }

    private static long bytes(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20; attempt++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1000; i++) {
                work.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }

    @Test
    void itsNameSaysWhatItIs() {
        assertEquals("vector when compiled, scalar until then", AdaptiveKernels.ONE.name());
    }
}
