package dev.lowland.theory.claims.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The valley of the example is what its description says. */
class RotatingValleyTest {

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
