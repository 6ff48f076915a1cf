package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Computation;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ops of a user's that take in what computes their operand. */
class FusionsTest {
    private final Graph graph = new Graph();
    private final Node x = graph.input("x", Shape.of(1, 3));

    private static Evaluator times(double factor, Layout layout) {
        int n = layout.count();
        return (buffers, operands, result) -> layout.kernels().scale(n, factor, buffers[operands[0]], buffers[result]);
    }

    /** 2x, and 4x where x is 2z itself. */
    private record Twice() implements PointwiseOp, Lowering {
        @Override
        public String name() {
            return "twice";
        }

        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(Ops.ones(x), 2);
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            return times(2, layout);
        }

        @Override
        public boolean inPlace() {
            return true;
        }

        @Override
        public Optional<Computation> absorb(int operand, Primitive producer) {
            return producer instanceof Twice ? Optional.of(new FourTimes()) : Optional.empty();
        }
    }

    private record FourTimes() implements Computation {
        @Override
        public String name() {
            return "four times";
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            return times(4, layout);
        }
    }

    private Node chain(int length) {
        Node node = x;
        for (int i = 0; i < length; i++) {
            node = graph.apply(new Twice(), node);
        }
        return node;
    }

    private Program program(Node... outputs) {
        return Program.compile(Kernels.scalar(), List.of(x), List.of(outputs));
    }

    @Test
    void whatHasTakenInAnotherIsNotTakenInItself() {
        for (int length = 1; length <= 6; length++) {
            Node node = chain(length);
            Program program = program(node);
            assertEquals((length + 1) / 2, program.instructionCount(), program.dump());
            double[] in = {1, -2, 0.5};
            double[][] out = {new double[3]};
            program.run(program.newWorkspace(), new double[][] {in}, out);
            assertArrayEquals(new Interpreter(Kernels.scalar()).evaluate(node, Map.of(x, in)), out[0]);
        }
    }

    @Test
    void whatIsWantedForItselfOrUsedTwiceIsComputed() {
        assertEquals(2, program(chain(2), chain(1)).instructionCount());
        assertEquals(1, program(chain(2)).instructionCount());
        Node once = chain(1);
        Node both = Ops.add(graph.apply(new Twice(), once), once);
        assertEquals(3, program(both).instructionCount());
    }

    /** The same bits as one by one, in one lane and in several, from inputs and from constants. */
    private void same(int instructions, List<Node> inputs, Node... outputs) {
        for (KernelSet kernels : Stream.concat(Stream.of(Kernels.scalar()), Kernels.vector().stream())
                .toList()) {
            Program program = Program.compile(kernels, inputs, List.of(outputs));
            assertEquals(instructions, program.instructionCount(), program.dump());
            Map<Node, double[]> values = new HashMap<>();
            for (Node input : inputs) {
                double[] numbers = new double[input.shape().size()];
                Arrays.setAll(numbers, i -> (i - 7.3) * 2.1 + input.id());
                values.put(input, numbers);
            }
            for (int lanes : new int[] {1, 3, 17}) {
                Program laned = program.forLanes(lanes);
                double[][] in = inputs.stream()
                        .map(input -> spread(values.get(input), lanes))
                        .toArray(double[][]::new);
                double[][] out = Arrays.stream(outputs)
                        .map(output -> new double[output.shape().size() * lanes])
                        .toArray(double[][]::new);
                laned.run(laned.newWorkspace(), in, out);
                for (int o = 0; o < outputs.length; o++) {
                    double[] expected = new Interpreter(kernels).evaluate(outputs[o], values);
                    assertArrayEquals(spread(expected, lanes), out[o], laned.dump());
                }
            }
        }
    }

    private static double[] spread(double[] values, int lanes) {
        double[] wide = new double[values.length * lanes];
        Arrays.setAll(wide, i -> values[i / lanes]);
        return wide;
    }

    @Test
    void tanhAndItsSlopeAreOneInstructionWithTheBiasBeforeThem() {
        Node z = graph.input("z", Shape.of(5, 3));
        Node biased = Ops.add(z, x);
        Node slope = Ops.sechSquare(biased);
        Node tanh = Ops.tanh(biased);
        same(1, List.of(x, z), tanh, slope);
        same(2, List.of(x, z), Ops.multiply(tanh, slope));
        same(2, List.of(x, z), tanh, slope, biased);
        same(2, List.of(x, z), Ops.sumRows(slope), slope, tanh);
        same(1, List.of(x), Ops.sechSquare(x), Ops.tanh(x));
        same(1, List.of(x, z), slope);
        Node gradient = Reverse.gradient(Ops.sum(tanh), z);
        assertTrue(Graph.ancestors(List.of(gradient)).contains(slope), "the slope of tanh is that node");
    }

    @Test
    void tanhAndItsSlopeAreFoldedWhereTheyAreConstant() {
        Node c = graph.constant(Shape.of(1, 3), new double[] {0.3, -25, 400});
        Node sum = Ops.add(c, graph.constant(Shape.of(1, 3), new double[] {1, 2, 3}));
        same(1, List.of(x), Ops.add(Ops.multiply(Ops.tanh(sum), Ops.sechSquare(sum)), x));
    }
}
