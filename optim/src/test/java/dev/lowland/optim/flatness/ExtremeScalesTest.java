package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R and ∇R at rates and inputs at the ends of the range of numbers. Values from 50 digits. */
class ExtremeScalesTest {

    /** One input of 10¹⁶⁰, which saturates both units, and one of ½. */
    private static Objective far(Activation activation) {
        return Objective.of(
                Models.mlp(1, 2, 1).withActivation(activation),
                Losses.square(),
                Data.of(new DMatrixRMaj(2, 1, true, 1e160, 0.5), new DMatrixRMaj(2, 1, true, 0.3, 0.2)));
    }

    private static DMatrixRMaj theta(double second) {
        return new DMatrixRMaj(7, 1, true, -1, second, 0.1, 0.2, 0.3, 0, 0.1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 4e-322, 1e-310, 1e-200, 1e-17})
    void aTinyRateIsTheQuarterTrace(double rate) {
        Objective objective = far(Activation.TANH);
        double quarter = QuarterTrace.of(objective).at(theta(0.5)).value();
        assertEquals(quarter, Regularizer.of(objective, rate, 0).at(theta(0.5)).value(), 1e-14 * quarter);
        RegularizerSettings probes = RegularizerSettings.standard().withMethod(RegularizerMethod.STOCHASTIC);
        PotentialValue estimate =
                Regularizer.of(objective, rate, 0).withSettings(probes).at(theta(0.5));
        assertEquals(quarter, estimate.value(), 1e-10 * quarter);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9999e-6, -0.9999e-6, 1.0001e-6, 1e-4})
    void theSeriesMeetsTheLogarithm(double half) {
        double rate = 0.03125;
        double eigenvalue = half * 64;
        double exact = -Math.log1p(-half) / (2 * rate);
        assertEquals(exact, Regularizer.term(rate, eigenvalue), 4e-16 * Math.abs(exact));
    }

    /** The product of two directions with the input overflows, and is multiplied by a derivative that is 0. */
    @Test
    void aSaturatedUnitHasAFiniteGradient() {
        check(
                far(Activation.TANH),
                theta(0.5),
                0.57382784965796469,
                -0.031074336107858,
                0.050129777179582,
                -0.062148672215717,
                0.10025955435916,
                0.039615916930317,
                0.03416171120327,
                0.027311512200294);
        check(
                far(Activation.TANH),
                theta(-0.5),
                0.54694747578261116,
                -0.029820652050678,
                -0.011402091551361,
                -0.059641304101357,
                -0.022804183102721,
                0.039415634481907,
                -0.004518601315765,
                0.026791209025187);
        check(
                far(Activation.SIGMOID),
                theta(0.5),
                0.46175519554752275,
                0.012757125702867,
                0.020221022791916,
                0.025514251405734,
                0.040442045583832,
                0.0067159297462774,
                0.0012419957661755,
                0.0022984330449757);
        check(far(Activation.RELU), theta(-0.5), -5 * Math.log1p(-0.05), 0, 0, 0, 0, 0, 0, 0);
    }

    private static void check(Objective objective, DMatrixRMaj theta, double value, double... gradient) {
        DMatrixRMaj found = new DMatrixRMaj(7, 1);
        DMatrixRMaj error = new DMatrixRMaj(7, 1);
        PotentialValue r = Regularizer.of(objective, 0.1, 0).evaluator().evaluate(theta, found, error);
        assertEquals(PotentialStatus.DEFINED, r.status());
        assertEquals(value, r.value(), 1e-13);
        for (int i = 0; i < 7; i++) {
            assertEquals(gradient[i], found.data[i], 1e-12, "entry " + i);
        }
        RegularizerSettings probes = RegularizerSettings.standard().withMethod(RegularizerMethod.STOCHASTIC);
        Regularizer.of(objective, 0.1, 0).withSettings(probes).evaluator().evaluate(theta, found, error);
        assertTrue(Norms.isFinite(found), found::toString);
        for (int i = 0; i < 7; i++) {
            assertEquals(gradient[i], found.data[i], 6 * error.data[i] + 1e-9, "estimate of entry " + i);
        }
    }

    /** What does overflow is never called DEFINED. */
    @ParameterizedTest
    @EnumSource(RegularizerMethod.class)
    void anOverflowIsUndefined(RegularizerMethod method) {
        Objective objective = far(Activation.RELU);
        DMatrixRMaj gradient = new DMatrixRMaj(7, 1);
        gradient.fill(5);
        Regularizer regularizer = Regularizer.of(objective, 1e-3, 0)
                .withSettings(RegularizerSettings.standard().withMethod(method));
        PotentialValue r = regularizer.evaluator().evaluate(theta(0.5), gradient, new DMatrixRMaj(7, 1));
        assertEquals(PotentialStatus.UNDEFINED, r.status());
        assertEquals(Double.NEGATIVE_INFINITY, r.margin());
        assertEquals(0, Norms.two(gradient));
        assertThrows(IllegalArgumentException.class, () -> regularizer.gradient(theta(0.5), gradient));
    }
}
