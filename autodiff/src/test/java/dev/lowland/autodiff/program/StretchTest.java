package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Axes;
import dev.lowland.autodiff.op.Axis;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.kernel.Kernels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Values that lie inside others: slices read where they are, parts computed where they go. */
class StretchTest {
    private static final int LANES = 3;

    private final Values values = new Values(3);

    /** Two layers whose weights and biases are slices of θ, in order, as in the models. */
    private Node twoLayers(Node theta, Node x) {
        Node w1 = Ops.reshape(Ops.sliceRows(theta, 0, 6), Shape.of(2, 3));
        Node b1 = Ops.reshape(Ops.sliceRows(theta, 6, 3), Shape.of(1, 3));
        Node w2 = Ops.sliceRows(theta, 9, 3);
        Node b2 = Ops.sliceRows(theta, 12, 1);
        Node hidden = Ops.tanh(Ops.add(Ops.matmul(x, w1), b1));
        return Ops.sum(Ops.square(Ops.add(Ops.matmul(hidden, w2), b2)));
    }

    private Map<Node, double[]> inputs(List<Node> nodes) {
        Map<Node, double[]> map = new HashMap<>();
        nodes.forEach(node -> map.put(node, values.of(node)));
        return map;
    }

    /** Program, lanes and interpreter agree bit for bit; memory is poisoned. */
    private Program same(List<Node> inputs, Node output) {
        double[] expected = new Interpreter(Kernels.scalar()).evaluate(output, inputs(inputs));
        Program program = Program.compile(Kernels.scalar(), inputs, List.of(output));
        double[][] in = inputs.stream().map(values::of).toArray(double[][]::new);
        assertArrayEquals(expected, run(program, in, expected.length), program.dump());

        boolean[] shared = new boolean[inputs.size()];
        for (int flags = 0; flags < 1 << inputs.size(); flags++) {
            double[][] wide = new double[in.length][];
            for (int i = 0; i < in.length; i++) {
                shared[i] = (flags >> i & 1) == 1;
                wide[i] = shared[i] ? in[i] : repeated(in[i]);
            }
            Program lanes = program.forLanes(LANES, shared);
            double[] out = run(lanes, wide, expected.length * LANES);
            assertArrayEquals(repeated(expected), out, () -> Arrays.toString(shared) + lanes.dump());
        }
        return program;
    }

    private static double[] run(Program program, double[][] in, int length) {
        Workspace workspace = program.newWorkspace();
        workspace.poison(Double.NaN);
        double[] out = new double[length];
        program.run(workspace, in, new double[][] {out});
        return out;
    }

    private static double[] repeated(double[] entries) {
        double[] out = new double[entries.length * LANES];
        Arrays.setAll(out, i -> entries[i / LANES]);
        return out;
    }

    @Test
    void theGradientOfSlicesIsWrittenOncePerEntry() {
        Node theta = values.gaussian("theta", Shape.of(13, 1));
        Node x = values.gaussian("x", Shape.of(4, 2));
        Program program = same(List.of(theta, x), Reverse.gradient(twoLayers(theta, x), theta));
        String listing = program.dump();
        assertFalse(Pattern.compile("= (slice|pad|copy)").matcher(listing).find(), listing);
        assertEquals(1, listing.split("= concat", -1).length - 1, listing);
    }

    @Test
    void secondDerivativesOfSlicesAgreeToo() {
        Node theta = values.gaussian("theta", Shape.of(13, 1));
        Node x = values.gaussian("x", Shape.of(4, 2));
        Node v = values.gaussian("v", Shape.of(13, 1));
        Node gradient = Reverse.gradient(twoLayers(theta, x), theta);
        same(List.of(theta, x, v), Reverse.gradient(Ops.sum(Ops.multiply(gradient, v)), theta));
    }

    @Test
    void earlySlicesAreKeptForLateSteps() {
        Node theta = values.gaussian("theta", Shape.of(6, 1));
        Node x = values.gaussian("x", Shape.of(4, 2));
        Node product = Ops.matmul(x, Ops.reshape(Ops.sliceRows(theta, 2, 4), Shape.of(2, 2)));
        StagedProgram staged = StagedProgram.compile(Kernels.scalar(), List.of(theta), List.of(x), List.of(product));
        double[] expected = new Interpreter(Kernels.scalar()).evaluate(product, inputs(List.of(theta, x)));
        Workspace workspace = staged.newWorkspace();
        double[] early = values.of(theta).clone();
        staged.prepare(workspace, new double[][] {early});
        Arrays.fill(early, Double.NaN);
        double[] out = new double[expected.length];
        staged.run(workspace, new double[][] {values.of(x)}, new double[][] {out});
        assertArrayEquals(expected, out, staged.dump());
    }

    @Test
    void aSliceAsOutputIsACopy() {
        Node theta = values.gaussian("theta", Shape.of(6, 1));
        Program program = same(List.of(theta), Ops.sliceRows(theta, 2, 3));
        assertEquals(1, program.instructionCount(), program.dump());
        assertTrue(program.dump().contains("copy = copy(from 2 [0]) : 3"), program.dump());
        String whole = same(List.of(theta), theta).dump();
        assertTrue(whole.contains("copy = copy(input [0]) : 6"), whole);
    }

    @Test
    void nothingIsWrittenOverWhatAStretchOfItIsReadFrom() {
        Node x = values.gaussian("x", Shape.of(3, 2));
        Node y = Ops.tanh(x);
        Node first = Ops.sliceRows(y, 0, 1);
        same(List.of(x), Ops.add(y, first));
        same(List.of(x), Ops.subtract(Ops.sliceRows(y, 2, 1), y));
        same(List.of(x), Ops.multiply(y, Ops.sliceRows(y, 1, 1)));
    }

    @Test
    void aPartThatIsReadElsewhereIsNotComputedInTheWhole() {
        Node a = values.gaussian("a", Shape.of(2, 3));
        Node b = values.gaussian("b", Shape.of(3, 2));
        Node product = Ops.matmul(a, b);
        Node whole = Axes.concat(Axis.ROWS, product, Ops.tanh(product));
        same(List.of(a, b), whole);
        same(List.of(a, b), Axes.concat(Axis.ROWS, product, product));
        Program once = same(List.of(a, b), Ops.exp(Axes.concat(Axis.ROWS, product, Ops.matmul(a, Ops.negate(b)))));
        assertTrue(once.dump().contains("in place"), once.dump());
    }

    @Test
    void biasesAndActivationsFindStretchesAndStayOutOfOthers() {
        Node theta = values.gaussian("theta", Shape.of(6, 1));
        same(List.of(theta), Ops.tanh(Ops.add(Ops.sliceRows(theta, 3, 3), Ops.sliceRows(theta, 1, 3))));
        Node x = values.gaussian("x", Shape.of(2, 3));
        Node b = Ops.reshape(Ops.sliceRows(theta, 2, 3), Shape.of(1, 3));
        Node layer = Ops.tanh(Ops.add(x, b));
        assertTrue(same(List.of(theta, x), layer).dump().contains("TANH of add repeated"));
        same(List.of(theta, x), Axes.concat(Axis.ROWS, Ops.square(x), layer));
    }

    @Test
    void sumsOfPaddingsAreJoinedWhereTheyMeetOrCoincide() {
        Node x = values.gaussian("x", Shape.of(2, 1));
        Node y = values.gaussian("y", Shape.of(3, 1));
        Node left = Ops.pad(x, Axis.ROWS, 1, 8);
        Node right = Ops.pad(y, Axis.ROWS, 3, 8);
        List<Node> inputs = List.of(x, y);
        double[] expected = {0, 0, 0, 0, 0, 0, 0, 0};
        System.arraycopy(values.of(x), 0, expected, 1, 2);
        System.arraycopy(values.of(y), 0, expected, 3, 3);
        for (Node sum : List.of(Ops.add(left, right), Ops.add(right, left))) {
            Program program = same(inputs, sum);
            assertFalse(program.dump().contains("add"), program.dump());
            assertArrayEquals(expected, new Interpreter(Kernels.scalar()).evaluate(sum, inputs(inputs)));
        }
        Node twice = Ops.add(left, Ops.pad(Ops.square(x), Axis.ROWS, 1, 8));
        assertEquals(1, same(List.of(x), twice).dump().split("= pad", -1).length - 1);
        String apart = same(inputs, Ops.add(Ops.pad(x, Axis.ROWS, 0, 8), right)).dump();
        assertTrue(apart.contains("= add"), apart);
    }
}
