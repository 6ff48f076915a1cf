package dev.lowland.core.kernel.vector.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
final class ScratchPoolTest {
    @Test
    void givesBackWhatItGot() {
        ScratchPool<double[]> pool = new ScratchPool<>(() -> new double[5], 1);
        double[] first = pool.take();
        double[] second = pool.take();
        assertEquals(5, first.length);
        assertNotSame(first, second);
        pool.give(first);
        pool.give(second);
        assertSame(first, pool.take());
        assertNotSame(second, pool.take());
    }

    @Test
    void neverGivesOneArrayToTwoThreads() throws Exception {
        ScratchPool<double[]> pool = new ScratchPool<>(() -> new double[1], 2);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> clashes = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int mark = t + 1;
            clashes.add(threads.submit(() -> {
                int found = 0;
                for (int i = 0; i < 20_000; i++) {
                    double[] array = pool.take();
                    array[0] = mark;
                    Thread.onSpinWait();
                    found += array[0] == mark ? 0 : 1;
                    pool.give(array);
                }
                return found;
            }));
        }
        for (Future<Integer> clash : clashes) {
            assertEquals(0, clash.get());
        }
        threads.shutdown();
    }
}
