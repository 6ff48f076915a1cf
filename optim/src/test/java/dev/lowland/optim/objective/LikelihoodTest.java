package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.check.CheckReport;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.op.Rows;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.support.Allocation;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses of several classes of log π(f) alone. */
class LikelihoodTest {

    private static final DMatrixRMaj TARGETS = new DMatrixRMaj(3, 3, true, 1, 0, 0, 0, 0, 1, 0, 1, 0);

    @ParameterizedTest
    @CsvSource({"2, 0.02", "3, 0.2", "3, 0.45", "10, 0.1"})
    void ofTheSoftmaxIsTheCrossEntropy(int classes, double p) {
        Loss written = Losses.crossEntropy(classes, p);
        Loss derived = Losses.ofLikelihood("derived", classes, p, Rows::logSoftmax);
        assertEquals(written.flipProbability(), derived.flipProbability());
        assertEquals(written.minimiser(), derived.minimiser(), 1e-12);
        assertEquals(written.curvature(), derived.curvature());
        assertEquals(written.noiseVariance(0), derived.noiseVariance(0));
        double[] f = new double[classes];
        double[] y = new double[classes];
        y[classes - 1] = 1;
        for (double gap : new double[] {-3, 0, 0.4, 2, written.minimiser()}) {
            f[classes - 1] = gap;
            double expected = written.smoothedValue(f, y, 0, classes);
            assertEquals(expected, derived.smoothedValue(f, y, 0, classes), 1e-13 * (1e-3 + expected));
        }
    }

    @Test
    void objectivesAreTheSame() {
        Data data = Data.of(new DMatrixRMaj(3, 2, true, 1, 2, -0.5, 0.3, 0.7, -1.1), TARGETS);
        Objective expected = Objective.of(Models.mlp(2, 3), Losses.crossEntropy(3, 0.2), data);
        Objective found =
                Objective.of(Models.mlp(2, 3), Losses.ofLikelihood("derived", 3, 0.2, Rows::logSoftmax), data);
        DMatrixRMaj theta = new DMatrixRMaj(9, 1, true, 0.5, -0.3, 0.8, 0.1, 0.2, -0.7, 0.4, 0, -0.1);
        assertEquals(expected.loss(theta), found.loss(theta), 1e-14);
        DMatrixRMaj a = new DMatrixRMaj(9, 9);
        DMatrixRMaj b = new DMatrixRMaj(9, 9);
        expected.hessian(theta, a);
        found.hessian(theta, b);
        assertArrayEquals(a.data, b.data, 1e-13);
        assertEquals(
                Regularizer.of(expected, 0.5, 0).at(theta).value(),
                Regularizer.of(found, 0.5, 0).at(theta).value(),
                1e-13);
    }

    /** π ∝ e^{2f + f³}: classes are alike, and c is where 2c + c³ is the logarithm of the odds. */
    @Test
    void anotherFamilyAgreesWithItself() {
        Loss loss = Losses.ofLikelihood(
                "steep", 3, 0.2, f -> Rows.logSoftmax(Ops.add(Ops.scale(f, 2), Ops.multiply(f, Ops.square(f)))));
        double c = loss.minimiser();
        assertEquals(Math.log(0.8 / 0.1), 2 * c + c * c * c, 1e-14);
        CheckReport report = LossCheck.of(loss, TARGETS).run();
        assertTrue(report.passed(), report.toString());
    }

    @Test
    void refusesWhatIsNoLawOfClassesThatAreAlike() {
        refused(
                "sums loss: the sum of the probabilities is 3.0, must be 1",
                () -> Losses.ofLikelihood("sums", 3, 0.2, f -> Ops.scale(f, 0)));
        refused(
                "short loss: log-probabilities of 1×3 is 1×1, must be 1×3, one a class",
                () -> Losses.ofLikelihood("short", 3, 0.2, Ops::sumColumns));
        refused(
                "timid loss: the probability of class 0 where the prediction for class 0 is ",
                () -> Losses.ofLikelihood("timid", 3, 0.2, f -> Rows.logSoftmax(Ops.tanh(f))));
        refused(
                "one-class loss: classCount is 1, must be at least 2",
                () -> Losses.ofLikelihood("one-class", 1, 0.2, Rows::logSoftmax));
        refused(
                "half loss: flipProbability is 0.5, must be in (0.0, 0.5)",
                () -> Losses.ofLikelihood("half", 3, 0.5, Rows::logSoftmax));
    }

    private static void refused(String start, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.startsWith(start), message);
    }

    @Test
    @Tag("once")
    void aValueAllocatesNothing() {
        Loss loss = Losses.ofLikelihood("own", 3, 0.2, Rows::logSoftmax);
        double[] f = {0.3, 0.1, -2};
        double[] y = {1, 0, 0};
        Allocation.checkNone("the value of a likelihood", () -> loss.smoothedValue(f, y, 0, 3));
    }
}
