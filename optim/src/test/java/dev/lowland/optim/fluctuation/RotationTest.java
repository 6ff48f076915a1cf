package dev.lowland.optim.fluctuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.ensemble.Moments;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.RotatingValley;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The drift of noise that has no potential: the pair (x, y) turns at ηabλ. */
@Tag("slow")
class RotationTest {

    private static final double RATE = 0.5;
    private static final double LAMBDA = 1e-3;
    private static final RotatingValley VALLEY = new RotatingValley(0.6, 0.5);
    private static final Objective OBJECTIVE = VALLEY.objective();
    private static final DMatrixRMaj START = new DMatrixRMaj(6, 1, true, 0.4, 0.1, 0, 0, 0, 0);
    private static final LabelNoiseSgd SGD = LabelNoiseSgd.of(RATE).withParameterNoise(VALLEY.noise(RATE, LAMBDA));

    private static double angle(DMatrixRMaj theta) {
        return Math.atan2(theta.data[1], theta.data[0]);
    }

    @Test
    void varianceAndDriftAreThoseOfTheExample() {
        PointFluctuations here = Fluctuations.of(OBJECTIVE, SGD).at(START);
        DMatrixRMaj s = new DMatrixRMaj(6, 6);
        here.covariance(s);
        double[] expected = {0, 0, 0.95, 1.05, 1.2, 0.8};
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertEquals(i == j ? LAMBDA * expected[i] : 0, s.get(i, j), 1e-16);
            }
        }
        DMatrixRMaj drift = new DMatrixRMaj(6, 1);
        here.drift(drift);
        assertEquals(-0.3 * LAMBDA * 0.1, drift.data[0], 1e-16);
        assertEquals(0.3 * LAMBDA * 0.4, drift.data[1], 1e-16);
    }

    @Test
    void theFlowTurnsAsOftenAsThereAreSteps() {
        SlowFlow flow = Fluctuations.of(OBJECTIVE, SGD).slowFlow();
        DMatrixRMaj end = flow.run(START, 5_000).parameters();
        double turned = RATE * 0.3 * LAMBDA * 5_000;
        assertEquals(angle(START) - turned, angle(end), 1e-4);
        assertEquals(Math.hypot(0.4, 0.1), Math.hypot(end.data[0], end.data[1]), 1e-3);
    }

    /**
     * Each plain step turns by atan(ηabλ) and grows the radius by √(1 + (ηabλ)²), which long steps do not leave out.
     */
    @Test
    void longStepsTurnAsPlainOnesDo() {
        long steps = 500_000;
        SlowFlowResult quick =
                Fluctuations.of(OBJECTIVE, SGD).slowFlow().withLongSteps(1e-6).run(START, steps);
        double turn = RATE * 0.3 * LAMBDA;
        double angle = angle(START) - steps * Math.atan(turn);
        double radius = Math.hypot(0.4, 0.1) * Math.exp(0.5 * steps * Math.log1p(turn * turn));
        assertTrue(quick.longSteps() > 10);
        assertTrue(quick.errorEstimate() < 1e-5, () -> "stated " + quick.errorEstimate());
        assertEquals(radius * Math.cos(angle), quick.parameters().data[0], quick.errorEstimate());
        assertEquals(radius * Math.sin(angle), quick.parameters().data[1], quick.errorEstimate());
    }

    @Test
    void anEnsembleTurnsWithIt() {
        long steps = 8_000;
        Moments moments =
                Ensemble.of(OBJECTIVE, SGD).withReplicas(512).run(START, steps).last();
        double turned = angle(START) - angle(moments.mean());
        double predicted = RATE * 0.3 * LAMBDA * steps;
        double radius = Math.hypot(moments.mean().data[0], moments.mean().data[1]);
        DMatrixRMaj across = new DMatrixRMaj(6, 1);
        across.data[0] = -moments.mean().data[1] / radius;
        across.data[1] = moments.mean().data[0] / radius;
        double error = moments.standardErrorAlong(across) / radius;
        assertTrue(4 * error < 0.02 * predicted, () -> "too few replicas: " + error);
        assertEquals(predicted, turned, 4 * error + 0.005 * predicted);
    }
}
