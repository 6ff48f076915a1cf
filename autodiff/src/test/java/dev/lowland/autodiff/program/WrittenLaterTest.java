package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.fixed.BufferLoop;
import dev.lowland.core.fixed.FixedCode;
import dev.lowland.core.kernel.scalar.ScalarKernels;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Kernels that make code beside the run are asked once, have numbers of their own to try it on, and hand it over. */
class WrittenLaterTest {
    private static final int RUNS = 10;

    /** Notes what is asked for. */
    private static final class Later extends ScalarKernels {
        private int asked;
        private @Nullable FixedCode code;
        private @Nullable BufferLoop plain;
        private double[][] buffers = {};
        private @Nullable Consumer<BufferLoop> ready;

        @Override
        public long nanosToCompile() {
            return RUNS * 250L;
        }

        @Override
        public void compile(FixedCode code, BufferLoop plain, double[][] buffers, Consumer<BufferLoop> ready) {
            asked++;
            this.code = code;
            this.plain = plain;
            this.buffers = buffers;
            this.ready = ready;
        }
    }

    private final Later kernels = new Later();
    private final Graph graph = new Graph();
    private final Node x = graph.input("x", Shape.of(2, 3));
    private final Node out =
            Ops.add(Ops.multiply(x, x), graph.constant(Shape.of(2, 3), new double[] {1, 2, 3, 4, 5, 6}));
    private final Program program = Program.compile(kernels, List.of(x), List.of(out));
    private final double[] in = {1, 2, 3, 4, 5, 6};

    private double[] run(Workspace workspace) {
        double[] found = new double[in.length];
        program.run(workspace, new double[][] {in}, new double[][] {found});
        return found;
    }

    @Test
    void isAskedForOnceAndRunsWhenItIsHandedOver() {
        Workspace workspace = program.newWorkspace();
        double[] expected = run(workspace);
        for (int k = 2; k < RUNS; k++) {
            run(workspace);
        }
        assertEquals(0, kernels.asked);
        run(workspace);
        assertEquals(1, kernels.asked);
        Workspace other = program.newWorkspace();
        for (int k = 0; k < 2 * RUNS; k++) {
            assertArrayEquals(expected, run(other));
        }
        assertEquals(1, kernels.asked);

        int[] calls = new int[1];
        BufferLoop made = kernels.compile(kernels.code);
        kernels.ready.accept(buffers -> {
            calls[0]++;
            made.run(buffers);
        });
        assertArrayEquals(expected, run(workspace));
        assertArrayEquals(expected, run(other));
        assertEquals(2, calls[0]);
    }

    @Test
    void isTriedOnNumbersOfItsOwn() {
        Workspace workspace = program.newWorkspace();
        double[] expected = run(workspace);
        for (int k = 1; k < RUNS; k++) {
            run(workspace);
        }
        assertArrayEquals(in, kernels.buffers[0]);
        kernels.plain.run(kernels.buffers);
        long results = Arrays.stream(kernels.buffers)
                .filter(buffer -> Arrays.equals(buffer, expected))
                .count();
        assertNotEquals(0, results);
        Arrays.fill(kernels.buffers[0], Double.NaN);
        kernels.plain.run(kernels.buffers);
        assertEquals(1, in[0]);
        assertArrayEquals(expected, run(workspace));
    }
}
