package dev.lowland.optim.stationarity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.flatness.NoPotential;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flatness.RegularizerSettings;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import dev.lowland.optim.support.Trained;
import dev.lowland.optim.support.UnscaledFeatures;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The nearby point of an (ε, γ)-stationary point, on the problem of the table. */
class StationarityTest {

    private static final Problems PROBLEM = Problems.table(5);
    private static final LabelNoiseSgd SGD = optimiser(1.2, 2e-4);
    private static final Stationarity MEASURE = Stationarity.of(PROBLEM.objective(), SGD);

    private static LabelNoiseSgd optimiser(double sharpness, double lambda) {
        double top = QuarterTrace.of(PROBLEM.objective()).at(PROBLEM.theta()).topEigenvalue();
        double eta = sharpness / top;
        return LabelNoiseSgd.of(eta).withLabelNoise(Math.sqrt(lambda * 3 / eta));
    }

    private static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        return Close.distance(a, b);
    }

    /** On the floor the slow flow has no motion across the valley: a step along it moves by ηλε and not more. */
    @Test
    void beneathAPointNothingPullsAcrossTheValley() {
        StationarityResult floor = MEASURE.near(PROBLEM.theta());
        assertEquals(StationarityResult.Status.FOUND, floor.status());
        assertEquals(distance(floor.parameters(), PROBLEM.theta()), floor.distance(), 1e-15);
        assertTrue(floor.distance() < 0.01 && floor.distance() > 1e-6, floor::toString);
        assertEquals(MEASURE.at(floor.parameters()).orElseThrow(), floor.epsilon(), 1e-9);
        DMatrixRMaj jacobian = new DMatrixRMaj(3, 6);
        DMatrixRMaj gradient = new DMatrixRMaj(6, 1);
        DMatrixRMaj drift = new DMatrixRMaj(6, 1);
        PROBLEM.objective().jacobian(floor.parameters(), jacobian);
        PROBLEM.objective().gradient(floor.parameters(), gradient);
        Regularizer.of(PROBLEM.objective(), SGD).gradient(floor.parameters(), drift);
        double lambda = SGD.regularizationStrength(PROBLEM.objective());
        for (int i = 0; i < 3; i++) {
            double across = 0;
            double size = 0;
            for (int j = 0; j < 6; j++) {
                across += jacobian.get(i, j) * (gradient.data[j] + lambda * drift.data[j]);
                size += Math.abs(jacobian.get(i, j) * lambda * drift.data[j]);
            }
            assertEquals(0, across, 1e-8 * size);
        }
    }

    /** Jitter of size √λ across the valley multiplies ε at the point itself, and hardly moves the floor beneath it. */
    @Test
    void jitterDoesNotCount() {
        StationarityResult floor = MEASURE.near(PROBLEM.theta());
        DMatrixRMaj jacobian = new DMatrixRMaj(3, 6);
        PROBLEM.objective().jacobian(PROBLEM.theta(), jacobian);
        DMatrixRMaj jittered = floor.parameters();
        for (int j = 0; j < 6; j++) {
            jittered.data[j] += 0.01 * (jacobian.get(0, j) - 0.5 * jacobian.get(2, j)) / 3;
        }
        StationarityResult again = MEASURE.near(jittered);
        assertTrue(MEASURE.at(jittered).orElseThrow() > 20 * floor.epsilon());
        assertEquals(floor.epsilon(), again.epsilon(), 0.01 * floor.epsilon());
        assertEquals(distance(jittered, floor.parameters()), again.distance(), 0.05 * again.distance());
        assertTrue(distance(floor.parameters(), again.parameters()) < 0.1 * again.distance());
    }

    @Test
    void theFloorIsWhereTheSlowFlowSettles() {
        StationarityResult floor = MEASURE.near(PROBLEM.theta());
        SlowFlow flow = SlowFlow.of(PROBLEM.objective(), SGD);
        SlowFlowResult settled = flow.run(PROBLEM.theta(), new long[] {200, 201});
        DMatrixRMaj before = settled.path().get(0).parameters();
        DMatrixRMaj after = settled.path().get(1).parameters();
        StationarityResult beneath = MEASURE.near(before);
        assertTrue(beneath.distance() < 1e-3 * floor.distance(), beneath::toString);
        double speed = SGD.learningRate() * flow.strength() * beneath.epsilon();
        assertEquals(speed, distance(before, after), 1e-3 * speed);
    }

    @Test
    void aLargerRadiusBuysASmallerEpsilon() {
        double last = MEASURE.near(PROBLEM.theta()).epsilon();
        for (double radius : new double[] {0.05, 0.2, 0.8, 3}) {
            StationarityResult found = MEASURE.near(PROBLEM.theta(), radius);
            assertEquals(StationarityResult.Status.FOUND, found.status());
            assertTrue(found.distance() <= radius, found::toString);
            assertTrue(found.epsilon() < last, found::toString);
            assertEquals(MEASURE.at(found.parameters()).orElseThrow(), found.epsilon(), 1e-8);
            last = found.epsilon();
        }
        StationarityResult end = MEASURE.near(PROBLEM.theta(), 10);
        assertTrue(end.epsilon() < 0.01 * MEASURE.near(PROBLEM.theta()).epsilon(), end::toString);
    }

    @Test
    void tellsWhereThereIsNoPoint() {
        DMatrixRMaj sharp = PROBLEM.theta().copy();
        for (int j = 0; j < 6; j++) {
            sharp.data[j] *= 2;
        }
        StationarityResult none = MEASURE.near(sharp);
        assertEquals(StationarityResult.Status.UNDEFINED, none.status());
        assertThrows(IllegalStateException.class, none::epsilon);
        assertEquals(
                StationarityResult.Status.OUTSIDE,
                MEASURE.near(PROBLEM.theta(), 1e-9).status());
    }

    /** With R by random probes ε² is too large by the variance that is told, and the floor is where it was. */
    @Test
    void anEstimatedRegularizerTellsItsNoise() {
        StationarityResult exact = MEASURE.near(PROBLEM.theta());
        assertEquals(0, exact.noise());
        double lambda = SGD.regularizationStrength(PROBLEM.objective());
        int seeds = 24;
        double sum = 0;
        double squares = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Regularizer estimated = Regularizer.of(PROBLEM.objective(), SGD)
                    .withSettings(RegularizerSettings.standard()
                            .withMethod(RegularizerMethod.STOCHASTIC)
                            .withDeflated(0)
                            .withProbes(40)
                            .withSeed(seed));
            StationarityResult found =
                    Stationarity.of(PROBLEM.objective(), estimated, lambda).near(PROBLEM.theta());
            assertEquals(StationarityResult.Status.FOUND, found.status());
            assertTrue(found.noise() > 0);
            assertTrue(distance(exact.parameters(), found.parameters()) < 0.5 * exact.distance());
            double excess = found.epsilon() * found.epsilon()
                    - found.noise() * found.noise()
                    - exact.epsilon() * exact.epsilon();
            sum += excess;
            squares += excess * excess;
        }
        double mean = sum / seeds;
        double error = Math.sqrt((squares / seeds - mean * mean) / (seeds - 1));
        assertTrue(Math.abs(mean) < 4 * error, () -> "excess " + mean + " ± " + error + " of " + exact);
    }

    /** It is held while the point moves, and still nothing pulls across the valley where the point ends. */
    @Test
    void anEstimatedRegularizerIsThatOfTheEnd() {
        Regularizer estimated = Regularizer.of(PROBLEM.objective(), SGD)
                .withSettings(RegularizerSettings.standard()
                        .withMethod(RegularizerMethod.STOCHASTIC)
                        .withDeflated(0)
                        .withProbes(40));
        double lambda = SGD.regularizationStrength(PROBLEM.objective());
        Stationarity measure = Stationarity.of(PROBLEM.objective(), estimated, lambda);
        DMatrixRMaj far = PROBLEM.theta();
        far.data[0] += 0.05;
        StationarityResult found = measure.near(far);
        assertEquals(StationarityResult.Status.FOUND, found.status());
        assertEquals(measure.at(found.parameters()).orElseThrow(), found.epsilon(), 1e-12 * found.epsilon());
        assertEquals(distance(far, found.parameters()), found.distance(), 1e-15);
        DMatrixRMaj gradient = new DMatrixRMaj(6, 1);
        DMatrixRMaj drift = new DMatrixRMaj(6, 1);
        DMatrixRMaj jacobian = new DMatrixRMaj(3, 6);
        PROBLEM.objective().gradient(found.parameters(), gradient);
        PROBLEM.objective().jacobian(found.parameters(), jacobian);
        estimated.gradient(found.parameters(), drift);
        for (int i = 0; i < 3; i++) {
            double across = 0;
            double size = 0;
            for (int j = 0; j < 6; j++) {
                across += jacobian.get(i, j) * (gradient.data[j] + lambda * drift.data[j]);
                size += Math.abs(jacobian.get(i, j) * lambda * drift.data[j]);
            }
            assertEquals(0, across, 1e-3 * size);
        }
    }

    @Test
    void refusesBadInput() {
        DMatrixRMaj nan = PROBLEM.theta().copy();
        nan.data[1] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> MEASURE.near(nan));
        assertThrows(IllegalArgumentException.class, () -> MEASURE.near(new DMatrixRMaj(5, 1)));
        assertThrows(IllegalArgumentException.class, () -> MEASURE.near(PROBLEM.theta(), 0));
        assertThrows(IllegalArgumentException.class, () -> MEASURE.near(PROBLEM.theta(), Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Stationarity.of(PROBLEM.objective(), new NoPotential(), 0));
    }

    /**
     * Where the samples outnumber the parameters there may be no direction along the valley, and ε is zero on its
     * floor.
     */
    @Test
    void aPointWithoutAValleyIsStationaryOnItsFloor() {
        Problems mlp = Problems.interpolated(Models.mlp(2, 2, 1).withActivation(Activation.TANH), 30, 6);
        Stationarity measure = Stationarity.of(mlp.objective(), Regularizer.of(mlp.objective(), 0.1, 0), 1e-6);
        DMatrixRMaj theta = mlp.theta().copy();
        Random random = new Random(3);
        for (int i = 0; i < theta.numRows; i++) {
            theta.data[i] += 1e-4 * random.nextGaussian();
        }
        StationarityResult found = measure.near(theta);
        assertEquals(StationarityResult.Status.FOUND, found.status());
        assertTrue(found.epsilon() < 1e-6 * measure.at(theta).orElseThrow(), found::toString);
    }

    /**
     * The floor by Lanczos runs is the floor by all directions: to rounding, where curvatures are few and wide apart.
     */
    @Test
    void theMatrixFreeFloorIsTheDenseOne() {
        assertEquals(FloorMethod.DENSE, MEASURE.floorMethod());
        Stationarity free = MEASURE.withFloorMethod(FloorMethod.MATRIX_FREE);
        assertEquals(FloorMethod.MATRIX_FREE, free.floorMethod());
        for (double radius : new double[] {Double.POSITIVE_INFINITY, 0.3}) {
            StationarityResult expected = MEASURE.near(PROBLEM.theta(), radius);
            StationarityResult found = free.near(PROBLEM.theta(), radius);
            assertEquals(StationarityResult.Status.FOUND, found.status());
            assertEquals(0, distance(expected.parameters(), found.parameters()), 1e-8);
            assertEquals(expected.epsilon(), found.epsilon(), 1e-6 * expected.epsilon());
            assertEquals(expected.distance(), found.distance(), 1e-8);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> MEASURE.withFloorMethod(FloorMethod.DENSE).withThreads(0));
    }

    /** A trained network, whose curvatures have no gap, from a point that jitters. */
    @Test
    void theMatrixFreeFloorOfANetworkIsTheDenseOne() {
        Problems problem = Trained.mlp(40, 300, 0.02, 3, 4, 10, 1);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.05).withLabelNoise(0.1);
        Stationarity dense = Stationarity.of(problem.objective(), sgd);
        StationarityResult expected = dense.near(problem.theta());
        StationarityResult one = dense.withFloorMethod(FloorMethod.MATRIX_FREE).near(problem.theta());
        assertEquals(expected.status(), one.status());
        assertEquals(expected.epsilon(), one.epsilon(), 1e-6 * expected.epsilon());
        assertEquals(expected.distance(), one.distance(), 1e-6 * expected.distance());
        StationarityResult two =
                dense.withFloorMethod(FloorMethod.MATRIX_FREE).withThreads(2).near(problem.theta());
        assertArrayEquals(one.parameters().data, two.parameters().data);
    }

    /** Rows that would be too many are not made. */
    @Test
    void manySamplesAreTakenWithoutTheirRows() {
        Data data = Data.of(new DMatrixRMaj(1_600, 1_700), new DMatrixRMaj(1_600, 1));
        Objective objective = Objective.of(Models.linear(1_700), Losses.square(), data);
        assertEquals(FloorMethod.MATRIX_FREE, Stationarity.of(objective, SGD).floorMethod());
    }

    /** Nine of ten directions are softer than the threshold, but their floor is next to the point. */
    @ParameterizedTest
    @EnumSource(
            value = FloorMethod.class,
            names = {"DENSE", "MATRIX_FREE"})
    void unscaledFeaturesHaveAFloorInEveryDirection(FloorMethod method) {
        Stationarity measure = Stationarity.of(UnscaledFeatures.objective(), UnscaledFeatures.sgd())
                .withFloorMethod(method);
        double before = measure.at(UnscaledFeatures.theta()).orElseThrow();
        StationarityResult floor = measure.near(UnscaledFeatures.theta());
        assertEquals(StationarityResult.Status.FOUND, floor.status());
        assertTrue(floor.epsilon() < 1e-3 * before, floor::toString);
        assertTrue(floor.distance() < 1e-9, floor::toString);
    }
}
