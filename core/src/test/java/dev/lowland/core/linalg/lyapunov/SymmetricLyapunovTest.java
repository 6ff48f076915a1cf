package dev.lowland.core.linalg.lyapunov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.TestMatrices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** S = ASA + Q against the sum Σ A^k Q A^k. */
class SymmetricLyapunovTest {

    @Property(tries = 20)
    void isTheSumOverAllSteps(@ForAll long seed) {
        int n = 6;
        DMatrixRMaj a = TestMatrices.withSpectrum(new double[] {-0.9, -0.2, 0, 0.4, 0.41, 0.85}, seed);
        DMatrixRMaj q = ModalCovarianceTest.covariance(n, seed + 1);
        SymmetricLyapunov found = SymmetricLyapunov.solve(a, q);
        DMatrixRMaj sum = new DMatrixRMaj(n, n);
        for (int k = 0; k < 300; k++) {
            DMatrixRMaj left = TestMatrices.product(a, sum);
            CommonOps_DDRM.mult(left, a, sum);
            CommonOps_DDRM.addEquals(sum, q);
        }
        double size = CommonOps_DDRM.elementMaxAbs(sum);
        assertEquals(0, TestMatrices.distance(sum, found.solution()), 1e-12 * size);
        assertTrue(found.residual() < 1e-12 * size);
        assertEquals(0.9, found.spectralRadius(), 1e-13);
        assertEquals(LyapunovStatus.STABLE, found.status());
    }

    @Test
    void atAndBeyondTheLimitThereIsNoNumber() {
        for (double top : new double[] {1, -1, 1.5}) {
            SymmetricLyapunov none = SymmetricLyapunov.solve(CommonOps_DDRM.diag(0.5, top), CommonOps_DDRM.identity(2));
            assertEquals(LyapunovStatus.UNSTABLE, none.status());
            assertEquals(Math.abs(top), none.spectralRadius(), 1e-15);
            assertThrows(IllegalStateException.class, none::solution);
            assertThrows(IllegalStateException.class, none::residual);
        }
        SymmetricLyapunov near =
                SymmetricLyapunov.solve(CommonOps_DDRM.diag(0.5, 1 - 1e-9), CommonOps_DDRM.identity(2));
        assertEquals(1 / (1 - (1 - 1e-9) * (1 - 1e-9)), near.solution().get(1, 1), 1e3);
    }

    @Test
    void refusesBadInput() {
        DMatrixRMaj a = CommonOps_DDRM.diag(0.5, 0.1);
        assertThrows(IllegalArgumentException.class, () -> SymmetricLyapunov.solve(a, CommonOps_DDRM.diag(1, -1)));
        assertThrows(IllegalArgumentException.class, () -> SymmetricLyapunov.solve(a, CommonOps_DDRM.identity(3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> SymmetricLyapunov.solve(CommonOps_DDRM.diag(0.5, Double.NaN), CommonOps_DDRM.identity(2)));
        DMatrixRMaj skew = new DMatrixRMaj(new double[][] {{0.1, 0.2}, {0, 0.1}});
        assertThrows(IllegalArgumentException.class, () -> SymmetricLyapunov.solve(skew, CommonOps_DDRM.identity(2)));
    }
}
