package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.sgd.RunStatus;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class PlainCrossEntropyTest {

    private static final Loss LOSS = Losses.crossEntropy(3);

    @Test
    void isMinusLogSoftmaxAtAnyLogits() {
        double total = Math.log(Math.exp(0.3) + Math.exp(-1.2) + Math.exp(2));
        assertEquals(total + 1.2, value(0.3, -1.2, 2), 1e-15);
        assertEquals(2000, value(1000, -1000, 0));
        assertEquals(Math.exp(-50) + Math.exp(-40), value(-50, 0, -40), 1e-15 * Math.exp(-40));
        assertEquals(Math.log(3), value(7, 7, 7), 1e-15);
    }

    private static double value(double... logits) {
        return LOSS.smoothedValue(logits, new double[] {0, 1, 0}, 0, 3);
    }

    @Test
    void isTrainedOn() {
        Data data = Data.ofClasses(new DMatrixRMaj(3, 2, true, 1, 0, 0, 1, -1, -1), new int[] {0, 1, 2}, 3);
        Objective objective = Objective.of(Models.deepLinear(2, 3), LOSS, data);
        assertEquals(Math.log(3), objective.loss(new DMatrixRMaj(6, 1)), 1e-15);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(1);
        assertEquals(NoiseLaw.RADEMACHER, sgd.noiseLaw(objective));
        assertEquals(0, sgd.regularizationStrength(objective));
        Run run = sgd.run(objective, new DMatrixRMaj(6, 1), 1000);
        assertEquals(RunStatus.FINISHED, run.status());
        assertTrue(objective.loss(run.parameters()) < 0.01);
        Run noisy = sgd.withLabelNoise(0.1).run(objective, new DMatrixRMaj(6, 1), 100);
        assertEquals(RunStatus.FINISHED, noisy.status());
    }

    @Test
    void hasNoMinimumAndSoNoRegularizer() {
        assertTrue(!LOSS.hasMinimum());
        assertTrue(!LOSS.flipsLabels());
        String rule = " is none, as no label flips, must be asked for only where labels flip with p > 0";
        assertEquals(
                "plain-cross-entropy loss: minimiser" + rule,
                assertThrows(IllegalArgumentException.class, LOSS::minimiser).getMessage());
        assertEquals(
                "plain-cross-entropy loss: variance of noise at the minimum" + rule,
                assertThrows(IllegalArgumentException.class, () -> LOSS.noiseVariance(0.1))
                        .getMessage());
        Data data = Data.ofClasses(new DMatrixRMaj(1, 2, true, 1, 2), new int[] {1}, 3);
        Objective objective = Objective.of(Models.deepLinear(2, 3), LOSS, data);
        DMatrixRMaj theta = new DMatrixRMaj(6, 1);
        assertEquals(
                "plain-cross-entropy loss: curvature at the minimum" + rule,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Regularizer.of(objective, 0.1, 0).gradient(theta, new DMatrixRMaj(6, 1)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Losses.crossEntropy(1));
    }
}
