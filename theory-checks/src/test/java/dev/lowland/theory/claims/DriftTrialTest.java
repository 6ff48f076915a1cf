package dev.lowland.theory.claims;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.NoiseLaw;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** A trial of any optimiser agrees with the special cases that are known otherwise. */
class DriftTrialTest {

    private static final Setting SETTING = Families.QUADRATIC.zeroLoss(3, s -> s.conditioning() > 0.1);

    private static DriftTrial trial(DriftCase drift) {
        return new DriftTrial("trial", SETTING, factor -> drift.sgd(factor, 1), DriftCase.DISPLACEMENT);
    }

    @Test
    void onTheFullBatchItIsADriftCase() {
        DriftCase drift = DriftCase.of(SETTING, 1.0, 2e-4);
        DriftTrial trial = trial(drift);
        assertEquals(drift.steps(), trial.steps());
        assertArrayEquals(drift.checkpoints(4), trial.checkpoints(4));
        assertEquals(drift.bias(0.2), trial.bias(0.2), 0.01 * drift.bias(0.2));
        DMatrixRMaj paper = drift.theory(Theory.paper()).end();
        assertEquals(0, Dense.norm(Dense.minus(trial.regularizer("R").end(), paper)), 1e-12 * Dense.norm(paper));
        assertEquals(0, Dense.norm(Dense.minus(trial.exact("S", 1).end(), paper)), 0.01 * Dense.norm(paper));
    }

    @Test
    void estimatesAreThoseOfTheRunsAndDoNotDependOnThreads() {
        DriftTrial trial = trial(new DriftCase(SETTING, 1.0, 0, 2e-4, 80));
        DMatrixRMaj top = SETTING.eigenvector(0);
        DMatrixRMaj next = SETTING.eigenvector(1);
        assertEquals(trial.measure(List.of(top, next), 256, 1, 5), trial.measure(List.of(top, next), 256, 3, 5));
        assertEquals(DriftCase.CHECKPOINTS, trial.measured(1).length);
        assertEquals(
                trial.measured(1)[DriftCase.CHECKPOINTS - 1],
                trial.measure(List.of(next), 256, 1, 5).get(0).value());
    }

    @Test
    void theValleyTurns() {
        RotatingValley valley = new RotatingValley(0.7, 1.3);
        Setting start = valley.at(0.4);
        DMatrixRMaj theta = start.theta().copy();
        theta.data[1] = -0.25;
        double learningRate = 0.9;
        double variance = 1e-3;
        LabelNoiseSgd sgd = LabelNoiseSgd.of(learningRate)
                .withNoiseLaw(NoiseLaw.EXPLICIT)
                .withParameterNoise(valley.noise(variance, learningRate));
        var point = Fluctuations.of(start.objective(), sgd).at(theta);
        DMatrixRMaj covariance = new DMatrixRMaj(6, 6);
        DMatrixRMaj drift = new DMatrixRMaj(6, 1);
        point.covariance(covariance);
        point.drift(drift);
        double[] factors = {1 + 1.3 * 0.25, 1 - 1.3 * 0.25, 1 + 1.3 * 0.4, 1 - 1.3 * 0.4};
        for (int j = 0; j < 4; j++) {
            assertEquals(variance * factors[j], covariance.get(2 + j, 2 + j), 1e-12);
        }
        assertEquals(0.7 * 1.3 * variance * 0.25, drift.data[0], 1e-12);
        assertEquals(0.7 * 1.3 * variance * 0.4, drift.data[1], 1e-12);
        DMatrixRMaj hessian = new DMatrixRMaj(6, 6);
        start.objective().hessian(theta, hessian);
        assertEquals(1 + 0.7 * 0.4, hessian.get(2, 2), 1e-12);
        assertEquals(1 + 0.7 * 0.25, hessian.get(5, 5), 1e-12);
        assertTrue(start.rank() == 4);
    }
}
