package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.Values;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.ConvBlock;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Axis;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.lane.LaneCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** θ + factor · gradient in place, against the gradient by itself. */
class UpdateProgramTest {
    private static final double FACTOR = -0.37;
    private static final int BATCH = 5;
    private static final int LANES = 8;

    private static Stream<Model> models() {
        return Stream.of(
                Models.linear(3),
                Models.quadratic(3),
                Models.deepLinear(3, 4, 2, 2),
                Models.matrixSensing(3, 4, 2),
                Models.mlp(3, 7, 5, 2).withActivation(Activation.TANH),
                Models.convnet(1, 4, 4, 2, ConvBlock.of(2, 3).withGroupNorm(1)));
    }

    /** The gradient of a mean square, of a model on random data. */
    private static final class Problem {
        final Values values = new Values(31);
        final Node theta;
        final Node inputs;
        final Node gradient;

        Problem(Model model) {
            this(model, BATCH);
        }

        Problem(Model model, int samples) {
            theta = values.gaussian("theta", Shape.of(model.parameterCount(), 1));
            inputs = values.gaussian("inputs", Shape.of(samples, model.inputSize()));
            gradient = Reverse.gradient(Ops.mean(Ops.square(model.predict(theta, inputs))), theta);
        }

        UpdateProgram update(KernelSet kernels) {
            return UpdateProgram.compile(kernels, List.of(theta, inputs), theta, gradient, FACTOR);
        }
    }

    private static double[] updated(UpdateProgram program, double[] theta, double[] inputs) {
        double[] own = theta.clone();
        Workspace workspace = program.newWorkspace();
        workspace.poison(Double.NaN);
        program.run(workspace, new double[][] {own, inputs});
        return own;
    }

    @ParameterizedTest
    @MethodSource("models")
    void writtenDownItHasTheSameBits(Model model) {
        for (KernelSet kernels : Stream.concat(Stream.of(Kernels.scalar()), Kernels.vector().stream())
                .toList()) {
            for (int samples : new int[] {1, BATCH, 8}) {
                Problem problem = new Problem(model, samples);
                double[] theta = problem.values.of(problem.theta);
                double[] inputs = problem.values.of(problem.inputs);
                UpdateProgram program = problem.update(kernels);
                double[] expected = updated(program, theta, inputs);
                program.write();
                assertArrayEquals(expected, updated(program, theta, inputs), kernels.name() + ", " + samples);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void addsTheGradient(Model model) {
        Problem problem = new Problem(model);
        double[] theta = problem.values.of(problem.theta);
        double[] inputs = problem.values.of(problem.inputs);
        for (KernelSet kernels : Stream.concat(Stream.of(Kernels.scalar()), Kernels.vector().stream())
                .toList()) {
            Program gradient =
                    Program.compile(kernels, List.of(problem.theta, problem.inputs), List.of(problem.gradient));
            double[][] g = {new double[theta.length]};
            gradient.run(gradient.newWorkspace(), new double[][] {theta, inputs}, g);
            double[] expected = theta.clone();
            double largest = 0;
            for (int i = 0; i < theta.length; i++) {
                expected[i] += FACTOR * g[0][i];
                largest = Math.max(largest, Math.abs(g[0][i]));
            }
            assertTrue(largest > 1e-3, "a gradient that is not zero");
            assertArrayEquals(
                    expected, updated(problem.update(kernels), theta, inputs), 1e-14 * (1 + largest), kernels.name());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyLaneIsASingleRun(Model model) {
        Problem problem = new Problem(model);
        UpdateProgram single = problem.update(Kernels.scalar());
        double[] theta = problem.values.of(problem.theta);
        double[] inputs = problem.values.of(problem.inputs);
        double[] wide = updated(single.forLanes(LANES), spread(theta), spread(inputs));
        for (int lane = 0; lane < LANES; lane++) {
            double[] own = updated(single, lane(spread(theta), lane), lane(spread(inputs), lane));
            assertArrayEquals(own, lane(wide, lane));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void straightLineCodeHasTheBitsOfLanes(Model model) {
        Problem problem = new Problem(model);
        UpdateProgram program = problem.update(Kernels.scalar());
        double[] theta = spread(problem.values.of(problem.theta));
        double[] inputs = spread(problem.values.of(problem.inputs));
        LaneCode code = LaneCode.of(LANES, 2);
        Optional<int[]> next = program.write(
                code, List.of(code.loadAll(0, model.parameterCount()), code.loadAll(1, BATCH * model.inputSize())));
        boolean arithmetic = !model.kind().equals("mlp") && !model.kind().startsWith("conv");
        assertEquals(arithmetic, next.isPresent(), model.kind());
        if (arithmetic) {
            for (int e = 0; e < model.parameterCount(); e++) {
                code.store(0, e, next.get()[e]);
            }
            if (code.size() <= LaneCode.LARGEST) {
                double[] straight = theta.clone();
                code.compile(1).run(new double[][] {straight, inputs}, new int[2]);
                assertArrayEquals(updated(program.forLanes(LANES), theta, inputs), straight);
            }
        }
    }

    @Test
    void aLayerIsUpdatedByItsProduct() {
        Problem problem = new Problem(Models.mlp(3, 7, 5, 2).withActivation(Activation.TANH));
        String listing = problem.update(Kernels.scalar()).dump();
        assertEquals(
                3,
                listing.lines()
                        .filter(line -> line.contains("theta + = matmul"))
                        .count(),
                listing);
        assertEquals(
                3,
                listing.lines().filter(line -> line.contains("theta + = scale")).count(),
                listing);
        assertFalse(listing.contains("concat"), listing);
    }

    /**
     * The gradient of ⟨A, U Vᵀ⟩² in U is a product with V, which lies in θ and must not have changed when it is read.
     */
    @Test
    void operandsInThetaAreReadBeforeItChanges() {
        Values values = new Values(5);
        Node theta = values.gaussian("theta", Shape.of(8, 1));
        Node u = Ops.reshape(Ops.slice(theta, Axis.ROWS, 0, 4), Shape.of(2, 2));
        Node v = Ops.reshape(Ops.slice(theta, Axis.ROWS, 4, 4), Shape.of(2, 2));
        Node gradient = Reverse.gradient(Ops.sum(Ops.matmul(u, v)), theta);
        UpdateProgram program = UpdateProgram.compile(Kernels.scalar(), List.of(theta), theta, gradient, FACTOR);
        double[] before = values.of(theta);
        double[] after = before.clone();
        program.run(program.newWorkspace(), new double[][] {after});
        double[] g = values.evaluate(gradient);
        for (int i = 0; i < 8; i++) {
            assertEquals(before[i] + FACTOR * g[i], after[i], 1e-15);
        }
        Node same = Ops.scale(theta, 1);
        UpdateProgram halve = UpdateProgram.compile(Kernels.scalar(), List.of(theta), theta, same, -0.5);
        double[] half = before.clone();
        halve.run(halve.newWorkspace(), new double[][] {half});
        for (int i = 0; i < 8; i++) {
            assertEquals(before[i] / 2, half[i]);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Values values = new Values(5);
        Node theta = values.gaussian("theta", Shape.of(3, 1));
        Node other = values.gaussian("other", Shape.of(4, 1));
        List<String> messages = new ArrayList<>();
        for (List<Node> inputs : Arrays.asList(List.of(other), List.of(theta, other))) {
            messages.add(assertThrows(
                            IllegalArgumentException.class,
                            () -> UpdateProgram.compile(Kernels.scalar(), inputs, theta, other, 1))
                    .getMessage());
        }
        assertTrue(messages.get(0).contains("theta (3×1), is no input, must be one of [other (4×1)]"), messages.get(0));
        assertTrue(messages.get(1).contains("is of 4 entries, must be of 3, as many as"), messages.get(1));
    }

    private static double[] spread(double[] values) {
        double[] wide = new double[values.length * LANES];
        for (int e = 0; e < wide.length; e++) {
            wide[e] = values[e / LANES] * (1 + e % LANES / 8.0);
        }
        return wide;
    }

    private static double[] lane(double[] wide, int lane) {
        double[] own = new double[wide.length / LANES];
        Arrays.setAll(own, e -> wide[e * LANES + lane]);
        return own;
    }
}
