package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.stationarity.Stationarity;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Differences;
import dev.lowland.optim.support.Problems;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegularizerTest {

    static Stream<Problems> problems() {
        return Stream.of(
                Problems.interpolated(Models.quadratic(3), 2, 1),
                Problems.unfitted(Models.matrixSensing(2, 2, 2), 3, 2),
                Problems.unfitted(Models.mlp(2, 3, 1).withActivation(Activation.TANH), 4, 3),
                Problems.labelled(Models.mlp(2, 2, 1).withActivation(Activation.SOFTPLUS), Losses.logistic(0.2), 4, 4),
                Problems.labelled(Models.quadratic(2), Losses.exponential(0.3), 3, 5));
    }

    /** A learning rate at which e·h_max is this. */
    private static double rate(Problems problem, double sharpness, double momentum) {
        double top = QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        return sharpness * (1 + momentum) / top;
    }

    @ParameterizedTest
    @MethodSource("problems")
    void valueIsTheSumOfTheSeries(Problems problem) {
        double e = rate(problem, 0.8, 0);
        double alpha = problem.objective().loss().curvature();
        PotentialValue value = Regularizer.of(problem.objective(), e, 0).at(problem.theta());
        double series = 0;
        for (double h : value.eigenvalues()) {
            for (int k = 1; k < 120; k++) {
                series += Math.pow(e, k - 1) * Math.pow(h, k) / (k * Math.pow(2, k + 1)) / alpha;
            }
        }
        Close.check("R", series, value.value(), 1e-12);
        assertEquals(2 - e * value.topEigenvalue(), value.margin());
        assertEquals(PotentialStatus.DEFINED, value.status());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void gradientIsTheDifferenceOfTheValue(Problems problem) {
        for (double momentum : new double[] {0, 0.9}) {
            double eta = rate(problem, 1.5, momentum);
            Regularizer regularizer = Regularizer.of(problem.objective(), eta, momentum);
            DMatrixRMaj expected =
                    Differences.gradient(theta -> regularizer.at(theta).value(), problem.theta());
            Close.check("gradient", expected, gradient(regularizer, problem.theta()), 1e-6);
        }
    }

    /** (∇R)_k = ½ Σ_ij ((1/α)(2I − eH)⁻¹)_ij ∂_k H_ij with the Hessian's own differences. */
    @ParameterizedTest
    @MethodSource("problems")
    void gradientIsHalfTheThirdDerivativeOfTheInverse(Problems problem) {
        double e = rate(problem, 1.2, 0);
        Objective objective = problem.objective();
        int size = problem.theta().numRows;
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        objective.hessian(problem.theta(), hessian);
        DMatrixRMaj inverse = CommonOps_DDRM.identity(size);
        CommonOps_DDRM.scale(2, inverse);
        CommonOps_DDRM.add(inverse, -e, hessian, inverse);
        CommonOps_DDRM.invert(inverse);
        DMatrixRMaj slopes = Differences.jacobian(
                theta -> {
                    DMatrixRMaj moved = new DMatrixRMaj(size, size);
                    objective.hessian(theta, moved);
                    return moved;
                },
                problem.theta());
        DMatrixRMaj expected = new DMatrixRMaj(size, 1);
        for (int ij = 0; ij < size * size; ij++) {
            for (int k = 0; k < size; k++) {
                expected.data[k] += 0.5
                        * inverse.data[ij]
                        * slopes.get(ij, k)
                        / objective.loss().curvature();
            }
        }
        Close.check("gradient", expected, gradient(Regularizer.of(objective, e, 0), problem.theta()), 1e-8);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void tendsToTheQuarterTraceAtItsRate(Problems problem) {
        double alpha = problem.objective().loss().curvature();
        PotentialValue quarter = QuarterTrace.of(problem.objective()).at(problem.theta());
        assertEquals(quarter.trace() / (4 * alpha), quarter.value());
        assertEquals(2, quarter.margin());
        double squares = 0;
        for (double h : quarter.eigenvalues()) {
            squares += h * h;
        }
        double eta = rate(problem, 1e-5, 0);
        double excess =
                Regularizer.of(problem.objective(), eta, 0).at(problem.theta()).value() - quarter.value();
        Close.check("rate", eta * squares / (16 * alpha), excess, 1e-4);
        double atZero =
                Regularizer.of(problem.objective(), 0, 0.5).at(problem.theta()).value();
        assertEquals(quarter.value(), atZero);
        double tiny = Regularizer.of(problem.objective(), 1e-13, 0)
                .at(problem.theta())
                .value();
        Close.check("tiny", quarter.value(), tiny, 1e-11);
        Close.check(
                "gradient",
                gradient(QuarterTrace.of(problem.objective()), problem.theta()),
                gradient(Regularizer.of(problem.objective(), 1e-13, 0), problem.theta()),
                1e-11);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void momentumIsTheEffectiveRate(Problems problem) {
        double eta = rate(problem, 1.5, 0.9);
        PotentialValue heavy = Regularizer.of(problem.objective(), eta, 0.9).at(problem.theta());
        PotentialValue plain = Regularizer.of(problem.objective(), eta / 1.9, 0).at(problem.theta());
        Close.check("value", plain.value(), heavy.value(), 1e-14);
        assertEquals(1.5, 2 - heavy.margin(), 1e-12);
        assertEquals(
                eta / 1.9,
                Regularizer.of(problem.objective(), LabelNoiseSgd.of(eta).withMomentum(0.9))
                        .effectiveRate());
    }

    @Test
    void aboveTheEdgeItIsUndefinedAndCannotBeRead() {
        Problems problem = Problems.interpolated(Models.quadratic(3), 2, 6);
        Regularizer regularizer = Regularizer.of(problem.objective(), rate(problem, 2.01, 0), 0);
        PotentialValue value = regularizer.at(problem.theta());
        assertEquals(PotentialStatus.UNDEFINED, value.status());
        assertEquals(-0.01, value.margin(), 1e-12);
        assertTrue(value.topEigenvalue() > 0);
        String message = assertThrows(IllegalStateException.class, value::value).getMessage();
        assertTrue(message.contains("UNDEFINED"), message);
        DMatrixRMaj out = new DMatrixRMaj(6, 1);
        out.fill(3);
        assertEquals(PotentialStatus.UNDEFINED, regularizer.evaluator().gradient(problem.theta(), out));
        assertArrayEquals(new double[6], out.data);
        message = assertThrows(IllegalArgumentException.class, () -> regularizer.gradient(problem.theta(), out))
                .getMessage();
        assertTrue(message.contains("UNDEFINED"), message);
        assertTrue(Stationarity.of(problem.objective(), regularizer, 0.1)
                .at(problem.theta())
                .isEmpty());
    }

    @Test
    void justBelowTheEdgeItIsDefinedAndLarge() {
        Problems problem = Problems.interpolated(Models.quadratic(3), 2, 6);
        double nu = 1e-6;
        PotentialValue value =
                Regularizer.of(problem.objective(), rate(problem, 2 - nu, 0), 0).at(problem.theta());
        assertEquals(PotentialStatus.DEFINED, value.status());
        assertTrue(value.value() > 0.2 * value.topEigenvalue() * Math.log(2 / nu));
    }

    @Test
    void anOverflowingHessianIsUndefined() {
        Problems problem = Problems.interpolated(Models.quadratic(1), 1, 7);
        DMatrixRMaj far = new DMatrixRMaj(2, 1, true, 1e200, 1e200);
        PotentialValue value = Regularizer.of(problem.objective(), 0.1, 0).at(far);
        assertEquals(PotentialStatus.UNDEFINED, value.status());
        assertEquals(Double.NEGATIVE_INFINITY, value.margin());
    }

    @Test
    void theOthersAreWhatTheyAreCalled() {
        Problems problem = Problems.interpolated(Models.quadratic(2), 2, 8);
        Regularizer regularizer = Regularizer.of(problem.objective(), 0.01, 0);
        DriftPotential twice = new ScaledPotential(regularizer, 2);
        assertEquals(
                2 * regularizer.at(problem.theta()).value(),
                twice.at(problem.theta()).value());
        DMatrixRMaj doubled = gradient(regularizer, problem.theta());
        CommonOps_DDRM.scale(2, doubled);
        assertArrayEquals(doubled.data, gradient(twice, problem.theta()).data);
        DriftPotential none = new NoPotential();
        assertEquals(0, none.at(problem.theta()).value());
        assertArrayEquals(new double[4], gradient(none, problem.theta()).data);
        assertThrows(IllegalStateException.class, () -> none.at(problem.theta()).topEigenvalue());
        assertThrows(IllegalStateException.class, () -> none.at(problem.theta()).eigenvalues());
        assertThrows(IllegalArgumentException.class, () -> new ScaledPotential(none, Double.NaN));
    }

    @Test
    void stationarityIsTheGradientOfTheRegularizedLossOverItsStrength() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 3, 9);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.01).withLabelNoise(0.5);
        double lambda = sgd.regularizationStrength(problem.objective());
        Regularizer regularizer = Regularizer.of(problem.objective(), sgd);
        DMatrixRMaj expected = Differences.gradient(
                theta -> problem.objective().loss(theta) / lambda
                        + regularizer.at(theta).value(),
                problem.theta());
        double measured =
                Stationarity.of(problem.objective(), sgd).at(problem.theta()).getAsDouble();
        Close.check("stationarity", Math.sqrt(CommonOps_DDRM.dot(expected, expected)), measured, 1e-7);
        LabelNoiseSgd calm = sgd.withLabelNoise(0);
        assertThrows(IllegalArgumentException.class, () -> Stationarity.of(problem.objective(), calm));
    }

    @Test
    void refusesBadInput() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 3, 10);
        Objective objective = problem.objective();
        assertThrows(IllegalArgumentException.class, () -> Regularizer.of(objective, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> Regularizer.of(objective, 0.1, 1));
        Regularizer regularizer = Regularizer.of(objective, 0.1, 0);
        assertThrows(IllegalArgumentException.class, () -> regularizer.at(new DMatrixRMaj(3, 1)));
        DMatrixRMaj nan = new DMatrixRMaj(4, 1, true, 0, 0, 0, Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> regularizer.at(nan));
        assertThrows(
                IllegalArgumentException.class, () -> regularizer.gradient(problem.theta(), new DMatrixRMaj(3, 1)));
    }

    @Test
    @Tag("once")
    void gradientsAllocateNothingInALoop() {
        Problems problem = Problems.interpolated(Models.quadratic(3), 2, 11);
        DMatrixRMaj out = new DMatrixRMaj(6, 1);
        PotentialEvaluator regularizer =
                Regularizer.of(problem.objective(), rate(problem, 1, 0), 0).evaluator();
        Allocation.checkNone("gradient of R", () -> regularizer.gradient(problem.theta(), out));
        PotentialEvaluator quarter = QuarterTrace.of(problem.objective()).evaluator();
        Allocation.checkNone("gradient of tr H/4", () -> quarter.gradient(problem.theta(), out));
    }

    private static DMatrixRMaj gradient(DriftPotential potential, DMatrixRMaj theta) {
        DMatrixRMaj out = new DMatrixRMaj(theta.numRows, 1);
        potential.gradient(theta, out);
        return out;
    }
}
