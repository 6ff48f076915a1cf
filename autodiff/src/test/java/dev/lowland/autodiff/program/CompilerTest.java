package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Axes;
import dev.lowland.autodiff.op.Axis;
import dev.lowland.autodiff.op.Choices;
import dev.lowland.autodiff.op.Images;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.Window;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the compiler leaves out, computes beforehand or does together. */
class CompilerTest {
    private final Graph graph = new Graph();
    private final Node x = graph.input("x", Shape.of(3, 2));

    private static Program compile(List<Node> inputs, Node... outputs) {
        return Program.compile(Kernels.scalar(), inputs, List.of(outputs));
    }

    private static double[] run(Program program, double[]... inputs) {
        double[] out = new double[program.outputs().get(0).shape().size()];
        Workspace workspace = program.newWorkspace();
        workspace.poison(Double.NaN);
        program.run(workspace, inputs, new double[][] {out});
        return out;
    }

    @Test
    void constantsAreComputedOnceWithTheirNaNsInfinitiesAndZeros() {
        Node c = graph.constant(Shape.of(1, 5), new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY, -0.0});
        Node folded = Ops.multiply(Ops.log(Ops.abs(c)), Ops.multiply(c, graph.constant(Shape.of(1, 5), new double[5])));
        Program program = compile(List.of(x), folded);
        assertEquals(0, program.instructionCount(), program.dump());
        double[] out = run(program, new double[6]);
        double[] expected = new Interpreter(Kernels.scalar()).evaluate(folded, java.util.Map.of());
        for (int i = 0; i < 5; i++) {
            assertEquals(Double.doubleToLongBits(expected[i]), Double.doubleToLongBits(out[i]), "entry " + i);
        }
        assertTrue(Double.isNaN(out[1]) && Double.isNaN(out[2]) && Double.isNaN(out[3]));
        assertEquals(Double.doubleToLongBits(-0.0), Double.doubleToLongBits(out[0]) | Double.doubleToLongBits(-0.0));
    }

    @Test
    void zeroTimesAnInputIsNotFoldedAway() {
        double[] out = run(
                compile(List.of(x), Ops.scale(x, 0)), new double[] {Double.NaN, 1, -1, Double.POSITIVE_INFINITY, 0, 2});
        assertTrue(Double.isNaN(out[0]) && Double.isNaN(out[3]));
        assertEquals(Double.doubleToLongBits(-0.0), Double.doubleToLongBits(out[2]));
        Node difference = Ops.subtract(x, x);
        assertTrue(Double.isNaN(run(compile(List.of(x), difference), new double[] {Double.NaN, 0, 0, 0, 0, 0})[0]));
    }

    @Test
    void longConstantsAreNotMadeOfShortOnes() {
        Node row = graph.constant(Shape.of(1, 100), new double[100]);
        Node wide = Ops.broadcast(Ops.exp(row), Shape.of(100, 100));
        Program program = compile(List.of(), Ops.exp(wide));
        assertEquals(2, program.instructionCount(), program.dump());
        assertEquals(8 * 10_000, program.workspaceBytes(), program.dump());
        assertFalse(program.dump().contains("of 10000"), program.dump());
        assertEquals(Math.E, run(program)[9_999], 1e-15);
    }

    @Test
    void constantsAreFoldedUpToFourThousandNumbersOrAsManyAsTheyAreMadeOf() {
        Node number = Ops.exp(graph.constant(Shape.of(1, 1), new double[] {1}));
        assertEquals(
                0, compile(List.of(), Ops.broadcast(number, Shape.of(1, 4096))).instructionCount());
        assertEquals(
                1, compile(List.of(), Ops.broadcast(number, Shape.of(1, 4097))).instructionCount());
        double[] many = new double[5000];
        many[7] = 1;
        Node given = graph.constant(Shape.of(1, 5000), many);
        Program same = compile(List.of(), Ops.exp(given));
        assertEquals(0, same.instructionCount(), same.dump());
        assertEquals(Math.E, run(same)[7], 1e-15);
        Node twice = Axes.concat(Axis.ROWS, given, given);
        assertEquals(0, compile(List.of(), twice).instructionCount(), "as long as its parts together");
    }

    @Test
    void constantsOfOneNumberAreKeptOnce() {
        Node y = graph.input("y", Shape.of(2, 5));
        Node sum = Ops.add(Ops.sum(Ops.add(Ops.tanh(x), Ops.ones(x))), Ops.sum(Ops.add(Ops.tanh(y), Ops.ones(y))));
        Program program = compile(List.of(x, y), sum);
        assertEquals(1, program.dump().split("constant of", -1).length - 1, program.dump());
        assertTrue(program.dump().contains("constant of 10: 1.0 1.0 1.0 1.0 …"), program.dump());
        assertEquals(16, run(program, new double[6], new double[10])[0]);
        Node zeros = Ops.add(Ops.add(x, graph.filled(Shape.of(3, 2), 0.0)), graph.filled(Shape.of(3, 2), -0.0));
        assertEquals(2, compile(List.of(x), zeros).dump().split("constant of", -1).length - 1, "+0 and −0 differ");
    }

    @Test
    void anActivationStaysApartFromASumThatIsReadElsewhere() {
        Node b = graph.input("b", Shape.of(1, 2));
        Node sum = Ops.add(x, b);
        Program program = compile(List.of(x, b), Ops.multiply(Ops.sigmoid(sum), sum));
        assertEquals(3, program.instructionCount(), program.dump());
        double[] out = run(program, new double[] {1, 2, 3, 4, 5, 6}, new double[] {0.5, -0.5});
        for (int i = 0; i < 6; i++) {
            double y = 1 + i + (i % 2 == 0 ? 0.5 : -0.5);
            assertEquals(y / (1 + Math.exp(-y)), out[i], 1e-14);
        }
    }

    @Test
    void aBiasOfOneRowAndItsActivationAreOneInstruction() {
        Node row = graph.input("row", Shape.of(1, 3));
        Node b = graph.input("b", Shape.of(1, 3));
        Program program = compile(List.of(row, b), Ops.relu(Ops.add(row, b)));
        assertEquals(1, program.instructionCount(), program.dump());
        assertTrue(program.dump().contains("RELU of add("), program.dump());
        assertArrayEquals(
                new double[] {0, 2.5, 0}, run(program, new double[] {-3, 2, -1}, new double[] {0.5, 0.5, 0.5}));
    }

    @Test
    void aBiasIsAddedWithoutBeingCopiedAndInPlace() {
        Node w = graph.input("w", Shape.of(2, 4));
        Node b = graph.input("b", Shape.of(1, 4));
        Node layer = Ops.tanh(Ops.add(Ops.matmul(x, w), b));
        Program program = compile(List.of(x, w, b), layer);
        String listing = program.dump();
        assertEquals(2, program.instructionCount(), listing);
        assertEquals(3 * 4 * 8, program.workspaceBytes(), listing);
        assertTrue(listing.contains("TANH of add repeated(1·3·4)"), listing);
        double[] out = run(program, new double[] {1, 2, 3, 4, 5, 6}, new double[8], new double[] {0.1, 0.2, 0.3, 0.4});
        for (int i = 0; i < 12; i++) {
            assertEquals(Math.tanh(0.1 * (1 + i % 4)), out[i], 1e-15);
        }
    }

    @Test
    void repeatedOperandsOfSumsDifferencesAndProductsOnEitherSideAndEveryAxis() {
        for (Axis axis : Axis.values()) {
            Node a = graph.input("a", Shape.of(2, 3, 4));
            Node r = graph.input("r", axis.resize(a.shape(), 1));
            double[] as = new double[24];
            double[] rs = new double[r.shape().size()];
            for (int i = 0; i < 24; i++) {
                as[i] = Math.sin(i + 1);
            }
            for (int i = 0; i < rs.length; i++) {
                rs[i] = Math.cos(3 * i + 1);
            }
            Node wide = Ops.broadcast(r, a.shape());
            List<Node> outputs = List.of(
                    Ops.add(a, r),
                    Ops.add(Ops.tanh(r), a),
                    Ops.subtract(a, Ops.exp(r)),
                    Ops.subtract(Ops.sin(r), a),
                    Ops.multiply(a, Ops.cos(r)),
                    Ops.multiply(Ops.square(r), Ops.tanh(a)));
            for (Node output : outputs) {
                Program program = compile(List.of(a, r), output);
                assertFalse(program.dump().contains("= repeat"), program.dump());
                double[] expected = new Interpreter(Kernels.scalar()).evaluate(output, java.util.Map.of(a, as, r, rs));
                assertArrayEquals(expected, run(program, as, rs), 0);
            }
            Program both = compile(List.of(a, r), Ops.add(a, r), wide);
            assertTrue(both.dump().contains("= repeat"), "a repeat that is also an output is computed");
            Node twice = Ops.add(Ops.multiply(a, wide), wide);
            assertTrue(compile(List.of(a, r), twice).dump().contains("= repeat"), "and one that is used twice");
        }
    }

    @Test
    void repeatedMatricesAreNotCopiedForAProduct() {
        Node a = graph.input("a", Shape.of(2, 3));
        Node stack = graph.input("stack", Shape.of(5, 3, 4));
        Node product = Ops.matmul(Stacks.tile(a, 5), stack);
        String listing = compile(List.of(a, stack), product).dump();
        assertFalse(listing.contains("repeat"), listing);
        assertEquals(Shape.of(5, 2, 4), product.shape());
        Node right = Ops.matmul(Ops.broadcast(a, Shape.of(5, 2, 3)), false, stack, false);
        assertTrue(right == product, "one node however it is written");
        Node left = Ops.matmul(stack, true, Stacks.tile(a, 5), true);
        assertFalse(compile(List.of(a, stack), left).dump().contains("repeat"));
        Node lonely = Ops.matmul(Stacks.tile(a, 5), graph.input("b", Shape.of(3, 4)));
        assertEquals(Shape.of(5, 2, 4), lonely.shape());
    }

    @Test
    void anotherShapeCostsNothing() {
        Program program = compile(List.of(x), Ops.tanh(Ops.reshape(x, Shape.of(1, 6))));
        assertEquals(1, program.instructionCount(), program.dump());
        assertEquals(Math.tanh(5), run(program, new double[] {0, 0, 0, 0, 0, 5})[5], 1e-15);
    }

    @Test
    void whatOneLaneSharesIsItsOwn() {
        Node c = graph.constant(Shape.of(3, 2), new double[] {1, 2, 3, 4, 5, 6});
        Node sum = Ops.add(Ops.tanh(x), Ops.exp(c));
        Program program = compile(List.of(x), sum, Ops.exp(c), x);
        Program shared = program.forLanes(1, true);
        assertEquals(program.dump(), shared.dump());
    }

    @Test
    void transposesBecomeFlagsOfAProduct() {
        Node w = graph.input("w", Shape.of(4, 2));
        String listing = compile(List.of(x, w), Ops.matmul(x, Ops.transpose(w))).dump();
        assertTrue(listing.contains("matmul·ᵀ(x [0], w [1])") && !listing.contains("transpose"), listing);
    }

    @Test
    void opsThatWorkEntryByEntryWriteOverTheirOperand() {
        Node y = Ops.tanh(x);
        List<Node> results = List.of(
                Ops.add(y, x),
                Ops.subtract(y, x),
                Ops.multiply(y, x),
                Ops.scale(y, 3),
                Ops.exp(y),
                Ops.power(y, 3),
                Choices.stopGradient(y),
                Choices.greater(y, x),
                Choices.select(y, x, Ops.zeros(x)));
        for (Node result : results) {
            Program program = compile(List.of(x), result);
            assertEquals(6 * 8, program.workspaceBytes(), program.dump());
            assertTrue(program.dump().split("in place", -1).length == 2, program.dump());
        }
    }

    @Test
    void productsOfLanesWithWhatAllLanesShareReadItWhereItIs() {
        Node w = graph.input("w", Shape.of(2, 4));
        Node images = graph.input("images", Shape.of(2, 3, 12));
        Node filters = graph.input("filters", Shape.of(5, 12));
        Node responses = graph.input("responses", Shape.of(2, 5, 6));
        Window window = Window.of(3, 4, 2);
        List<List<Node>> products = List.of(
                List.of(x, w, Ops.matmul(x, w)),
                List.of(images, filters, Images.convolve(images, filters, window)),
                List.of(responses, filters, Images.convolveToImage(responses, filters, window)),
                List.of(images, responses, Images.convolveToFilters(images, responses, window)));
        for (List<Node> each : products) {
            Program program = compile(each.subList(0, 2), each.get(2));
            for (boolean first : new boolean[] {true, false}) {
                Program lanes = program.forLanes(3, first, !first);
                assertEquals(1, lanes.instructionCount(), lanes.dump());
                assertFalse(lanes.dump().contains("spread("), lanes.dump());
            }
        }
    }

    @Test
    void filtersOfAnEmptyBatchAreZeroWhateverWasInTheirMemory() {
        Node images = graph.input("images", Shape.of(0, 3, 12));
        Node responses = graph.input("responses", Shape.of(0, 5, 6));
        Node filters = Images.convolveToFilters(images, responses, Window.of(3, 4, 2));
        Program program = compile(List.of(images, responses), filters);
        assertArrayEquals(new double[60], run(program, new double[0], new double[0]));
        Node some = graph.input("some", Shape.of(2, 3, 12));
        Node seen = graph.input("seen", Shape.of(2, 5, 6));
        Program full = compile(List.of(some, seen), Images.convolveToFilters(some, seen, Window.of(3, 4, 2)));
        double[] ones = new double[72];
        Arrays.fill(ones, 1);
        assertEquals(12, run(full, ones, ones)[0], "two images, six positions");
    }

    @Test
    void aListingSaysWhatGoesWhere() {
        Node sum = Ops.sum(Ops.tanh(Ops.scale(x, 2)));
        String listing = compile(List.of(x), sum).dump();
        String[] lines = listing.split("\\R");
        assertTrue(lines[0].contains("3 instructions") && lines[0].contains("scalar kernels, 1 lane"), lines[0]);
        assertTrue(lines[0].contains("workspace 56 bytes in 2 buffers"), lines[0]);
        assertEquals("   [0] input x : 3×2", lines[1]);
        assertTrue(lines[2].matches(" +\\[1] scale\\(2.0\\)#\\d+ = scale\\(2.0\\)\\(x \\[0]\\) : 3×2"), lines[2]);
        assertTrue(lines[3].matches(" +\\[1] tanh#\\d+ = TANH\\(scale.* \\[1]\\) : 3×2, in place"), lines[3]);
        assertTrue(lines[5].matches(" +\\[2] output sum.*"), lines[5]);
        Node four = graph.constant(Shape.of(1, 4), new double[] {1, 2, 3, 4});
        Node five = graph.constant(Shape.of(1, 5), new double[] {1, 2, 3, 4, 5});
        String constants = compile(List.of(x), Ops.add(Ops.sum(x), four), Ops.add(Ops.sum(x), five))
                .dump();
        assertTrue(constants.contains("   [1] constant of 4: 1.0 2.0 3.0 4.0" + System.lineSeparator()), constants);
        assertTrue(constants.contains("   [2] constant of 5: 1.0 2.0 3.0 4.0 …"), constants);
        String wide = compile(List.of(x), sum).forLanes(4, true).dump();
        assertTrue(wide.contains("4 lanes, workspace") && wide.contains("spread("), wide);
    }
}
