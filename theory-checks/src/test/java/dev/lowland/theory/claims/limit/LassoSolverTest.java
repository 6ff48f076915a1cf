package dev.lowland.theory.claims.limit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coordinate descent on the Lasso, against solutions known in closed form and against its own bound. */
class LassoSolverTest {

    @Test
    void anOrthogonalDesignIsSoftThresholding() {
        DMatrixRMaj inputs = new DMatrixRMaj(new double[][] {{2, 0, 0}, {0, 1, 0}, {0, 0, 3}});
        DMatrixRMaj targets = new DMatrixRMaj(new double[][] {{4}, {0.1}, {-3}});
        double[] weights = {1, 1, 2};
        double strength = 0.3;
        double[] w = new LassoSolver(inputs, targets, weights).solve(strength).coefficients();
        assertArrayEquals(new double[] {(8 - 3 * strength) / 4, 0, -(9 - 3 * strength * 2) / 9}, w, 1e-12);
    }

    @Test
    void theGapClosesAndTheSlackIsWithinOne() {
        LassoCase subject = LassoCase.of(0.05);
        LassoSolver.Solution solution = subject.solution();
        assertEquals(solution.value(), solution.dual(), 1e-12 * solution.value());
        double[] z = subject.lasso().slack(solution.coefficients(), 0.05);
        for (int j = 0; j < z.length; j++) {
            double w = solution.coefficients()[j];
            if (w == 0) {
                assertTrue(Math.abs(z[j]) < 0.5, "z_" + j + " = " + z[j]);
            } else {
                assertEquals(Math.signum(w), z[j], 1e-6);
            }
        }
    }

    @Tag("slow")
    @Test
    void theLeastSquaresInterpolatorInterpolates() {
        LassoCase subject = LassoCase.of(0.05);
        double[] w = subject.lasso().leastSquareNorm();
        assertEquals(0, subject.lasso().value(w, 0), 1e-24);
        assertTrue(subject.offSupport(w) > 0.5);
    }
}
