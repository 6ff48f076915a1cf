package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.stationarity.Stationarity;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Golden;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nine problems against 50-digit arithmetic. */
class GoldenValuesTest {

    private static final double TOLERANCE = 1e-11;

    static List<String> names() {
        return Golden.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void lossAndItsDerivatives(String name) {
        Golden golden = Golden.named(name);
        ObjectiveEvaluator evaluator = golden.objective().evaluator();
        int size = golden.objective().parameterCount();
        DMatrixRMaj predictions = new DMatrixRMaj(golden.objective().sampleCount(), 1);
        evaluator.predictions(golden.theta(), predictions);
        Close.check("predictions", golden.vector("predictions"), predictions, TOLERANCE);
        Close.check("loss", golden.value("loss"), evaluator.loss(golden.theta()), TOLERANCE);
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        evaluator.gradient(golden.theta(), gradient);
        Close.check("gradient", golden.vector("gradient"), gradient, TOLERANCE);
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        evaluator.hessian(golden.theta(), hessian);
        Close.check("hessian", golden.matrixOf("hessian"), hessian, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("names")
    void flatness(String name) {
        Golden golden = Golden.named(name);
        Regularizer regularizer = Regularizer.of(golden.objective(), golden.sgd());
        PotentialValue value = regularizer.at(golden.theta());
        assertEquals(PotentialStatus.DEFINED, value.status());
        Close.check("trace", golden.value("hessianTrace"), value.trace(), TOLERANCE);
        Close.check("top eigenvalue", golden.value("hessianTopEigenvalue"), value.topEigenvalue(), TOLERANCE);
        Close.check("regularizer", golden.value("regularizer"), value.value(), TOLERANCE);
        double lambda = golden.sgd().regularizationStrength(golden.objective());
        Close.check("lambda", golden.value("lambda"), lambda, 1e-15);
        double loss = golden.objective().loss(golden.theta());
        Close.check("regularized loss", golden.value("regularizedLoss"), loss + lambda * value.value(), TOLERANCE);
        DMatrixRMaj gradient = new DMatrixRMaj(golden.theta().numRows, 1);
        regularizer.gradient(golden.theta(), gradient);
        DMatrixRMaj expected = golden.vector("regularizerGradient");
        if (name.equals("linear") || name.equals("square-margin")) {
            assertEquals(0, Close.distance(expected, gradient), 1e-11);
        } else {
            Close.check("regularizer gradient", expected, gradient, TOLERANCE);
        }
        double stationarity = Stationarity.of(golden.objective(), golden.sgd())
                .at(golden.theta())
                .getAsDouble();
        Close.check("stationarity", golden.value("stationarity"), stationarity, TOLERANCE);
    }
}
