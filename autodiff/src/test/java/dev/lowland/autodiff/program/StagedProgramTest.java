package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class StagedProgramTest {
    private static final int P = 17;

    private final Values values = new Values(21);
    private final Node theta = values.gaussian("theta", Shape.of(P, 1));
    private final Node x = values.gaussian("x", Shape.of(4, 2));
    private final Node v = values.gaussian("v", Shape.of(P, 1));
    private final Node loss = Ops.mean(Ops.square(Models.mlp(2, 4, 1).predict(theta, x)));
    private final Node gradient = Reverse.gradient(loss, theta);
    private final Node hvp = Forward.hvp(loss, theta, v);

    private StagedProgram staged(Node... outputs) {
        return StagedProgram.compile(Kernels.scalar(), List.of(theta, x), List.of(v), List.of(outputs));
    }

    @Test
    void manyProductsAfterOnePreparationAreThoseOfTheWholeProgram() {
        Program whole = Program.compile(Kernels.scalar(), List.of(theta, x, v), List.of(hvp, gradient));
        StagedProgram parts = staged(hvp, gradient);
        Workspace workspace = parts.newWorkspace();
        workspace.poison(Double.NaN);
        double[] at = values.of(theta).clone();
        double[] data = values.of(x).clone();
        parts.prepare(workspace, new double[][] {at, data});
        java.util.Arrays.fill(at, Double.NaN);
        java.util.Arrays.fill(data, Double.NaN);
        Workspace other = whole.newWorkspace();
        for (int j = 0; j < 5; j++) {
            double[] direction = new double[P];
            for (int i = 0; i < P; i++) {
                direction[i] = Math.sin(i * (j + 1.5));
            }
            double[][] expected = {new double[P], new double[P]};
            double[][] actual = {new double[P], new double[P]};
            whole.run(other, new double[][] {values.of(theta), values.of(x), direction}, expected);
            parts.run(workspace, new double[][] {direction}, actual);
            assertArrayEquals(expected[0], actual[0], 0);
            assertArrayEquals(expected[1], actual[1], 0);
        }
    }

    @Test
    void whatDependsOnNoDirectionIsPreparedAndTwoInputsAreKept() {
        int whole = Program.compile(List.of(theta, x, v), List.of(hvp)).instructionCount();
        int alone = Program.compile(List.of(theta, x), List.of(gradient)).instructionCount();
        StagedProgram parts = staged(hvp);
        int together = parts.earlyInstructionCount() + parts.lateInstructionCount();
        assertEquals(whole + 2, together, parts.dump());
        assertTrue(parts.dump().startsWith(together + " instructions"), parts.dump());
        assertTrue(parts.earlyInstructionCount() >= alone / 2, parts.dump());
        assertTrue(parts.workspaceBytes() > 0 && parts.lanes() == 1);
    }

    /** The scalar kernels, adding up the arithmetic of products of matrices and the numbers that the others write. */
    private static KernelSet counting(LongAdder work) {
        KernelSet scalar = Kernels.scalar();
        return (KernelSet) Proxy.newProxyInstance(
                KernelSet.class.getClassLoader(), new Class<?>[] {KernelSet.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("multiply") && arguments[0] instanceof MatrixForm) {
                        work.add(2L * (int) arguments[2] * (int) arguments[3] * (int) arguments[4]);
                    } else if (arguments != null) {
                        List<Integer> lengths = Arrays.stream(arguments)
                                .takeWhile(Integer.class::isInstance)
                                .map(Integer.class::cast)
                                .toList();
                        int last = lengths.size() - 1;
                        work.add(
                                last < 2 ? lengths.get(0) : (long) lengths.get(0) * lengths.get(1) * lengths.get(last));
                    }
                    return method.invoke(scalar, arguments);
                });
    }

    @Test
    void manyProductsCostLessThanTwoGradientsEach() {
        int size = 10 * 20 + 20 + 20 + 1;
        Node parameters = values.gaussian("parameters", Shape.of(size, 1));
        Node inputs = values.gaussian("inputs", Shape.of(32, 10));
        Node direction = values.gaussian("direction", Shape.of(size, 1));
        Node wide = Ops.mean(Ops.square(Models.mlp(10, 20, 1).predict(parameters, inputs)));
        Node slope = Reverse.gradient(wide, parameters);
        Node product = Forward.hvp(wide, parameters, direction);
        LongAdder work = new LongAdder();
        KernelSet kernels = counting(work);
        double[][] early = {values.of(parameters), values.of(inputs)};
        double[][] late = {values.of(direction)};
        double[][] out = {new double[size]};
        Program once = Program.compile(kernels, List.of(parameters, inputs), List.of(wide, slope));
        work.reset();
        once.run(once.newWorkspace(), early, new double[][] {new double[1], new double[size]});
        long gradientWork = work.sumThenReset();
        Program whole = Program.compile(kernels, List.of(parameters, inputs, direction), List.of(product));
        work.reset();
        whole.run(whole.newWorkspace(), new double[][] {early[0], early[1], late[0]}, out);
        long wholeWork = work.sumThenReset();
        double[] expected = out[0].clone();
        StagedProgram parts = whole.split(direction);
        Workspace workspace = parts.newWorkspace();
        work.reset();
        parts.prepare(workspace, early);
        long preparation = work.sumThenReset();
        parts.run(workspace, late, out);
        long each = work.sumThenReset();
        assertArrayEquals(expected, out[0], 0);
        String counts = "gradient " + gradientWork + ", whole product " + wholeWork + ", prepared once " + preparation
                + ", each " + each;
        assertTrue(gradientWork > 2L * 32 * (2 * 200 + 3 * 20), counts);
        assertTrue(each < 2 * gradientWork, counts);
        assertTrue(each + preparation / 10 < wholeWork, counts);
        assertEquals(
                wholeWork,
                preparation + each,
                20,
                counts + ": a bias of 20 is read in θ, or in a copy by a kernel that counts");
    }

    @Test
    void whatWasSetAsideSurvivesRunsAndIsReplacedByTheNextPreparation() {
        Node product = Ops.multiply(Ops.exp(theta), v);
        StagedProgram parts = StagedProgram.compile(List.of(theta), List.of(v), List.of(product, theta));
        Workspace workspace = parts.newWorkspace();
        double[][] out = {new double[P], new double[P]};
        for (double level : new double[] {0, 1}) {
            double[] at = new double[P];
            java.util.Arrays.fill(at, level);
            parts.prepare(workspace, new double[][] {at});
            for (int j = 0; j < 3; j++) {
                double[] direction = new double[P];
                java.util.Arrays.fill(direction, j + 1);
                parts.run(workspace, new double[][] {direction}, out);
                assertEquals((j + 1) * Math.exp(level), out[0][0], 1e-15 * 10);
                assertEquals(level, out[1][P - 1]);
            }
        }
    }

    @Test
    void lanesOfAStagedProgramAreThoseOfTheWholeProgram() {
        Program whole = Program.compile(Kernels.scalar(), List.of(theta, x, v), List.of(hvp));
        boolean[] shared = {false, true, true};
        Program wide = whole.forLanes(3, shared);
        StagedProgram parts = staged(hvp).forLanes(3, shared);
        double[] lanedTheta = new double[3 * P];
        for (int i = 0; i < lanedTheta.length; i++) {
            lanedTheta[i] = values.of(theta)[i / 3] * (1 + i % 3);
        }
        double[] expected = new double[3 * P];
        double[] actual = new double[3 * P];
        wide.run(wide.newWorkspace(), new double[][] {lanedTheta, values.of(x), values.of(v)}, new double[][] {expected
        });
        Workspace workspace = parts.newWorkspace();
        parts.prepare(workspace, new double[][] {lanedTheta, values.of(x)});
        parts.run(workspace, new double[][] {values.of(v)}, new double[][] {actual});
        assertArrayEquals(expected, actual, 0);
        assertEquals(3, parts.lanes());
    }

    @Test
    void neitherPartAllocates() {
        StagedProgram parts = staged(hvp);
        Workspace workspace = parts.newWorkspace();
        double[][] early = {values.of(theta), values.of(x)};
        double[][] late = {values.of(v)};
        double[][] out = {new double[P]};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int repeat = 0; repeat < 5; repeat++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                parts.prepare(workspace, early);
                parts.run(workspace, late, out);
                parts.run(workspace, late, out);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes for 1000 runs");
    }

    @Test
    void aWorkspaceIsPreparedBeforeItIsRunAndAgainAfterAFailure() {
        StagedProgram parts = staged(hvp);
        Workspace workspace = parts.newWorkspace();
        double[][] late = {values.of(v)};
        double[][] out = {new double[P]};
        IllegalStateException first = assertThrows(IllegalStateException.class, () -> parts.run(workspace, late, out));
        assertTrue(first.getMessage().contains("must be prepared before each run"), first.getMessage());
        double[][] tooShort = {values.of(theta), new double[1]};
        IllegalArgumentException named =
                assertThrows(IllegalArgumentException.class, () -> parts.prepare(workspace, tooShort));
        assertTrue(named.getMessage().contains("x (4×2)"), named.getMessage());
        parts.prepare(workspace, new double[][] {values.of(theta), values.of(x)});
        parts.run(workspace, late, out);
        String lateNames = assertThrows(
                        IllegalArgumentException.class, () -> parts.run(workspace, new double[][] {{1}}, out))
                .getMessage();
        assertTrue(lateNames.contains("v (17×1)"), lateNames);
        String tooMany = assertThrows(
                        IllegalArgumentException.class,
                        () -> parts.run(workspace, new double[][] {values.of(v), values.of(v)}, out))
                .getMessage();
        assertTrue(tooMany.contains("the number of input arrays is 2, must be 1"), tooMany);
        String shortOutput = assertThrows(
                        IllegalArgumentException.class, () -> parts.run(workspace, late, new double[][] {{0, 0}}))
                .getMessage();
        assertTrue(shortOutput.contains("output ") && shortOutput.contains("at least 17"), shortOutput);
        StagedProgram other = staged(hvp);
        assertThrows(IllegalArgumentException.class, () -> other.run(workspace, late, out));
        assertThrows(
                IllegalArgumentException.class,
                () -> other.prepare(workspace, new double[][] {values.of(theta), values.of(x)}));
    }

    /** Throws at negative numbers. */
    private record Strict() implements PointwiseOp {
        @Override
        public String name() {
            return "strict";
        }

        @Override
        public Node derivative(Node x, Node y) {
            return Ops.ones(x);
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            int n = layout.count();
            return (buffers, operands, result) -> {
                if (buffers[operands[0]][0] < 0) {
                    throw new IllegalStateException("in mid-run");
                }
                System.arraycopy(buffers[operands[0]], 0, buffers[result], 0, n);
            };
        }
    }

    @Test
    void aPreparationThatFailedHasToBeDoneAgain() {
        Node number = values.input("number", Shape.of(1, 1), 2);
        Node product = Ops.multiply(values.graph.apply(new Strict(), number), v);
        StagedProgram parts = StagedProgram.compile(List.of(number), List.of(v), List.of(product));
        Workspace workspace = parts.newWorkspace();
        double[][] late = {values.of(v)};
        double[][] out = {new double[P]};
        parts.prepare(workspace, new double[][] {{2}});
        parts.run(workspace, late, out);
        assertThrows(IllegalStateException.class, () -> parts.prepare(workspace, new double[][] {{-1}}));
        double[] before = out[0].clone();
        String message = assertThrows(IllegalStateException.class, () -> parts.run(workspace, late, out))
                .getMessage();
        assertTrue(message.contains("again if it failed"), message);
        assertArrayEquals(before, out[0]);
        parts.prepare(workspace, new double[][] {{3}});
        parts.run(workspace, late, out);
        assertEquals(3 * values.of(v)[5], out[0][5]);
    }

    @Test
    void programsAreSplitByTheirInputs() {
        Program whole = Program.compile(Kernels.scalar(), List.of(v, theta, x), List.of(hvp));
        StagedProgram parts = whole.split(v);
        Workspace workspace = parts.newWorkspace();
        double[] actual = new double[P];
        parts.prepare(workspace, new double[][] {values.of(theta), values.of(x)});
        parts.run(workspace, new double[][] {values.of(v)}, new double[][] {actual});
        assertArrayEquals(values.evaluate(hvp), actual, 0);
        String listing = parts.dump();
        assertTrue(listing.contains("early input theta : 17×1") && listing.contains("input v : 17×1"), listing);
        List<String> lines = listing.lines().toList();
        int prepare = lines.indexOf("prepare:");
        int run = lines.indexOf("run:");
        assertEquals(parts.earlyInstructionCount(), run - prepare - 1, listing);
        assertEquals(parts.lateInstructionCount(), lines.size() - run - 2, listing);
        assertEquals(prepare, lines.lastIndexOf("prepare:"), listing);
        assertEquals(run, lines.lastIndexOf("run:"), listing);
        assertFalse(whole.dump().contains("run:"), whole.dump());
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> whole.split(hvp))
                        .getMessage()
                        .contains("is no input"),
                "a node that is no input");
        assertThrows(IllegalArgumentException.class, () -> whole.split(v, v));
        assertThrows(IllegalArgumentException.class, () -> whole.forLanes(2).split(v));
    }

    @Test
    void everythingMayBeEarlyOrLate() {
        StagedProgram early = StagedProgram.compile(List.of(theta, x), List.of(), List.of(gradient));
        assertEquals(0, early.lateInstructionCount());
        Workspace workspace = early.newWorkspace();
        double[] out = new double[P];
        early.prepare(workspace, new double[][] {values.of(theta), values.of(x)});
        early.run(workspace, new double[0][], new double[][] {out});
        assertArrayEquals(values.evaluate(gradient), out, 1e-15);
        StagedProgram late = StagedProgram.compile(List.of(), List.of(theta, x), List.of(gradient));
        assertEquals(0, late.earlyInstructionCount());
        Node spread = Ops.broadcast(values.graph.constant(Shape.of(1, 2), new double[] {1, 2}), Shape.of(3000, 2));
        Node sums = Ops.add(Ops.sum(Ops.exp(spread)), Ops.sum(theta));
        assertEquals(
                0,
                StagedProgram.compile(List.of(), List.of(theta), List.of(sums)).earlyInstructionCount());
        Workspace again = late.newWorkspace();
        late.prepare(again, new double[0][]);
        late.run(again, new double[][] {values.of(theta), values.of(x)}, new double[][] {out});
        assertArrayEquals(values.evaluate(gradient), out, 1e-15);
    }
}
