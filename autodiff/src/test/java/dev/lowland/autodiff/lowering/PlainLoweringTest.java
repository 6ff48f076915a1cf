package dev.lowland.autodiff.lowering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.LinearOp;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Axes;
import dev.lowland.autodiff.op.Axis;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Stacks;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.StagedProgram;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.lane.LaneCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ops that state what they mean and nothing of how they are lowered. */
class PlainLoweringTest {
    private static final int N = 3;

    private final Values values = new Values(11);
    private final Node theta = values.gaussian("theta", Shape.of(2 * N, 1));
    private final Node x = values.gaussian("x", Shape.of(N, 1));

    /** y_i = a_i + 2 b_{n−1−i}: entry by entry in place, or on operands that begin elsewhere, it comes out wrong. */
    private record Crossed(int n) implements LinearOp {
        @Override
        public String name() {
            return "crossed";
        }

        @Override
        public Shape shape(Node... operands) {
            return operands[0].shape();
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            for (int i = 0; i < 2; i++) {
                assertEquals(0, layout.offset(i), "an offset is not heeded");
                assertFalse(layout.shared(i), "lanes are not mixed");
            }
            assertEquals(0, layout.resultOffset(), "an offset is not heeded");
            int lanes = layout.lanes();
            int size = n * lanes;
            int count = layout.count() / size;
            return (buffers, operands, result) -> {
                for (int e = 0; e < count * size; e++) {
                    int entry = e % size / lanes;
                    int mirrored = e + (n - 1 - 2 * entry) * lanes;
                    buffers[result][e] = buffers[operands[0]][e] + 2 * buffers[operands[1]][mirrored];
                }
            };
        }

        @Override
        public Node batched(int count, Node[] operands, boolean[] batched) {
            Node[] stacks = new Node[2];
            for (int i = 0; i < 2; i++) {
                stacks[i] = batched[i] ? operands[i] : Stacks.tile(operands[i], count);
            }
            return stacks[0].graph().apply(this, stacks);
        }

        @Override
        public Node push(int operand, Node tangent, int count) {
            Node zeros = Ops.zeros(tangent);
            return operand == 0
                    ? tangent.graph().apply(this, tangent, zeros)
                    : tangent.graph().apply(this, zeros, tangent);
        }

        @Override
        public Node pull(int operand, Node cotangent, Shape operandShape) {
            return operand == 0 ? cotangent : push(1, cotangent, 1);
        }
    }

    private record Halved() implements PointwiseOp {
        @Override
        public String name() {
            return "halved";
        }

        @Override
        public Evaluator evaluator(Layout layout) {
            int n = layout.count();
            return (buffers, operands, result) -> layout.kernels().scale(n, 0.5, buffers[operands[0]], buffers[result]);
        }

        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(Ops.ones(x), 0.5);
        }
    }

    private Node crossed(Node a, Node b) {
        return values.graph.apply(new Crossed(N), a, b);
    }

    private Node half(Node a) {
        return values.graph.apply(new Halved(), a);
    }

    private Node part(int start) {
        return Ops.slice(theta, Axis.ROWS, start, N);
    }

    /** A function of both inputs: stretches as operands, a place in a longer value for the result. */
    private Node whole() {
        return Axes.concat(Axis.ROWS, crossed(part(0), part(N)), crossed(x, Ops.tanh(crossed(part(N), x))));
    }

    private double[] run(Program program) {
        double[][] out = {new double[program.outputs().get(0).shape().size() * program.lanes()]};
        Workspace workspace = program.newWorkspace();
        program.run(workspace, new double[][] {values.of(theta), values.of(x)}, out);
        return out[0];
    }

    @Test
    void operandsThatBeginInsideAnArrayAreCopiedAndSoIsTheValue() {
        Program program = Program.compile(Kernels.scalar(), List.of(theta, x), List.of(whole()));
        assertArrayEquals(values.evaluate(whole()), run(program));
        assertTrue(program.dump().contains("= copy(from 3"), program.dump());
    }

    @Test
    void derivativesAreThoseOfTheClass() {
        Node scalar = Ops.sum(Ops.square(whole()));
        Node direction = values.gaussian("direction", theta.shape());
        double forward = values.evaluate(Forward.jvp(scalar, theta, direction))[0];
        double reverse = values.evaluate(Ops.dot(Reverse.gradient(scalar, theta), direction))[0];
        assertEquals(forward, reverse, 1e-12 * Math.abs(forward));
        Node gradient = Reverse.gradient(scalar, theta);
        Program program = Program.compile(Kernels.scalar(), List.of(theta, x), List.of(gradient));
        assertArrayEquals(values.evaluate(gradient), run(program));
    }

    @Test
    void whatLanesShareIsSpreadBeforeItMeetsWhatTheyDoNot() {
        Node both = crossed(x, part(N));
        Program single = Program.compile(Kernels.scalar(), List.of(theta, x), List.of(both));
        Program wide = single.forLanes(2, false, true);
        double[] given = values.of(theta);
        double[] lanes = new double[4 * N];
        for (int e = 0; e < lanes.length; e++) {
            lanes[e] = given[e / 2] * (1 + e % 2);
        }
        double[][] out = {new double[2 * N]};
        wide.run(wide.newWorkspace(), new double[][] {lanes, values.of(x)}, out);
        double[] b = values.of(x);
        for (int e = 0; e < 2 * N; e++) {
            double expected = b[e / 2] + 2 * (given[N + N - 1 - e / 2] * (1 + e % 2));
            assertEquals(expected, out[0][e], "entry " + e / 2 + ", lane " + e % 2);
        }
        assertTrue(wide.dump().contains("= spread(shared"), wide.dump());
        assertArrayEquals(run(single), run(single.forLanes(1, false, true)));
    }

    @Test
    void stagesKeepTheBits() {
        Program program = Program.compile(Kernels.scalar(), List.of(theta, x), List.of(whole()));
        StagedProgram staged = program.split(x);
        Workspace workspace = staged.newWorkspace();
        staged.prepare(workspace, new double[][] {values.of(theta)});
        double[][] out = {new double[2 * N]};
        staged.run(workspace, new double[][] {values.of(x)}, out);
        assertArrayEquals(run(program), out[0]);
    }

    @Test
    void updatesAddWhatHasBeenComputed() {
        Node gradient = Reverse.gradient(Ops.sum(Ops.square(whole())), theta);
        UpdateProgram update = UpdateProgram.compile(Kernels.scalar(), List.of(theta, x), theta, gradient, -0.25);
        double[] moved = values.of(theta).clone();
        update.run(update.newWorkspace(), new double[][] {moved, values.of(x)});
        double[] by = values.evaluate(gradient);
        for (int i = 0; i < moved.length; i++) {
            assertEquals(values.of(theta)[i] - 0.25 * by[i], moved[i], 1e-15);
        }
    }

    @Test
    void nothingIsFusedNorWrittenAsLaneCode() {
        Node sum = Ops.tanh(crossed(x, half(x)));
        Program program = Program.compile(Kernels.scalar(), List.of(theta, x), List.of(sum));
        assertEquals(3, program.instructionCount(), program.dump());
        LaneCode code = LaneCode.of(2, 2);
        assertTrue(program.write(code, List.of(code.loadAll(0, 2 * N), code.loadAll(1, N)))
                .isEmpty());
    }

    @Test
    void onlyFunctionsOfOneNumberRunInPlace() {
        Node mirrored = crossed(Ops.exp(x), Ops.tanh(x));
        Program program = Program.compile(Kernels.scalar(), List.of(theta, x), List.of(half(mirrored)));
        assertArrayEquals(values.evaluate(half(mirrored)), run(program));
        List<String> inPlace =
                program.dump().lines().filter(line -> line.endsWith("in place")).toList();
        assertEquals(1, inPlace.size(), program.dump());
        assertTrue(inPlace.get(0).contains("halved("), program.dump());
    }
}
