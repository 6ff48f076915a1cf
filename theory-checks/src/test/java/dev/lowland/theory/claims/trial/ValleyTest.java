package dev.lowland.theory.claims.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Down to the valley, along it, and across it. */
class ValleyTest {

    private static final Setting SETTING = Families.MLP_TANH.zeroLoss(3, 0);

    private static DMatrixRMaj moved(double distance) {
        DMatrixRMaj theta = SETTING.theta().copy();
        for (int i = 0; i < theta.numRows; i++) {
            theta.data[i] += distance * Math.sin(i + 1.0);
        }
        return theta;
    }

    @Test
    void descendingEndsOnTheValleyAndMovesAcrossItOnly() {
        Valley valley = new Valley(SETTING.objective());
        for (double distance : new double[] {1e-3, 2e-3}) {
            DMatrixRMaj theta = moved(distance);
            DMatrixRMaj below = theta.copy();
            assertTrue(valley.descend(below));
            assertEquals(0, SETTING.objective().loss(below), 1e-25);
            DMatrixRMaj step = Dense.minus(theta, below);
            double along = Dense.norm(valley.tangential(below, step));
            assertTrue(along < 20 * distance * distance, along + " along the valley from " + distance);
            assertTrue(Dense.norm(step) > 0.1 * distance);
        }
    }

    @Test
    void whereThereIsNoValleyItSaysSo() {
        Setting none = Families.LINEAR.zeroLoss(2, 0);
        DMatrixRMaj far = new DMatrixRMaj(6, 1);
        far.data[0] = Double.NaN;
        assertFalse(new Valley(none.objective()).descend(far));
    }

    @Test
    void theTangentialPartIsThatOfTheKernel() {
        Valley valley = new Valley(SETTING.objective());
        DMatrixRMaj vector = moved(1);
        DMatrixRMaj expected = Dense.times(SETTING.nullProjector(), vector);
        assertEquals(0, Dense.norm(Dense.minus(expected, valley.tangential(SETTING.theta(), vector))), 1e-11);
    }

    @Test
    void solvingIsTheInverseOfTheHessianOnItsRange() {
        Valley valley = new Valley(SETTING.objective());
        DMatrixRMaj vector = moved(1);
        SymmetricEigen eigen = SETTING.spectrum();
        double[] inverse = new double[SETTING.parameters()];
        for (int i = inverse.length - SETTING.rank(); i < inverse.length; i++) {
            inverse[i] = 1 / eigen.values()[i];
        }
        DMatrixRMaj expected = Dense.times(Dense.withSpectrum(eigen, inverse), vector);
        DMatrixRMaj solved = valley.solve(SETTING.theta(), vector);
        assertEquals(0, Dense.norm(Dense.minus(expected, solved)), 1e-9 * Dense.norm(expected));
    }

    /** f = x·u·v with one sample: tr H = x²(u² + v²), at fixed uv smallest where |u| = |v|. */
    @Test
    void theMinimumOfTheTraceOfAProductIsBalanced() {
        Setting product = Setting.interpolating(
                "product",
                Models.deepLinear(1, 1, 1),
                new DMatrixRMaj(new double[][] {{1.5}}),
                new DMatrixRMaj(new double[][] {{2}, {0.5}}));
        Valley valley = new Valley(product.objective());
        QuarterTrace trace = QuarterTrace.of(product.objective());
        DMatrixRMaj minimum = valley.minimum(trace, product.theta(), 1e-9, 1000);
        assertEquals(1, minimum.data[0], 1e-8);
        assertEquals(1, minimum.data[1], 1e-8);
        // Near u = v = 1 the tangent is (1, −1)/√2, and along uv = 1 the potential ¼x²(u² + v²) grows as x²s²/2 with
        // the arc length s.
        double tenth = valley.settlingTime(trace, product.theta(), 1e-3, 0.001);
        double hundredth = valley.settlingTime(trace, product.theta(), 1e-4, 0.001);
        assertEquals(Math.log(10) / 2.25, hundredth - tenth, 0.01);
    }
}
