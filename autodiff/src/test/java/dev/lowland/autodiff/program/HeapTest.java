package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.kernel.Kernels;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program that has run a million times has left nothing behind. */
class HeapTest {
    private static final int RUNS = 1_000_000;

    @Test
    @Tag("long")
    void aMillionRunsLeaveTheHeapAsItWas() throws InterruptedException {
        Values values = new Values(51);
        Node theta = values.gaussian("theta", Shape.of(17, 1));
        Node x = values.gaussian("x", Shape.of(4, 2));
        Node loss = Ops.mean(Ops.square(Models.mlp(2, 4, 1).predict(theta, x)));
        List<Node> outputs = List.of(Reverse.gradient(loss, theta), Forward.hvp(loss, theta, theta));
        Program program = Program.compile(Kernels.scalar(), List.of(theta, x), outputs);
        Workspace workspace = program.newWorkspace();
        double[][] in = {values.of(theta), values.of(x)};
        double[][] out = {new double[17], new double[17]};
        for (int i = 0; i < 20_000; i++) {
            program.run(workspace, in, out);
        }
        double[] first = out[1].clone();
        long heap = used();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            program.run(workspace, in, out);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
        assertTrue(bytes < 10_000, bytes + " bytes allocated by " + RUNS + " runs");
        assertTrue(used() - heap < 1 << 19, "the heap grew by " + (used() - heap) + " bytes");
        for (int i = 0; i < 17; i++) {
            assertEquals(first[i], out[1][i]);
        }
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
