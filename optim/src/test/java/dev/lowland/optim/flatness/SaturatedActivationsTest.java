package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Features in seconds, and a weight deep in the tail: numbers from arithmetic with sixty digits. */
class SaturatedActivationsTest {

    private static Regularizer of(Activation activation, double[] inputs, double[] targets, double rate) {
        int samples = inputs.length;
        Data data = Data.of(new DMatrixRMaj(samples, 1, true, inputs), new DMatrixRMaj(samples, 1, true, targets));
        Objective objective = Objective.of(Models.mlp(1, 1, 1).withActivation(activation), Losses.square(), data);
        return Regularizer.of(objective, rate, 0);
    }

    private static PotentialValue at(
            Activation activation, double[] inputs, double[] targets, double[] theta, double rate) {
        return of(activation, inputs, targets, rate).at(new DMatrixRMaj(4, 1, true, theta));
    }

    private static void close(double exact, double found, double relative) {
        assertEquals(exact, found, relative * Math.abs(exact));
    }

    /** tanh at 10.2: its argument is rounded at a relative 10⁻¹⁶, which the slope multiplies by twenty. */
    @Test
    void tanhOfSecondsHasItsSlope() {
        PotentialValue value = at(
                Activation.TANH,
                new double[] {1700000000.0, 1700000360.0},
                new double[] {0.9, 1.1},
                new double[] {6e-9, 0, 1, 0},
                0.01);
        close(2.0291851648932397, value.topEigenvalue(), 1e-10);
        close(-171.56545274009224, value.value(), 1e-9);
    }

    /**
     * tanh at 17, where the prediction is 3·10⁻¹⁵ from 1 and rounded to a thirtieth of that: the curvature is that of
     * the rounded prediction, so the last of these digits is not that of the exact one, 271658346.69.
     */
    @Test
    void tanhOfNanosecondsHasTheCurvatureOfItsPrediction() {
        PotentialValue value =
                at(Activation.TANH, new double[] {1.7e18}, new double[] {1}, new double[] {1e-17, 0, 1, 0}, 1e-6);
        close(272208132.08716097, value.topEigenvalue(), 1e-13);
    }

    @Test
    void geluHasItsLeftTail() {
        PotentialValue value =
                at(Activation.GELU, new double[] {1}, new double[] {0}, new double[] {-8, 0, 1e15, 0}, 1e-3);
        close(6285.8127147932642, value.topEigenvalue(), 1e-14);
    }

    /** The square of a tangent is infinite there, and relu has no curvature that it could meet. */
    @Test
    void aDeadUnitOfAHugeInputLeavesTheGradientFinite() {
        DMatrixRMaj gradient = new DMatrixRMaj(4, 1);
        of(Activation.RELU, new double[] {1e160, 0.5}, new double[] {0.25, 1}, 0.01)
                .gradient(new DMatrixRMaj(4, 1, true, new double[] {-1, 1, 0.5, 0.3}), gradient);
        for (int i = 0; i < 4; i++) {
            assertTrue(Double.isFinite(gradient.get(i)), "entry " + i + " is " + gradient.get(i));
        }
        assertTrue(gradient.get(2) > 0, "of the unit that is alive for the other sample");
    }
}
