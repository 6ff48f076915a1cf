package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.parallel.FittingChunk;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Close;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loss, gradient and predictions over samples in chunks, against all samples in one program. */
class SampleProgramTest {

    private static final Model MODEL = Models.mlp(6, 9, 2).withActivation(Activation.TANH);

    private static DMatrixRMaj random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj m = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < m.getNumElements(); i++) {
            m.data[i] = random.nextGaussian();
        }
        return m;
    }

    private static Objective objective(int samples) {
        return Objective.of(MODEL, Losses.square(), Data.of(random(samples, 6, 1), random(samples, 2, 2)));
    }

    private static final DMatrixRMaj THETA = random(MODEL.parameterCount(), 1, 3);

    /** Predictions, loss and gradient of all samples at once, as one program in which the samples are constants. */
    private static double[][] atOnce(Objective objective) {
        return atOnce(objective, THETA);
    }

    private static double[][] atOnce(Objective objective, DMatrixRMaj point) {
        Data data = objective.data();
        Graph graph = new Graph();
        Node theta = graph.input("theta", Shape.of(objective.parameterCount(), 1));
        Node predictions = objective.model().predict(theta, graph.constant(data.inputs()));
        Node losses = objective.loss().smoothed(predictions, graph.constant(data.targets()));
        Node loss = Ops.scale(Ops.sum(losses), 1.0 / data.size());
        double[][] out = {
            new double[data.size() * data.outputSize()], new double[1], new double[objective.parameterCount()]
        };
        Node[] outputs = {predictions, loss, Reverse.gradient(loss, theta)};
        for (int o = 0; o < outputs.length; o++) {
            Program program = Program.compile(List.of(theta), List.of(outputs[o]));
            program.run(program.newWorkspace(), new double[][] {point.data}, new double[][] {out[o]});
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {513, 1024, 1300})
    void severalChunksAreWhatOneIs(int samples) {
        Objective objective = objective(samples);
        assertFalse(objective.programs().gradient().whole());
        assertEquals((samples + 511) / 512, objective.programs().gradient().count());
        double[][] expected = atOnce(objective);
        ObjectiveEvaluator evaluator = objective.evaluator();
        DMatrixRMaj predictions = new DMatrixRMaj(samples, 2);
        DMatrixRMaj gradient = new DMatrixRMaj(THETA.numRows, 1);
        for (int again = 0; again < 2; again++) {
            evaluator.predictions(THETA, predictions);
            evaluator.gradient(THETA, gradient);
            Close.check("predictions", new DMatrixRMaj(samples, 2, true, expected[0]), predictions, 1e-14);
            assertEquals(expected[1][0], evaluator.loss(THETA), 1e-13 * expected[1][0]);
            Close.check("gradient", new DMatrixRMaj(THETA.numRows, 1, true, expected[2]), gradient, 1e-13);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 512})
    void oneChunkKeepsItsBits(int samples) {
        Objective objective = objective(samples);
        assertTrue(objective.programs().gradient().whole());
        double[][] expected = atOnce(objective);
        DMatrixRMaj predictions = new DMatrixRMaj(samples, 2);
        DMatrixRMaj gradient = new DMatrixRMaj(THETA.numRows, 1);
        objective.predictions(THETA, predictions);
        objective.gradient(THETA, gradient);
        assertArrayEquals(expected[0], predictions.data);
        assertArrayEquals(expected[2], gradient.data);
    }

    /** More numbers than a program carries: it takes them from the data, and computes the same. */
    @Test
    void wideSamplesAreArgumentsOfTheSameProgram() {
        int width = 400;
        Model model = Models.mlp(width, 3, 2).withActivation(Activation.TANH);
        Objective objective = Objective.of(model, Losses.square(), Data.of(random(200, width, 1), random(200, 2, 2)));
        DMatrixRMaj theta = random(model.parameterCount(), 1, 3);
        assertTrue(objective.programs().gradient().whole());
        assertEquals(3, objective.programs().gradient().full().inputs().size());
        double[][] expected = atOnce(objective, theta);
        DMatrixRMaj predictions = new DMatrixRMaj(200, 2);
        DMatrixRMaj gradient = new DMatrixRMaj(theta.numRows, 1);
        objective.predictions(theta, predictions);
        objective.gradient(theta, gradient);
        assertArrayEquals(expected[0], predictions.data);
        assertArrayEquals(expected[2], gradient.data);
        assertEquals(expected[1][0], objective.loss(theta), 1e-13 * expected[1][0]);

        DMatrixRMaj v = random(theta.numRows, 1, 4);
        DMatrixRMaj product = new DMatrixRMaj(theta.numRows, 1);
        DMatrixRMaj other = new DMatrixRMaj(theta.numRows, 1);
        objective.hessianVector(theta, v, product);
        Curvature.of(objective).at(theta).apply(v, other);
        Close.check("hessian times v", other, product, 1e-12);
        double second = objective.thirdOrder(theta, v, product);
        double otherSecond = Curvature.of(objective).thirdDerivative(theta).along(v, other);
        Close.check("third order", other, product, 1e-12);
        assertEquals(otherSecond, second, 1e-11 * Math.abs(second));
        DMatrixRMaj jacobian = new DMatrixRMaj(400, theta.numRows);
        objective.jacobian(theta, jacobian);
        DMatrixRMaj residuals = new DMatrixRMaj(400, 1, true, predictions.data.clone());
        for (int e = 0; e < 400; e++) {
            residuals.data[e] -= objective.data().target(e / 2, e % 2);
        }
        CommonOps_DDRM.multTransA(1.0 / 200, jacobian, residuals, product);
        Close.check("Jacobian times residuals", gradient, product, 1e-12);
    }

    @Test
    void memoryDoesNotGrowWithTheNumberOfSamples() {
        Objective few = objective(1_024);
        Objective many = objective(8_192);
        assertEquals(
                few.programs().gradient().full().workspaceBytes(),
                many.programs().gradient().full().workspaceBytes());
        assertEquals(
                few.programs().predictions().full().workspaceBytes(),
                many.programs().predictions().full().workspaceBytes());
    }

    /** A wide layer: at 512 samples its temporaries are beyond the bound. */
    @Test
    void chunksOfWideModelsAreSmaller() {
        Model wide = Models.mlp(2, 20_000, 1).withActivation(Activation.TANH);
        Objective objective = Objective.of(wide, Losses.square(), Data.of(random(600, 2, 4), new DMatrixRMaj(600, 1)));
        SampleProgram program = objective.programs().gradient();
        assertTrue(program.count() > 2, program.count() + " chunks");
        assertTrue(program.full().workspaceBytes() <= FittingChunk.BYTES);
    }

    @Test
    @Tag("once")
    void chunksAllocateNothingInALoop() {
        Data data = Data.of(random(700, 2, 4), new DMatrixRMaj(700, 1));
        ObjectiveEvaluator evaluator =
                Objective.of(Models.linear(2), Losses.square(), data).evaluator();
        DMatrixRMaj theta = random(2, 1, 5);
        DMatrixRMaj predictions = new DMatrixRMaj(700, 1);
        DMatrixRMaj gradient = new DMatrixRMaj(2, 1);
        Allocation.checkNone("two chunks", () -> {
            evaluator.loss(theta);
            evaluator.gradient(theta, gradient);
            evaluator.predictions(theta, predictions);
        });
    }
}
