package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private final Graph graph = new Graph();
    private final Node a = graph.input("a", Shape.of(1, 2));
    private final Node b = graph.input("b", Shape.of(1, 2));

    @Test
    void anOutputArrayMayBeAnInputEvenWhenOutputsAreInputsThemselves() {
        Program program = Program.compile(List.of(a, b), List.of(b, a, Ops.add(a, b)));
        double[] first = {1, 2};
        double[] second = {30, 40};
        double[] sum = new double[2];
        program.run(program.newWorkspace(), new double[][] {first, second}, new double[][] {first, second, sum});
        assertArrayEquals(new double[] {30, 40}, first);
        assertArrayEquals(new double[] {1, 2}, second);
        assertArrayEquals(new double[] {31, 42}, sum);
    }

    @Test
    void arraysMayBeLongerThanTheirValues() {
        Program program = Program.compile(List.of(a), List.of(Ops.sum(a)));
        double[] out = {0, -7};
        program.run(program.newWorkspace(), new double[][] {{1, 2, 99, 99}}, new double[][] {out});
        assertArrayEquals(new double[] {3, -7}, out);
    }

    @Test
    void deadNodesAreNotComputedAndCommonOnesOnce() {
        Ops.exp(Ops.tanh(a));
        Node twice = Ops.add(Ops.tanh(a), Ops.tanh(a));
        String listing = Program.compile(List.of(a), List.of(twice)).dump();
        assertEquals(1, listing.split("= tanh|= TANH", -1).length - 1, listing);
        assertTrue(!listing.contains("EXP"), listing);
    }

    @Test
    void chainsRunInOneBuffer() {
        Node chain = a;
        for (int i = 0; i < 50; i++) {
            chain = Ops.tanh(Ops.scale(chain, 1.25));
        }
        assertEquals(16, Program.compile(List.of(a), List.of(chain)).workspaceBytes());
    }

    @Test
    @Tag("once")
    void aRunAllocatesNothing() {
        Node theta = graph.input("theta", Shape.of(17, 1));
        Node v = graph.input("v", Shape.of(17, 1));
        Node x = graph.input("x", Shape.of(4, 2));
        Node loss = Ops.mean(Ops.square(Models.mlp(2, 4, 1).predict(theta, x)));
        List<Node> outputs = List.of(Reverse.gradient(loss, theta), Forward.hvp(loss, theta, v));
        Program single = Program.compile(List.of(theta, v, x), outputs);
        for (Program program : List.of(single, single.forLanes(8, false, false, true))) {
            int lanes = program.lanes();
            double[][] in = {new double[17 * lanes], new double[17 * lanes], new double[8]};
            double[][] out = {new double[17 * lanes], new double[17 * lanes]};
            Workspace workspace = program.newWorkspace();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            // Vectors are objects until they are compiled, which takes its time on a busy machine.
            while (least > 0 && System.nanoTime() < deadline) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1_000; i++) {
                    program.run(workspace, in, out);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes for 1000 runs, lanes " + lanes);
        }
    }

    @Test
    void wrongArraysAreRefusedByName() {
        Program program = Program.compile(List.of(a, b), List.of(Ops.add(a, b)));
        Workspace workspace = program.newWorkspace();
        String missing = assertThrows(
                        IllegalArgumentException.class,
                        () -> program.run(workspace, new double[][] {{1, 2}}, new double[][] {{0, 0}}))
                .getMessage();
        assertTrue(missing.contains("the number of input arrays is 1, must be 2"), missing);
        String shorter = assertThrows(
                        IllegalArgumentException.class,
                        () -> program.run(workspace, new double[][] {{1, 2}, {1}}, new double[][] {{0, 0}}))
                .getMessage();
        assertTrue(shorter.contains("b (1×2)") && shorter.contains("at least 2"), shorter);
    }

    @Test
    void wrongOutputArraysAreRefusedByNameBeforeAnythingRuns() {
        Program program = Program.compile(List.of(a, b), List.of(Ops.sum(a), Ops.add(a, b)));
        Workspace workspace = program.newWorkspace();
        double[][] in = {{1, 2}, {3, 4}};
        double[] sum = {-1};
        double[] both = {-1, -1};
        for (double[][] out :
                List.of(new double[][] {sum}, new double[][] {sum, {5}}, new double[][] {sum, both, sum})) {
            String message = assertThrows(IllegalArgumentException.class, () -> program.run(workspace, in, out))
                    .getMessage();
            String expected =
                    out.length == 2 ? "output add#" : "the number of output arrays is " + out.length + ", must be 2";
            assertTrue(message.contains(expected), message);
            assertEquals(-1, sum[0], "nothing was written");
        }
        program.run(workspace, in, new double[][] {sum, both});
        assertArrayEquals(new double[] {4, 6}, both);
        String hunt = assertThrows(
                        IllegalArgumentException.class, () -> program.firstNonFinite(new double[][] {{1, 2}}))
                .getMessage();
        assertTrue(hunt.contains("the number of input arrays is 1, must be 2"), hunt);
    }

    @Test
    void matricesRunInTheirOwnWorkspaceAgainAndAgain() {
        Program program = Program.compile(List.of(a), List.of(Ops.scale(a, 2)));
        Program other = Program.compile(List.of(a), List.of(Ops.scale(a, 2)));
        DMatrixRMaj[] in = {new DMatrixRMaj(1, 2, true, 1, 2)};
        DMatrixRMaj[] out = {new DMatrixRMaj(1, 2)};
        Workspace workspace = program.newWorkspace();
        for (int i = 1; i <= 3; i++) {
            in[0].set(0, 1, i);
            program.run(workspace, in, out);
            assertArrayEquals(new double[] {2, 2 * i}, out[0].data);
        }
        assertThrows(IllegalArgumentException.class, () -> other.run(workspace, in, out));
        assertThrows(
                IllegalArgumentException.class,
                () -> program.run(workspace, in, new DMatrixRMaj[] {new DMatrixRMaj(1, 3)}));
    }

    @Test
    void lanesAreAtLeastOneAndHaveAFlagForEveryInputOrNone() {
        Program program = Program.compile(List.of(a, b), List.of(Ops.add(a, b)));
        assertEquals(1, program.forLanes(1).lanes());
        assertEquals(2, program.forLanes(2, true, false).lanes());
        String none = assertThrows(IllegalArgumentException.class, () -> program.forLanes(0))
                .getMessage();
        assertTrue(none.contains("lanes is 0, must be at least 1"), none);
        String flags = assertThrows(IllegalArgumentException.class, () -> program.forLanes(2, true))
                .getMessage();
        assertTrue(flags.contains("inputShared is of length 1, must be of length 2"), flags);
    }

    @Test
    void poisonReachesEveryTemporary() {
        Program program = Program.compile(List.of(a), List.of(Ops.add(Ops.exp(a), Ops.tanh(a))));
        Workspace workspace = program.newWorkspace();
        workspace.poison(Double.NaN);
        int poisoned = 0;
        for (double[] buffer : workspace.buffers) {
            for (int i = 0; buffer != null && i < buffer.length; i++) {
                poisoned += Double.isNaN(buffer[i]) ? 1 : 0;
            }
        }
        assertEquals(program.workspaceBytes(), 8L * poisoned, "the bytes that were promised, all of them");
    }

    @Test
    void badListsOfInputsAreRefused() {
        Node sum = Ops.add(a, b);
        assertTrue(refused(List.of(a), sum).contains("input b (1×2), on which the outputs depend, is not listed"));
        assertTrue(refused(List.of(a, b, a), sum).contains("listed twice"));
        assertTrue(refused(List.of(a, b, Ops.tanh(a)), sum).contains("made by Graph.input"));
    }

    @Test
    void outputsMayStayInTheWorkspace() {
        Program program = Program.compile(List.of(a, b), List.of(Ops.add(a, b), Ops.sum(a), a));
        Workspace workspace = program.newWorkspace();
        for (int i = 1; i <= 3; i++) {
            program.run(workspace, new double[][] {{1, i}, {3, 4}});
            assertEquals(4, workspace.output(0)[0]);
            assertEquals(4 + i, workspace.output(0)[1]);
            assertEquals(1 + i, workspace.output(1)[0]);
            assertEquals(i, workspace.output(2)[1]);
        }
        double[][] tooShort = {{1, 2}, {1}};
        String named = assertThrows(IllegalArgumentException.class, () -> program.run(workspace, tooShort))
                .getMessage();
        assertTrue(named.contains("b (1×2)") && named.contains("at least 2"), named);
        Program other = Program.compile(List.of(a, b), List.of(Ops.add(a, b)));
        assertThrows(IllegalArgumentException.class, () -> other.run(workspace, new double[][] {{1, 2}, {3, 4}}));
    }

    private static String refused(List<Node> inputs, Node output) {
        return assertThrows(IllegalArgumentException.class, () -> Program.compile(inputs, List.of(output)))
                .getMessage();
    }

    @Test
    void aWorkspaceServesItsOwnProgramOnly() {
        Program one = Program.compile(List.of(a), List.of(Ops.sum(a)));
        Program other = Program.compile(List.of(a), List.of(Ops.sum(a)));
        assertThrows(
                IllegalArgumentException.class,
                () -> one.run(other.newWorkspace(), new double[][] {{1, 2}}, new double[][] {{0}}));
    }

    /** An op that waits, or throws, in the middle of a run. */
    private record Pause(CountDownLatch entered, CountDownLatch leave, boolean fails) implements PointwiseOp {
        @Override
        public String name() {
            return "pause";
        }

        @Override
        public Node derivative(Node x, Node y) {
            return Ops.ones(x);
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            return (buffers, operands, result) -> {
                entered.countDown();
                if (fails) {
                    throw new IllegalStateException("in mid-run");
                }
                try {
                    leave.await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            };
        }
    }

    @Test
    void twoThreadsInOneWorkspaceAreToldSo() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Node paused = graph.apply(new Pause(entered, leave, false), a);
        Program program = Program.compile(List.of(a), List.of(paused));
        Workspace workspace = program.newWorkspace();
        double[][] in = {{1, 2}};
        Thread thread = new Thread(() -> program.run(workspace, in, new double[][] {{0, 0}}));
        thread.start();
        entered.await();
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> program.run(workspace, in, new double[][] {{0, 0}}));
        assertTrue(refused.getMessage().contains("must be one a thread"));
        leave.countDown();
        thread.join();
        program.run(workspace, in, new double[][] {{0, 0}});
    }

    @Test
    void afterAnExceptionInMidRunTheOutputsAreUntouchedAndTheWorkspaceIsFree() {
        CountDownLatch latch = new CountDownLatch(1);
        Node failing = graph.apply(new Pause(latch, latch, true), Ops.tanh(a));
        Program program = Program.compile(List.of(a), List.of(Ops.sum(a), failing));
        Workspace workspace = program.newWorkspace();
        double[][] out = {{-1}, {-1, -1}};
        for (int i = 0; i < 2; i++) {
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class, () -> program.run(workspace, new double[][] {{1, 2}}, out));
            assertEquals("in mid-run", thrown.getMessage());
        }
        assertArrayEquals(new double[] {-1}, out[0]);
    }

    @Test
    void emptyBatchesGiveEmptyPredictionsAndZeroSums() {
        Node theta = graph.input("theta", Shape.of(2, 1));
        Node x = graph.input("x", Shape.of(0, 2));
        Node f = Models.linear(2).predict(theta, x);
        Node gradient = Reverse.gradient(Ops.sum(Ops.square(f)), theta);
        Program program = Program.compile(List.of(theta, x), List.of(f, gradient));
        double[][] out = {{}, {5, 5}};
        program.run(program.newWorkspace(), new double[][] {{1, 2}, {}}, out);
        assertArrayEquals(new double[] {0, 0}, out[1]);
    }
}
