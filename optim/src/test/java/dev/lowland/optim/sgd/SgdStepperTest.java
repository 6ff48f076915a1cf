package dev.lowland.optim.sgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Problems;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps against arithmetic by hand on ⟨x, θ⟩, with random numbers asked for one by one. */
class SgdStepperTest {

    private static final double RATE = 0.1;
    private static final double SIGMA = 0.3;
    private static final long SEED = 42;
    private static final double[][] X = {{1, 2}, {-1, 0.5}, {0.3, -2}};
    private static final double[] Y = {1, -1, 1};
    private static final double[] START = {0.7, -0.2};

    private static final Data DATA = Data.of(new DMatrixRMaj(X), new DMatrixRMaj(3, 1, true, Y));
    private static final Objective SQUARES = Objective.of(Models.linear(2), Losses.square(), DATA);

    private static LabelNoiseSgd settings() {
        return LabelNoiseSgd.of(RATE).withLabelNoise(SIGMA).withSeed(SEED);
    }

    /** One step of θ − η (1/B) Σ (⟨x_i, θ⟩ − y_i − noise_i) x_i over the samples drawn. */
    private static double[] squareStep(double[] theta, int[] drawn, IntToDoubleFunction noise) {
        double[] next = theta.clone();
        for (int b = 0; b < drawn.length; b++) {
            double[] x = X[drawn[b]];
            double residual = x[0] * theta[0] + x[1] * theta[1] - Y[drawn[b]] - noise.applyAsDouble(b);
            for (int j = 0; j < 2; j++) {
                next[j] -= RATE / drawn.length * residual * x[j];
            }
        }
        return next;
    }

    @Test
    void fullBatchWithSigns() {
        RandomStream signs = RandomStream.of(SEED, 0, Purpose.LABEL_NOISE);
        double[] expected = START;
        for (int k = 0; k < 5; k++) {
            int step = k;
            expected = squareStep(expected, new int[] {0, 1, 2}, b -> SIGMA * signs.sign(step * 3L + b));
        }
        assertArrayEquals(expected, after(SQUARES, settings(), 5), 1e-15);
    }

    @Test
    void fullBatchWithNormalNoise() {
        RandomStream noise = RandomStream.of(SEED, 0, Purpose.LABEL_NOISE);
        double[] expected = squareStep(START, new int[] {0, 1, 2}, b -> SIGMA * noise.gaussian(b));
        assertArrayEquals(expected, after(SQUARES, settings().withNoiseLaw(NoiseLaw.GAUSSIAN), 1), 1e-15);
    }

    @Test
    void drawnBatchWithSigns() {
        RandomStream signs = RandomStream.of(SEED, 0, Purpose.LABEL_NOISE);
        RandomStream indices = RandomStream.of(SEED, 0, Purpose.SAMPLE_INDEX);
        double[] expected = START;
        for (int k = 0; k < 7; k++) {
            long at = k * 5L;
            int[] drawn = new int[5];
            for (int b = 0; b < 5; b++) {
                drawn[b] = indices.index(at + b, 3);
            }
            expected = squareStep(expected, drawn, b -> SIGMA * signs.sign(at + b));
        }
        assertArrayEquals(expected, after(SQUARES, settings().withBatchSize(5), 7), 1e-15);
    }

    @Test
    void noNoiseIsGradientDescent() {
        double[] expected = squareStep(START, new int[] {0, 1, 2}, b -> 0);
        assertArrayEquals(expected, after(SQUARES, settings().withNoiseLaw(NoiseLaw.NONE), 1), 1e-15);
    }

    @Test
    void momentumAddsTheLastChange() {
        RandomStream signs = RandomStream.of(SEED, 0, Purpose.LABEL_NOISE);
        int[] all = {0, 1, 2};
        double[] first = squareStep(START, all, b -> SIGMA * signs.sign(b));
        double[] second = squareStep(first, all, b -> SIGMA * signs.sign(3 + b));
        for (int j = 0; j < 2; j++) {
            second[j] += 0.8 * (first[j] - START[j]);
        }
        assertArrayEquals(second, after(SQUARES, settings().withMomentum(0.8), 2), 1e-15);
    }

    @Test
    void flippedLabels() {
        Objective labels = Objective.of(Models.linear(2), Losses.exponential(0.4), DATA);
        RandomStream uniforms = RandomStream.of(SEED, 0, Purpose.LABEL_FLIP);
        double[] theta = START;
        int flips = 0;
        for (int k = 0; k < 4; k++) {
            double[] next = theta.clone();
            for (int i = 0; i < 3; i++) {
                boolean flipped = uniforms.uniform(k * 3L + i) < 0.4;
                flips += flipped ? 1 : 0;
                double y = flipped ? -Y[i] : Y[i];
                double slope = -y * Math.exp(-y * (X[i][0] * theta[0] + X[i][1] * theta[1]));
                for (int j = 0; j < 2; j++) {
                    next[j] -= RATE / 3 * slope * X[i][j];
                }
            }
            theta = next;
        }
        assertTrue(flips > 0 && flips < 12, "the seed shows flips and their absence");
        assertArrayEquals(theta, after(labels, settings(), 4), 1e-14);
    }

    @Test
    void withoutNoiseFlippedLabelsAreSmoothed() {
        Objective labels = Objective.of(Models.linear(2), Losses.logistic(0.3), DATA);
        DMatrixRMaj gradient = new DMatrixRMaj(2, 1);
        labels.gradient(new DMatrixRMaj(2, 1, true, START), gradient);
        double[] expected = {START[0] - RATE * gradient.data[0], START[1] - RATE * gradient.data[1]};
        assertArrayEquals(expected, after(labels, settings().withNoiseLaw(NoiseLaw.NONE), 1), 1e-15);
    }

    @Test
    void flippedClassesWithDrawnBatches() {
        DMatrixRMaj inputs = new DMatrixRMaj(3, 1, true, 1, -2, 0.5);
        Data data = Data.ofClasses(inputs, new int[] {0, 1, 2}, 3);
        Objective objective = Objective.of(Models.deepLinear(1, 3), Losses.crossEntropy(3, 0.4), data);
        SgdStepper stepper = settings().withBatchSize(2).compile(objective, 2).newStepper();
        RandomStream uniforms = RandomStream.of(SEED, 7, Purpose.LABEL_FLIP);
        RandomStream indices = RandomStream.of(SEED, 7, Purpose.SAMPLE_INDEX);
        stepper.start(new double[3], 6);
        stepper.step();
        stepper.prepareStep();
        for (int b = 0; b < 2; b++) {
            int drawn = indices.index(2 + b, 3);
            assertEquals(drawn, stepper.batchIndex(b, 1));
            double[] noisy = new double[3];
            objective.loss().flipTarget(uniforms.uniform(2 + b), data.targets().data, drawn * 3, 3, noisy, 0, 1);
            for (int c = 0; c < 3; c++) {
                assertEquals(noisy[c], stepper.targets()[(b * 3 + c) * 2 + 1]);
            }
        }
    }

    static Stream<LabelNoiseSgd> optimisers() {
        return Stream.of(
                settings(),
                settings().withNoiseLaw(NoiseLaw.GAUSSIAN).withMomentum(0.5),
                settings().withBatchSize(2),
                settings().withBatchSize(1).withMomentum(0.9).withLearningRate(0.01),
                settings().withNoiseLaw(NoiseLaw.NONE).withBatchSize(2));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void lanesAreTheSingleRunsOfTheirReplicas(LabelNoiseSgd sgd) {
        Problems problem = Problems.unfitted(Models.mlp(2, 3, 1).withActivation(Activation.TANH), 4, 3);
        int size = problem.theta().numRows;
        SgdStepper block = sgd.compile(problem.objective(), 8).newStepper();
        SgdStepper single = sgd.compile(problem.objective(), 1).newStepper();
        block.start(problem.theta().data, 3);
        for (int k = 0; k < 200; k++) {
            block.step();
        }
        for (int lane = 0; lane < 8; lane++) {
            single.start(problem.theta().data, 3 + lane);
            for (int k = 0; k < 200; k++) {
                single.step();
            }
            for (int i = 0; i < size; i++) {
                assertEquals(single.parameters()[i], block.parameters()[i * 8 + lane], 1e-11);
            }
        }
    }

    @Test
    void preparingTwiceChangesNothing() {
        SgdStepper once = settings().withBatchSize(2).compile(SQUARES, 1).newStepper();
        SgdStepper twice = settings().withBatchSize(2).compile(SQUARES, 1).newStepper();
        once.start(START, 0);
        twice.start(START, 0);
        for (int k = 0; k < 3000; k++) {
            once.step();
            twice.prepareStep();
            twice.prepareStep();
            twice.step();
        }
        assertArrayEquals(once.parameters(), twice.parameters());
    }

    @Test
    void goesBackToAnEarlierState() {
        SgdStepper stepper = settings().withMomentum(0.5).compile(SQUARES, 2).newStepper();
        stepper.start(START, 0);
        for (int k = 0; k < 2000; k++) {
            stepper.step();
        }
        double[] parameters = stepper.parameters().clone();
        double[] velocity = stepper.velocity().clone();
        for (int k = 0; k < 3000; k++) {
            stepper.step();
        }
        double[] later = stepper.parameters().clone();
        stepper.restore(2000, parameters, velocity);
        for (int k = 0; k < 3000; k++) {
            stepper.step();
        }
        assertArrayEquals(later, stepper.parameters());
    }

    @Test
    void findsTheFirstLaneThatDiverged() {
        SgdStepper stepper = settings().compile(SQUARES, 4).newStepper();
        stepper.start(START, 0);
        assertTrue(stepper.divergedLane().isEmpty());
        double[] state = stepper.parameters().clone();
        state[4 + 3] = 1e300;
        state[4 + 2] = -1e151;
        stepper.restore(0, state, stepper.velocity().clone());
        assertEquals(2, stepper.divergedLane().orElseThrow());
        state[4 + 2] = 1e150;
        stepper.restore(0, state, stepper.velocity().clone());
        assertEquals(3, stepper.divergedLane().orElseThrow());
        stepper.parameters()[4 + 1] = Double.NaN;
        assertEquals(1, stepper.divergedLane().orElseThrow());
    }

    @Test
    void isNotToBeUsedBeforeItsStart() {
        SgdStepper stepper = settings().compile(SQUARES, 2).newStepper();
        outOfTurn("step: the stepper is new, must be started", stepper::step);
        outOfTurn("prepareStep: the stepper is new, must be started", stepper::prepareStep);
        outOfTurn(
                "restore: the stepper is new, must be started", () -> stepper.restore(0, new double[4], new double[4]));
        outOfTurn(
                "batchIndex: the step is not prepared, must be prepared by prepareStep",
                () -> stepper.batchIndex(0, 0));
        stepper.start(START, 0);
        outOfTurn(
                "batchIndex: the step is not prepared, must be prepared by prepareStep",
                () -> stepper.batchIndex(0, 0));
        stepper.prepareStep();
        assertEquals(2, stepper.batchIndex(2, 1));
        stepper.step();
        assertEquals(1, stepper.stepsTaken());
    }

    @Test
    void refusesStatesThatAreNone() {
        SgdStepper stepper = settings().withBatchSize(2).compile(SQUARES, 2).newStepper();
        refused("start: theta is of length 3, must be of length 2", () -> stepper.start(new double[3], 0));
        refused("start: theta is NaN at 1, must be finite", () -> stepper.start(new double[] {0, Double.NaN}, 0));
        refused("start: firstReplica is -1, must be at least 0", () -> stepper.start(START, -1));
        refused(
                "start: firstReplica is 2147483647, must be at most 2147483646",
                () -> stepper.start(START, Integer.MAX_VALUE));
        stepper.start(START, Integer.MAX_VALUE - 1);
        stepper.step();
        double[] state = stepper.parameters().clone();
        refused("restore: step is -1, must be at least 0", () -> stepper.restore(-1, state, state));
        refused(
                "restore: step is 9223372036854775807, must be at most 72057594037925888",
                () -> stepper.restore(Long.MAX_VALUE, state, state));
        refused(
                "restore: parameters is of length 3, must be of length 4",
                () -> stepper.restore(0, new double[3], state));
        refused(
                "restore: velocity is of length 5, must be of length 4",
                () -> stepper.restore(0, state, new double[5]));
        refused(
                "restore: parameters is Infinity at 2, must be finite",
                () -> stepper.restore(0, new double[] {0, 0, Double.POSITIVE_INFINITY, 0}, state));
        refused(
                "restore: velocity is NaN at 0, must be finite",
                () -> stepper.restore(0, state, new double[] {Double.NaN, 0, 0, 0}));
        stepper.prepareStep();
        refused("batchIndex: i is 2, must be in [0, 2)", () -> stepper.batchIndex(2, 0));
        refused("batchIndex: lane is -1, must be in [0, 2)", () -> stepper.batchIndex(0, -1));
        assertEquals(1, stepper.stepsTaken(), "what is refused changes nothing");
        assertArrayEquals(state, stepper.parameters());
    }

    private static void outOfTurn(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalStateException.class, action::run).getMessage());
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    @Tag("once")
    void stepsAllocateNothing(LabelNoiseSgd sgd) {
        SgdStepper single = sgd.compile(SQUARES, 1).newStepper();
        single.start(START, 0);
        Allocation.checkNone("a step", single::step);
        SgdStepper block = sgd.compile(SQUARES, 16).newStepper();
        block.start(START, 0);
        Allocation.checkNone("a step of 16 lanes", () -> {
            block.step();
            block.divergedLane();
        });
    }

    private static double[] after(Objective objective, LabelNoiseSgd sgd, int steps) {
        return sgd.run(objective, new DMatrixRMaj(2, 1, true, START), steps).parameters().data;
    }
}
