package dev.lowland.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Choices;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.autodiff.program.Interpreter;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where engines of this kind go wrong in silence. The other traps are tested beside what they are about. */
class TrapsTest {
    private final Values values = new Values(41);

    private double[] run(Node output, Node... inputs) {
        Program program = Program.compile(List.of(inputs), List.of(output));
        double[] out = new double[output.shape().size()];
        double[][] in = new double[inputs.length][];
        for (int i = 0; i < in.length; i++) {
            in[i] = values.of(inputs[i]);
        }
        program.run(program.newWorkspace(), in, new double[][] {out});
        return out;
    }

    private static String refusal(Executable action) {
        return assertThrows(IllegalArgumentException.class, action).getMessage();
    }

    @Test
    void aSingleSampleIsABatchOfOne() {
        Node theta = values.gaussian("theta", Shape.of(17, 1));
        Node x = values.gaussian("x", Shape.of(1, 2));
        Node f = Models.mlp(2, 4, 1).predict(theta, x);
        assertEquals(Shape.scalar(), f.shape());
        Node v = values.gaussian("v", Shape.of(17, 1));
        double[] gradient = run(Reverse.gradient(f, theta), theta, x);
        double slope = 0;
        for (int i = 0; i < 17; i++) {
            slope += gradient[i] * values.of(v)[i];
        }
        assertEquals(run(Forward.jvp(f, theta, v), theta, x, v)[0], slope, 1e-14);
    }

    @Test
    void aNumberStretchesOverRowsAndColumnsAndItsGradientIsSummedBack() {
        Node number = values.input("number", Shape.of(1, 1), 2);
        Node row = values.input("row", Shape.of(1, 3), 1, 2, 3);
        Node column = values.input("column", Shape.of(3, 1), 10, 20, 30);
        assertArrayEquals(new double[] {2, 4, 6}, run(Ops.multiply(number, row), number, row));
        assertArrayEquals(new double[] {20, 40, 60}, run(Ops.multiply(column, number), number, column));
        assertArrayEquals(
                new double[] {6}, run(Reverse.gradient(Ops.sum(Ops.multiply(number, row)), number), number, row));
        assertArrayEquals(
                new double[] {60},
                run(Reverse.gradient(Ops.sum(Ops.multiply(column, number)), number), number, column));
        Node outer = Ops.multiply(row, column);
        assertEquals(Shape.of(3, 3), outer.shape());
        assertArrayEquals(new double[] {60, 60, 60}, run(Reverse.gradient(Ops.sum(outer), row), row, column));
        assertArrayEquals(new double[] {6, 6, 6}, run(Reverse.gradient(Ops.sum(outer), column), row, column));
        assertEquals(Shape.of(1, 3), Reverse.gradient(Ops.sum(outer), row).shape());
    }

    @Test
    void signedZerosStayWhatTheyAre() {
        Node x = values.input("x", Shape.of(1, 2), -0.0, 0.0);
        long negative = Double.doubleToRawLongBits(-0.0);
        assertEquals(negative, Double.doubleToRawLongBits(run(Ops.scale(x, 1), x)[0]));
        assertEquals(0, Double.doubleToRawLongBits(run(Ops.add(x, Ops.zeros(x)), x)[0]));
        assertEquals(negative, Double.doubleToRawLongBits(run(Ops.negate(x), x)[1]));
        assertEquals(negative, Double.doubleToRawLongBits(run(Ops.reshape(x, Shape.of(2, 1)), x)[0]));
        assertEquals(negative, Double.doubleToRawLongBits(run(Ops.broadcast(x, Shape.of(2, 2)), x)[2]));
        Node plus = values.graph.constant(0.0);
        Node minus = values.graph.constant(-0.0);
        assertTrue(plus != minus, "constants are equal by their bits");
    }

    @Test
    void atTiesAndKinksOneSideIsTakenAtEveryOrderAndInEveryMode() {
        Node x = values.input("x", Shape.of(1, 3), -0.0, 0.0, 2);
        Node relu = Ops.relu(x);
        Node max = Choices.max(x, Ops.zeros(x));
        for (Node f : List.of(relu, max)) {
            assertArrayEquals(new double[] {0, 0, 1}, run(Reverse.gradient(Ops.sum(f), x), x));
            assertArrayEquals(new double[] {0, 0, 1}, run(Forward.jvp(f, x, Ops.ones(x)), x));
            assertArrayEquals(new double[3], run(Jet2.collapsed(f, x, x), x));
        }
        assertArrayEquals(new double[] {0, 0, 1}, run(Reverse.gradient(Ops.sum(Ops.abs(x)), x), x));
    }

    @Test
    void aNaNInABranchThatIsNotTakenStaysThere() {
        Node x = values.input("x", Shape.of(1, 3), -4, 0, 9);
        Node safe = Choices.selectSafe(Choices.greater(x, Ops.zeros(x)), x, Ops::sqrt, 1, Ops::zeros, 0);
        assertArrayEquals(new double[] {0, 0, 3}, run(safe, x));
        assertArrayEquals(new double[] {0, 0, 1.0 / 6}, run(Reverse.gradient(Ops.sum(safe), x), x), 1e-16);
        assertArrayEquals(new double[] {0, 0, 1.0 / 6}, run(Forward.jvp(safe, x, Ops.ones(x)), x), 1e-16);
        double[] curvature = run(Jet2.collapsed(safe, x, Ops.ones(x)), x);
        assertArrayEquals(new double[] {0, 0, -1.0 / 108}, curvature, 1e-16);
    }

    @Test
    void matricesMayHaveLongerArraysThanTheyHaveEntries() {
        DMatrixRMaj matrix = new DMatrixRMaj(5, 5);
        matrix.reshape(1, 2);
        matrix.data[0] = 3;
        matrix.data[1] = 4;
        matrix.data[2] = Double.NaN;
        Node c = values.graph.constant(matrix);
        assertEquals(Shape.of(1, 2), c.shape());
        assertArrayEquals(new double[] {25}, run(Ops.sum(Ops.square(c))));
        matrix.data[0] = 99;
        assertArrayEquals(new double[] {25}, run(Ops.sum(Ops.square(c))), "the graph keeps a copy");
    }

    @Test
    void nodesOfTwoGraphsNeverMeet() {
        Node x = values.gaussian("x", Shape.of(1, 1));
        Node stranger = new Graph().input("stranger", Shape.of(1, 1));
        Node own = Ops.tanh(x);
        for (Executable meeting : List.<Executable>of(
                () -> Ops.add(x, stranger),
                () -> Ops.matmul(x, stranger),
                () -> Program.compile(List.of(x), List.of(own, stranger)),
                () -> Program.compile(List.of(x, stranger), List.of(own)),
                () -> new Interpreter().evaluate(List.of(own, stranger), Map.of(x, new double[1])),
                () -> Reverse.gradient(own, stranger),
                () -> Reverse.vjp(own, stranger, List.of(x)),
                () -> Forward.jvp(own, stranger, stranger),
                () -> Forward.jvp(own, x, stranger),
                () -> Jet2.collapsed(own, x, stranger),
                () -> Vmap.map(own, x, stranger),
                () -> Vmap.map(own, stranger, stranger))) {
            String message = refusal(meeting);
            assertTrue(message.contains("another graph") && message.contains("stranger (1×1)"), message);
        }
    }

    @Test
    void indicesThatDoNotFitAnIntAreRefusedBeforeAnythingIsAllocated() {
        int large = 1 << 16;
        assertTrue(refusal(() -> Shape.of(large, large)).contains("must be of at most 2147483647 entries"));
        assertTrue(refusal(() -> Shape.of(large, 16, 4096)).contains("must be of at most 2147483647 entries"));
        assertTrue(refusal(() -> Shape.of(1 << 20, 2, 2).stacked(1 << 14))
                .contains("must be of at most 2147483647 entries"));
        assertTrue(refusal(() -> Shape.of(1 << 20, 0, 0).stacked(1 << 14)).contains("is 17179869184×0×0"));
        Node x = values.graph.input("x", Shape.of(large, 1));
        assertTrue(refusal(() -> Ops.matmul(x, false, x, true)).contains("65536×65536"));
        assertTrue(refusal(() -> Ops.broadcast(x, Shape.of(large, large)))
                .contains("must be of at most 2147483647 entries"));
        assertTrue(refusal(() -> Stacks.tile(x, large)).contains("must be of at most 2147483647 entries"));
        Program program = Program.compile(List.of(x), List.of(Ops.sum(x)));
        String lanes = refusal(() -> program.forLanes(large));
        assertTrue(lanes.contains("x (65536×1) in 65536 lanes"), lanes);
        Node one = values.graph.input("one", Shape.of(1, 1));
        Program largest = Program.compile(List.of(one), List.of(Ops.tanh(one))).forLanes(Integer.MAX_VALUE);
        assertEquals(8L * Integer.MAX_VALUE, largest.workspaceBytes(), "known before it is asked for");
        String spread = refusal(() -> Program.compile(List.of(x), List.of(x)).forLanes(large, true));
        assertTrue(spread.contains("shared by all lanes in 65536 lanes"), spread);
    }

    @Test
    @Tag("once")
    void everyTransformWalksAHundredThousandNodesWithoutTheCallStack() {
        Node u = values.input("u", Shape.of(1, 1), 0.5);
        Node chain = u;
        for (int i = 0; i < 50_000; i++) {
            chain = Ops.add(Ops.scale(chain, 0.999), u);
        }
        Node two = values.graph.constant(Shape.of(2, 1, 1), new double[] {0.5, 1});
        double[] mapped = run(Vmap.map(chain, u, two));
        assertEquals(2 * mapped[0], mapped[1], 1e-9);
        assertEquals(mapped[0], run(chain, u)[0], 1e-9);
        assertArrayEquals(new double[1], run(Jet2.collapsed(Ops.scale(chain, 1), u, u), u));
        Node bent = Ops.square(chain);
        double slope = mapped[0] / 0.5;
        assertEquals(
                2 * slope * slope, run(Jet2.collapsed(bent, u, values.graph.constant(1)), u)[0], 1e-9 * slope * slope);
    }
}
