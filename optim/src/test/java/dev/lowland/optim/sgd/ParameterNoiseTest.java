package dev.lowland.optim.sgd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.noise.NoiseEvaluator;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Noise added to parameters: what it refuses, and its steps against arithmetic by hand. */
class ParameterNoiseTest {

    private static final double RATE = 0.05;
    private static final double LAMBDA = 0.02;
    private static final Problems PROBLEM = Problems.table(3);
    private static final int SIZE = 6;

    private static LabelNoiseSgd settings(ParameterNoise noise) {
        return LabelNoiseSgd.of(RATE).withSeed(11).withParameterNoise(noise);
    }

    private static DMatrixRMaj factor(int columns) {
        return Problems.gaussian(SIZE, columns, new Random(columns));
    }

    /** C(θ) = (θ, 1 + θ²), P × 2. */
    private static ParameterNoise moving() {
        return ParameterNoise.ofFactor(
                LAMBDA,
                theta -> Ops.add(
                        Ops.matmul(theta, theta.graph().constant(new DMatrixRMaj(1, 2, true, 1, 0))),
                        Ops.matmul(
                                Ops.add(Ops.square(theta), theta.graph().constant(1)),
                                theta.graph().constant(new DMatrixRMaj(1, 2, true, 0, 1)))));
    }

    private static double[] movingFactor(double[] theta) {
        double[] c = new double[2 * SIZE];
        for (int i = 0; i < SIZE; i++) {
            c[2 * i] = theta[i];
            c[2 * i + 1] = 1 + theta[i] * theta[i];
        }
        return c;
    }

    @Test
    void covariancesAndTheirFactorsBelongTogether() {
        DMatrixRMaj sigma = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj c = factor(3);
        CommonOps_DDRM.multTransB(c, c, sigma);
        DMatrixRMaj out = new DMatrixRMaj(SIZE, SIZE);
        NoiseEvaluator given = ParameterNoise.ofCovariance(1, sigma).evaluator(SIZE);
        assertEquals(3, given.columns(), "directions without noise have no column");
        given.covariance(PROBLEM.theta(), out);
        Close.check("from a covariance", sigma, out, 1e-13);
        ParameterNoise.ofFactor(1, c).evaluator(SIZE).covariance(PROBLEM.theta(), out);
        Close.check("from a factor", sigma, out, 1e-15);
        assertArrayEquals(
                movingFactor(PROBLEM.theta().data), moving().evaluator(SIZE).factor(PROBLEM.theta()).data, 1e-15);
        ParameterNoise none = ParameterNoise.ofCovariance(1, new DMatrixRMaj(SIZE, SIZE));
        none.evaluator(SIZE).covariance(PROBLEM.theta(), out);
        assertEquals(0, CommonOps_DDRM.elementMaxAbs(out));
    }

    @Test
    void refusesWhatIsNoCovariance() {
        DMatrixRMaj sigma = CommonOps_DDRM.identity(SIZE);
        sigma.set(0, 1, 1e-6);
        refused("symmetric", () -> ParameterNoise.ofCovariance(1, sigma));
        sigma.set(1, 0, 1e-6);
        sigma.set(2, 2, -1e-6);
        refused("positive semidefinite", () -> ParameterNoise.ofCovariance(1, sigma));
        sigma.set(2, 2, Double.NaN);
        refused("finite", () -> ParameterNoise.ofCovariance(1, sigma));
        refused("square", () -> ParameterNoise.ofCovariance(1, new DMatrixRMaj(2, 3)));
        refused("columns", () -> ParameterNoise.ofFactor(1, new DMatrixRMaj(SIZE, 0)));
        DMatrixRMaj infinite = factor(2);
        infinite.data[3] = Double.POSITIVE_INFINITY;
        refused("finite", () -> ParameterNoise.ofFactor(1, infinite));
        refused("strength", () -> ParameterNoise.ofFactor(-1, factor(2)));
        refused("strength", () -> ParameterNoise.ofFactor(Double.NaN, factor(2)));
    }

    @Test
    void refusesFactorsOfOtherShapes() {
        ParameterNoise five = ParameterNoise.ofFactor(1, new DMatrixRMaj(5, 2));
        refused("5×2", () -> settings(five).compile(PROBLEM.objective(), 1));
        ParameterNoise row = ParameterNoise.ofFactor(1, Ops::transpose);
        refused("1×6", () -> settings(row).compile(PROBLEM.objective(), 1));
        ParameterNoise stack = ParameterNoise.ofFactor(1, theta -> Ops.broadcast(theta, Shape.of(2, SIZE, 1)));
        refused("row a parameter", () -> stack.evaluator(SIZE));
        refused("5×2", () -> Ensemble.of(PROBLEM.objective(), settings(five)).run(PROBLEM.theta(), 1));
    }

    @Test
    void refusesNoiseOfTwoKinds() {
        refused(
                "RADEMACHER",
                () -> settings(moving()).withNoiseLaw(NoiseLaw.RADEMACHER).compile(PROBLEM.objective(), 1));
        refused(
                "EXPLICIT",
                () -> LabelNoiseSgd.of(RATE).withNoiseLaw(NoiseLaw.EXPLICIT).noiseLaw(PROBLEM.objective()));
        LabelNoiseSgd off = settings(moving()).withNoiseLaw(NoiseLaw.NONE);
        assertEquals(0, off.regularizationStrength(PROBLEM.objective()));
        assertEquals(LAMBDA, settings(moving()).regularizationStrength(PROBLEM.objective()));
        assertEquals(NoiseLaw.EXPLICIT, settings(moving()).noiseLaw(PROBLEM.objective()));
    }

    private static void refused(String rule, Executable action) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(rule), message);
    }

    @Test
    void stepsAddTheFactorTimesNormalNumbers() {
        checkSteps(settings(ParameterNoise.ofFactor(LAMBDA, factor(4))), theta -> factor(4).data, 4);
        checkSteps(settings(moving()), ParameterNoiseTest::movingFactor, 2);
        checkSteps(settings(moving()).withMomentum(0.7), ParameterNoiseTest::movingFactor, 2);
    }

    private static void checkSteps(LabelNoiseSgd sgd, UnaryOperator<double[]> factor, int columns) {
        RandomStream normal = RandomStream.of(11, 0, Purpose.PARAMETER_NOISE);
        double[] theta = PROBLEM.theta().data.clone();
        double[] before = theta.clone();
        DMatrixRMaj gradient = new DMatrixRMaj(SIZE, 1);
        for (int k = 0; k < 6; k++) {
            PROBLEM.objective().gradient(DMatrixRMaj.wrap(SIZE, 1, theta), gradient);
            double[] c = factor.apply(theta);
            double[] next = new double[SIZE];
            for (int i = 0; i < SIZE; i++) {
                double kick = 0;
                for (int j = 0; j < columns; j++) {
                    kick += c[i * columns + j] * normal.gaussian((long) k * columns + j);
                }
                next[i] = theta[i]
                        - RATE * gradient.data[i]
                        + sgd.momentum() * (theta[i] - before[i])
                        + Math.sqrt(RATE * LAMBDA) * kick;
            }
            before = theta;
            theta = next;
        }
        assertArrayEquals(
                theta, sgd.run(PROBLEM.objective(), PROBLEM.theta(), 6).parameters().data, 1e-13);
    }

    /** Losses that flip labels follow their expectation beside it. */
    @Test
    void labelsStayClean() {
        Problems labels = Problems.labelled(Models.linear(2), Losses.logistic(0.3), 4, 2);
        ParameterNoise none = ParameterNoise.ofFactor(0, new DMatrixRMaj(2, 1));
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.3).withParameterNoise(none);
        DMatrixRMaj gradient = new DMatrixRMaj(2, 1);
        labels.objective().gradient(labels.theta(), gradient);
        double[] end = sgd.run(labels.objective(), labels.theta(), 1).parameters().data;
        for (int i = 0; i < 2; i++) {
            assertEquals(labels.theta().data[i] - 0.3 * gradient.data[i], end[i], 1e-15);
        }
    }

    /** The kicks of a lane have the bits of the single run: they alone move a model that does not look at θ. */
    @Test
    void lanesHaveTheBitsOfSingleRuns() {
        Objective flat = Problems.interpolated(Models.linear(SIZE), 1, 1).objective();
        for (LabelNoiseSgd sgd : new LabelNoiseSgd[] {
            settings(moving()),
            settings(ParameterNoise.ofFactor(LAMBDA, factor(4))).withMomentum(0.5),
            settings(moving()).withMomentum(0.5).withBatchSize(2)
        }) {
            for (Objective objective : new Objective[] {flat, PROBLEM.objective()}) {
                SgdStepper block = sgd.compile(objective, 8).newStepper();
                SgdStepper single = sgd.compile(objective, 1).newStepper();
                block.start(PROBLEM.theta().data, 3);
                step(block, 50);
                for (int lane = 0; lane < 8; lane++) {
                    single.start(PROBLEM.theta().data, 3 + lane);
                    step(single, 50);
                    for (int i = 0; i < SIZE; i++) {
                        assertEquals(single.parameters()[i], block.parameters()[i * 8 + lane]);
                    }
                }
            }
        }
    }

    private static void step(SgdStepper stepper, int steps) {
        for (int k = 0; k < steps; k++) {
            stepper.step();
        }
    }

    @Test
    void resumedRunsHaveTheBitsOfLongOnes() {
        LabelNoiseSgd sgd = settings(moving()).withMomentum(0.5);
        Run half = sgd.run(PROBLEM.objective(), PROBLEM.theta(), 37);
        Run resumed = sgd.resume(PROBLEM.objective(), half, 63);
        Run whole = sgd.run(PROBLEM.objective(), PROBLEM.theta(), 100);
        assertArrayEquals(whole.parameters().data, resumed.parameters().data);
        assertArrayEquals(whole.velocity().data, resumed.velocity().data);
    }

    @Test
    @Tag("once")
    void stepsAllocateNothing() {
        for (ParameterNoise noise : new ParameterNoise[] {moving(), ParameterNoise.ofFactor(LAMBDA, factor(4))}) {
            SgdStepper stepper = settings(noise)
                    .withMomentum(0.5)
                    .compile(PROBLEM.objective(), 4)
                    .newStepper();
            stepper.start(PROBLEM.theta().data, 0);
            Allocation.checkNone("a step with noise on parameters", stepper::step);
        }
    }

    @Test
    void factorsThatLeaveTheRangeOfNumbersEndTheRun() {
        ParameterNoise broken = ParameterNoise.ofFactor(1, theta -> Ops.log(Ops.negate(Ops.square(theta))));
        Run run = settings(broken).run(PROBLEM.objective(), PROBLEM.theta(), 5);
        assertEquals(RunStatus.DIVERGED, run.status());
        assertTrue(Arrays.stream(run.parameters().data).allMatch(Double::isFinite));
    }
}
