package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.support.Allocation;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Differences;
import dev.lowland.optim.support.Problems;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectiveEvaluatorTest {

    static Stream<Problems> problems() {
        Model mlp = Models.mlp(2, 3, 1).withActivation(Activation.TANH);
        return Stream.of(
                Problems.unfitted(Models.linear(3), 4, 1),
                Problems.unfitted(Models.quadratic(2), 3, 2),
                Problems.unfitted(Models.deepLinear(2, 2, 2), 3, 3),
                Problems.unfitted(Models.matrixSensing(2, 3, 2), 3, 4),
                Problems.unfitted(mlp, 4, 5),
                Problems.labelled(mlp, Losses.logistic(0.2), 4, 6),
                Problems.labelled(mlp, Losses.exponential(0.3), 4, 7),
                Problems.labelled(mlp, Losses.squareMargin(0.1), 4, 8));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void gradientIsTheDifferenceOfTheLoss(Problems problem) {
        DMatrixRMaj gradient = column(problem);
        problem.objective().gradient(problem.theta(), gradient);
        Close.check("gradient", Differences.gradient(problem.objective()::loss, problem.theta()), gradient, 1e-8);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void hessianIsTheDifferenceOfTheGradient(Problems problem) {
        int size = problem.theta().numRows;
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        problem.objective().hessian(problem.theta(), hessian);
        Close.check("hessian", Differences.jacobian(gradientOf(problem), problem.theta()), hessian, 1e-8);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                assertEquals(hessian.get(i, j), hessian.get(j, i));
            }
        }
    }

    /** Each column alone, so that nothing is averaged: symmetry is then a property of the derivatives. */
    @ParameterizedTest
    @MethodSource("problems")
    void hessianVectorProductsAreColumnsOfASymmetricHessian(Problems problem) {
        int size = problem.theta().numRows;
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        problem.objective().hessian(problem.theta(), hessian);
        ObjectiveEvaluator evaluator = problem.objective().evaluator();
        DMatrixRMaj columns = new DMatrixRMaj(size, size);
        for (int j = 0; j < size; j++) {
            DMatrixRMaj unit = column(problem);
            unit.data[j] = 1;
            DMatrixRMaj product = column(problem);
            evaluator.hessianVector(problem.theta(), unit, product);
            CommonOps_DDRM.insert(product, columns, 0, j);
        }
        Close.check("columns", hessian, columns, 1e-13);
        DMatrixRMaj transposed = new DMatrixRMaj(size, size);
        CommonOps_DDRM.transpose(columns, transposed);
        Close.check("symmetry", columns, transposed, 1e-13);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void jacobianIsTheDifferenceOfThePredictions(Problems problem) {
        Objective objective = problem.objective();
        int rows = objective.sampleCount() * objective.data().outputSize();
        int size = problem.theta().numRows;
        DMatrixRMaj jacobian = new DMatrixRMaj(rows, size);
        objective.jacobian(problem.theta(), jacobian);
        DMatrixRMaj expected = Differences.jacobian(
                theta -> {
                    DMatrixRMaj predictions = new DMatrixRMaj(
                            objective.sampleCount(), objective.data().outputSize());
                    objective.predictions(theta, predictions);
                    return predictions;
                },
                problem.theta());
        Close.check("jacobian", expected, jacobian, 1e-8);
        DMatrixRMaj product = new DMatrixRMaj(size, size);
        CommonOps_DDRM.multTransA(1.0 / objective.sampleCount(), jacobian, jacobian, product);
        DMatrixRMaj gaussNewton = new DMatrixRMaj(size, size);
        objective.gaussNewton(problem.theta(), gaussNewton);
        Close.check("gauss-newton", product, gaussNewton, 1e-13);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void thirdOrderIsTheDifferenceOfSecondOrder(Problems problem) {
        int size = problem.theta().numRows;
        DMatrixRMaj directions = Problems.gaussian(size, 3, new Random(9));
        DMatrixRMaj gradient = column(problem);
        double value = problem.objective().thirdOrder(problem.theta(), directions, gradient);
        double expected = secondOrder(problem.objective(), problem.theta(), directions);
        assertEquals(expected, value, 1e-12 * (1 + Math.abs(expected)));
        DMatrixRMaj differences =
                Differences.gradient(theta -> secondOrder(problem.objective(), theta, directions), problem.theta());
        assertEquals(0, Close.distance(differences, gradient), 1e-8 * (1 + Math.abs(expected)));
    }

    /** 88 parameters: more than one run of a program carries. */
    @Test
    void manyDirectionsAreWorkedOffInSeveralRuns() {
        Problems problem = Problems.unfitted(Models.mlp(6, 11, 1).withActivation(Activation.TANH), 3, 10);
        int size = problem.theta().numRows;
        assertTrue(size > ObjectivePrograms.DIRECTIONS);
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        problem.objective().hessian(problem.theta(), hessian);
        Close.check("hessian", Differences.jacobian(gradientOf(problem), problem.theta()), hessian, 1e-8);
        DMatrixRMaj directions = Problems.gaussian(size, 70, new Random(11));
        DMatrixRMaj gradient = column(problem);
        double value = problem.objective().thirdOrder(problem.theta(), directions, gradient);
        Close.check("value", secondOrder(problem.objective(), problem.theta(), directions), value, 1e-12);
        DMatrixRMaj sum = column(problem);
        for (int j = 0; j < 70; j++) {
            DMatrixRMaj one = CommonOps_DDRM.extractColumn(directions, j, null);
            DMatrixRMaj part = column(problem);
            problem.objective().thirdOrder(problem.theta(), one, part);
            CommonOps_DDRM.addEquals(sum, part);
        }
        Close.check("gradient", sum, gradient, 1e-12);
    }

    @Test
    void gaussNewtonIsTheHessianWhereEveryResidualIsZero() {
        Problems problem = Problems.interpolated(Models.quadratic(3), 2, 12);
        DMatrixRMaj hessian = new DMatrixRMaj(6, 6);
        DMatrixRMaj gaussNewton = new DMatrixRMaj(6, 6);
        problem.objective().hessian(problem.theta(), hessian);
        problem.objective().gaussNewton(problem.theta(), gaussNewton);
        Close.check("G = H", hessian, gaussNewton, 1e-14);
        assertEquals(0, problem.objective().loss(problem.theta()));
    }

    @Test
    void takesMatricesWithLongerArrays() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 3, 13);
        DMatrixRMaj expected = column(problem);
        problem.objective().gradient(problem.theta(), expected);
        DMatrixRMaj theta = new DMatrixRMaj(9, 9);
        theta.reshape(4, 1);
        System.arraycopy(problem.theta().data, 0, theta.data, 0, 4);
        DMatrixRMaj out = new DMatrixRMaj(9, 9);
        out.reshape(4, 1);
        problem.objective().gradient(theta, out);
        Close.check("gradient", expected, out, 0);
    }

    @Test
    void refusesOtherShapes() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 3, 14);
        ObjectiveEvaluator evaluator = problem.objective().evaluator();
        DMatrixRMaj right = column(problem);
        DMatrixRMaj wrong = new DMatrixRMaj(3, 1);
        DMatrixRMaj square = new DMatrixRMaj(4, 4);
        refused(() -> evaluator.loss(wrong));
        refused(() -> evaluator.gradient(wrong, right));
        refused(() -> evaluator.gradient(right, wrong));
        refused(() -> evaluator.predictions(right, right));
        refused(() -> evaluator.jacobian(right, square));
        refused(() -> evaluator.gaussNewton(right, right));
        refused(() -> evaluator.hessian(right, wrong));
        refused(() -> evaluator.hessianVector(right, wrong, right));
        refused(() -> evaluator.thirdOrder(right, wrong, right));
        refused(() -> evaluator.thirdOrder(right, new DMatrixRMaj(4, 0), right));
        refused(() -> evaluator.thirdOrder(right, square, square));
    }

    @Test
    @Tag("once")
    void allocatesNothingInALoop() {
        Problems problem = Problems.unfitted(Models.mlp(2, 3, 1).withActivation(Activation.TANH), 4, 15);
        ObjectiveEvaluator evaluator = problem.objective().evaluator();
        int size = problem.theta().numRows;
        DMatrixRMaj out = column(problem);
        DMatrixRMaj square = new DMatrixRMaj(size, size);
        Allocation.checkNone("loss", () -> evaluator.loss(problem.theta()));
        DMatrixRMaj inputs = problem.objective().data().inputs();
        DMatrixRMaj predictions = new DMatrixRMaj(4, 1);
        Allocation.checkNone("predict", () -> evaluator.predict(problem.theta(), inputs, predictions));
        Allocation.checkNone("gradient", () -> evaluator.gradient(problem.theta(), out));
        Allocation.checkNone("hessian", () -> evaluator.hessian(problem.theta(), square));
        Allocation.checkNone("gaussNewton", () -> evaluator.gaussNewton(problem.theta(), square));
        Allocation.checkNone("hessianVector", () -> evaluator.hessianVector(problem.theta(), problem.theta(), out));
        DMatrixRMaj directions = CommonOps_DDRM.identity(size);
        Allocation.checkNone("thirdOrder", () -> evaluator.thirdOrder(problem.theta(), directions, out));
    }

    @Test
    void theLossIsNeverNan() {
        Data data = Data.of(new DMatrixRMaj(new double[][] {{10, -10}, {1, 2}}), new DMatrixRMaj(2, 1));
        Objective linear = Objective.of(Models.linear(2), Losses.square(), data);
        double huge = 1.7e308;
        assertEquals(Double.POSITIVE_INFINITY, linear.loss(new DMatrixRMaj(2, 1, true, huge, huge)), "∞ − ∞");
        assertEquals(Double.POSITIVE_INFINITY, linear.loss(new DMatrixRMaj(2, 1, true, huge, -huge)));
        refused(() -> linear.loss(new DMatrixRMaj(2, 1, true, 0, Double.NaN)));
    }

    /** In every method, by name: the entry is told. */
    @Test
    void refusesParametersThatAreNotFinite() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 3, 14);
        ObjectiveEvaluator evaluator = problem.objective().evaluator();
        DMatrixRMaj out = column(problem);
        DMatrixRMaj square = new DMatrixRMaj(4, 4);
        DMatrixRMaj tall = new DMatrixRMaj(3, 4);
        DMatrixRMaj predictions = new DMatrixRMaj(3, 1);
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            DMatrixRMaj theta = new DMatrixRMaj(4, 1, true, 1, 2, odd, 3);
            String rule = ": theta is " + odd + " at (2, 0), must be finite";
            refused("loss" + rule, () -> evaluator.loss(theta));
            refused("gradient" + rule, () -> evaluator.gradient(theta, out));
            refused("predictions" + rule, () -> evaluator.predictions(theta, predictions));
            refused("predict" + rule, () -> evaluator.predict(theta, new DMatrixRMaj(3, 2), predictions));
            refused("jacobian" + rule, () -> evaluator.jacobian(theta, tall));
            refused("gaussNewton" + rule, () -> evaluator.gaussNewton(theta, square));
            refused("hessian" + rule, () -> evaluator.hessian(theta, square));
            refused("hessianVector" + rule, () -> evaluator.hessianVector(theta, out, out));
            refused("thirdOrder" + rule, () -> evaluator.thirdOrder(theta, out, out));
        }
    }

    /**
     * On the samples of the objective they are its predictions; on any number of others those of an objective of them.
     */
    @ParameterizedTest
    @MethodSource("problems")
    void predictsWithoutTargets(Problems problem) {
        Objective objective = problem.objective();
        int outputs = objective.data().outputSize();
        DMatrixRMaj expected = new DMatrixRMaj(objective.sampleCount(), outputs);
        DMatrixRMaj found = new DMatrixRMaj(objective.sampleCount(), outputs);
        objective.predictions(problem.theta(), expected);
        objective.predict(problem.theta(), objective.data().inputs(), found);
        Close.check("own samples", expected, found, 1e-15);
        ObjectiveEvaluator evaluator = objective.evaluator();
        for (int samples : new int[] {1, 2, 3, 5, 512, 513, 1100, 4}) {
            DMatrixRMaj inputs = Problems.gaussian(samples, objective.data().inputSize(), new Random(samples));
            DMatrixRMaj predictions = new DMatrixRMaj(samples, outputs);
            evaluator.predict(problem.theta(), inputs, predictions);
            Data blank = Data.of(inputs, new DMatrixRMaj(samples, outputs));
            DMatrixRMaj others = new DMatrixRMaj(samples, outputs);
            Objective.of(objective.model(), Losses.square(), blank).predictions(problem.theta(), others);
            Close.check(samples + " samples", others, predictions, 1e-15);
        }
    }

    @Test
    void refusesToPredictOtherInputs() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 3, 14);
        ObjectiveEvaluator evaluator = problem.objective().evaluator();
        DMatrixRMaj theta = problem.theta();
        DMatrixRMaj two = new DMatrixRMaj(2, 1);
        refused("predict: inputs is 2×3, must be 2×2", () -> evaluator.predict(theta, new DMatrixRMaj(2, 3), two));
        refused("predict: out is 2×1, must be 5×1", () -> evaluator.predict(theta, new DMatrixRMaj(5, 2), two));
        refused(
                "predict: rows of inputs is 0, must be at least 1",
                () -> evaluator.predict(theta, new DMatrixRMaj(0, 2), two));
        refused(
                "predict: inputs is NaN at (1, 0), must be finite",
                () -> evaluator.predict(theta, new DMatrixRMaj(2, 2, true, 0, 0, Double.NaN, 0), two));
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }

    private static void refused(Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains("must be"), message);
    }

    private static DMatrixRMaj column(Problems problem) {
        return new DMatrixRMaj(problem.theta().numRows, 1);
    }

    private static java.util.function.Function<DMatrixRMaj, DMatrixRMaj> gradientOf(Problems problem) {
        return theta -> {
            DMatrixRMaj gradient = column(problem);
            problem.objective().gradient(theta, gradient);
            return gradient;
        };
    }

    /** Σ_j w_jᵀ H w_j. */
    private static double secondOrder(Objective objective, DMatrixRMaj theta, DMatrixRMaj directions) {
        DMatrixRMaj hessian = new DMatrixRMaj(theta.numRows, theta.numRows);
        objective.hessian(theta, hessian);
        DMatrixRMaj product = new DMatrixRMaj(theta.numRows, directions.numCols);
        CommonOps_DDRM.mult(hessian, directions, product);
        return CommonOps_DDRM.elementSum(CommonOps_DDRM.elementMult(product, directions, null));
    }
}
