package dev.lowland.optim.curvature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.support.Problems;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class GradientNoiseTest {

    private static double trace(Objective objective, DMatrixRMaj theta) {
        int size = theta.numRows;
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        objective.hessian(theta, hessian);
        return CommonOps_DDRM.trace(hessian);
    }

    private static void check(double expected, GradientNoise.Estimate estimate) {
        assertTrue(estimate.standardError() < 0.02 * expected, estimate + " for " + expected);
        assertEquals(expected, estimate.value(), 4.5 * estimate.standardError());
    }

    /** At zero residuals it is tr H whatever the batch and the noise. */
    @Test
    void isTheTraceOfTheHessianWhereResidualsAreZero() {
        Problems problem = Problems.interpolated(Models.mlp(2, 4, 1), 8, 3);
        double expected = trace(problem.objective(), problem.theta());
        for (int batch : new int[] {1, 4, 16}) {
            check(expected, GradientNoise.trace(problem.objective(), problem.theta(), batch, 0.3, 20_000, 5));
        }
    }

    /** Elsewhere it is tr G, not tr H. */
    @Test
    void isTheTraceOfTheGaussNewtonMatrixElsewhere() {
        Problems problem = Problems.unfitted(Models.mlp(2, 4, 1), 8, 3);
        int size = problem.theta().numRows;
        DMatrixRMaj gaussNewton = new DMatrixRMaj(size, size);
        problem.objective().gaussNewton(problem.theta(), gaussNewton);
        double expected = CommonOps_DDRM.trace(gaussNewton);
        assertTrue(Math.abs(expected - trace(problem.objective(), problem.theta())) > 0.05 * expected);
        check(expected, GradientNoise.trace(problem.objective(), problem.theta(), 4, 0.7, 20_000, 5));
    }

    /** With flipped labels, where every margin is at the minimiser. */
    @Test
    void isTheTraceUnderFlippedLabels() {
        for (Loss loss : new Loss[] {Losses.logistic(0.2), Losses.exponential(0.3), Losses.squareMargin(0.1)}) {
            // two samples, two parameters of a linear model: margins c for both labels
            DMatrixRMaj inputs = new DMatrixRMaj(2, 2, true, 1, 0.5, -0.3, 1.2);
            DMatrixRMaj targets = new DMatrixRMaj(2, 1, true, 1, -1);
            DMatrixRMaj theta = new DMatrixRMaj(2, 1);
            DMatrixRMaj margins = targets.copy();
            CommonOps_DDRM.scale(loss.minimiser(), margins);
            CommonOps_DDRM.solve(inputs, margins, theta);
            Objective objective = Objective.of(Models.linear(2), loss, Data.of(inputs, targets));
            check(trace(objective, theta), GradientNoise.trace(objective, theta, 3, 0, 40_000, 7));
        }
    }

    @Test
    void refusesBadInput() {
        Problems problem = Problems.interpolated(Models.linear(2), 3, 3);
        Objective objective = problem.objective();
        DMatrixRMaj theta = problem.theta();
        assertThrows(IllegalArgumentException.class, () -> GradientNoise.trace(objective, theta, 0, 1, 9, 1));
        assertThrows(IllegalArgumentException.class, () -> GradientNoise.trace(objective, theta, 1, 0, 9, 1));
        assertThrows(IllegalArgumentException.class, () -> GradientNoise.trace(objective, theta, 1, 1, 1, 1));
        DMatrixRMaj nan = theta.copy();
        nan.data[0] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> GradientNoise.trace(objective, nan, 1, 1, 9, 1));
    }
}
