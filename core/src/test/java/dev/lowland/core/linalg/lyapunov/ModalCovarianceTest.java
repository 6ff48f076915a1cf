package dev.lowland.core.linalg.lyapunov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.linalg.TestMatrices;
import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Stationary covariances against the recursion itself, run step by step. */
class ModalCovarianceTest {
    private static final int N = 5;

    /** A random covariance. */
    static DMatrixRMaj covariance(int n, long seed) {
        DMatrixRMaj g = TestMatrices.gaussian(n, n, seed);
        DMatrixRMaj q = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(g, g, q);
        return q;
    }

    /** The covariance of x after so many steps of x ← (1 + β)x − ηHx − βx_before + noise, from rest. */
    private static DMatrixRMaj stepByStep(DMatrixRMaj h, Recursion recursion, DMatrixRMaj q, int steps) {
        int n = h.numRows;
        DMatrixRMaj joint = new DMatrixRMaj(2 * n, 2 * n);
        DMatrixRMaj map = new DMatrixRMaj(2 * n, 2 * n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                map.set(i, j, (i == j ? 1 + recursion.momentum() : 0) - recursion.learningRate() * h.get(i, j));
            }
            map.set(i, n + i, -recursion.momentum());
            map.set(n + i, i, 1);
        }
        for (int k = 0; k < steps; k++) {
            DMatrixRMaj left = TestMatrices.product(map, joint);
            CommonOps_DDRM.multTransB(left, map, joint);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    joint.add(i, j, q.get(i, j));
                }
            }
        }
        return CommonOps_DDRM.extract(joint, 0, n, 0, n);
    }

    @Property(tries = 20)
    void isWhatTheRecursionComesTo(@ForAll long seed) {
        compare(seed);
    }

    static void compare(long seed) {
        DMatrixRMaj q = covariance(N, seed + 1);
        for (double momentum : new double[] {0, 0.3, 0.8}) {
            Recursion recursion = new Recursion(0.7, momentum);
            double limit = recursion.limit();
            DMatrixRMaj h = TestMatrices.withSpectrum(
                    new double[] {0.1 * limit, 0.2 * limit, 0.5 * limit, 0.51 * limit, 0.95 * limit}, seed);
            ModalCovariance modal = ModalCovariance.of(SymmetricEigen.of(h), recursion);
            DMatrixRMaj s = new DMatrixRMaj(N, N);
            modal.stationary(q, s);
            DMatrixRMaj expected = stepByStep(h, recursion, q, 1_000);
            assertEquals(0, TestMatrices.distance(expected, s), 1e-9 * CommonOps_DDRM.elementMaxAbs(s));
            for (int k : new int[] {0, 1, 2, 3, 7, 64}) {
                modal.afterSteps(q, k, s);
                expected = stepByStep(h, recursion, q, k);
                assertEquals(0, TestMatrices.distance(expected, s), 1e-11 * (1 + CommonOps_DDRM.elementMaxAbs(s)));
            }
        }
    }

    /** With Q = ηλ(1 − β)H it is the closed form λΠ(2 − (η/(1 + β))H)⁻¹. */
    @Test
    void labelNoiseHasTheClosedForm() {
        double eta = 0.6;
        double lambda = 0.01;
        for (double beta : new double[] {0, 0.9}) {
            DMatrixRMaj h = TestMatrices.withSpectrum(new double[] {0, 0, 1e-3, 1, 3}, 4);
            DMatrixRMaj q = h.copy();
            CommonOps_DDRM.scale(eta * lambda * (1 - beta), q);
            DMatrixRMaj s = new DMatrixRMaj(N, N);
            ModalCovariance modal = ModalCovariance.of(SymmetricEigen.of(h), new Recursion(eta, beta));
            assertEquals(3, modal.rank());
            modal.stationary(q, s);
            DMatrixRMaj expected = TestMatrices.function(h, x -> x < 1e-9 ? 0 : lambda / (2 - eta / (1 + beta) * x));
            assertEquals(0, TestMatrices.distance(expected, s), 1e-13);
            assertEquals(0, modal.flatNoise(q), 1e-15);
        }
    }

    @Test
    void flatDirectionsAreLeftOutAndReported() {
        DMatrixRMaj h = CommonOps_DDRM.diag(2, 0, 1);
        DMatrixRMaj q = covariance(3, 1);
        ModalCovariance modal = ModalCovariance.of(SymmetricEigen.of(h), Recursion.plain(0.5));
        assertEquals(LyapunovStatus.STABLE, modal.status());
        assertEquals(2, modal.rank());
        assertEquals(q.get(1, 1), modal.flatNoise(q), 1e-14);
        DMatrixRMaj s = new DMatrixRMaj(3, 3);
        modal.stationary(q, s);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, s.get(1, i));
        }
        assertEquals(q.get(0, 2) / (1 - 0 * 0.5), s.get(0, 2), 1e-13);
        modal.afterSteps(q, 1_000_000, s);
        assertEquals(1e6 * q.get(1, 1), s.get(1, 1), 1e-6 * q.get(1, 1));
    }

    /** Unstable: no number. Exactly at the limit as well, and for negative curvature. */
    @Test
    void withoutStabilityThereIsNoNumber() {
        for (double beta : new double[] {0, 0.5}) {
            Recursion recursion = new Recursion(0.5, beta);
            for (double h : new double[] {recursion.limit(), 1.01 * recursion.limit(), -1}) {
                ModalCovariance modal = ModalCovariance.of(SymmetricEigen.of(CommonOps_DDRM.diag(1, h)), recursion);
                assertEquals(LyapunovStatus.UNSTABLE, modal.status());
                DMatrixRMaj out = new DMatrixRMaj(2, 2);
                assertThrows(IllegalStateException.class, () -> modal.stationary(CommonOps_DDRM.identity(2), out));
                modal.afterSteps(CommonOps_DDRM.identity(2), 10, out);
                assertTrue(out.get(1, 1) > 5);
            }
            assertTrue(recursion.contracts(Math.nextDown(recursion.limit())));
            assertFalse(recursion.contracts(0));
            assertFalse(recursion.contracts(Double.NaN));
        }
        ModalCovariance explosive =
                ModalCovariance.of(SymmetricEigen.of(CommonOps_DDRM.diag(1, 100)), Recursion.plain(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> explosive.afterSteps(CommonOps_DDRM.identity(2), 1_000_000, new DMatrixRMaj(2, 2)));
    }

    /** 1/gain against 40 digits, for curvatures down to 10⁻¹² of the limit. */
    @Test
    void smallCurvaturesKeepTheirDigits() {
        MathContext digits = new MathContext(60);
        for (double beta : new double[] {0, 0.9, 0.999}) {
            Recursion recursion = new Recursion(0.5, beta);
            for (double x : new double[] {1e-12, 1e-6, 0.3, 1 - 1e-9}) {
                for (double y : new double[] {1e-12, 3e-12, 0.7}) {
                    double ha = x * recursion.limit();
                    double hb = y * recursion.limit();
                    BigDecimal b = new BigDecimal(beta);
                    BigDecimal one = BigDecimal.ONE;
                    BigDecimal p = one.add(b).subtract(new BigDecimal(0.5).multiply(new BigDecimal(ha)));
                    BigDecimal q = one.add(b).subtract(new BigDecimal(0.5).multiply(new BigDecimal(hb)));
                    // 1 − β² − pq + [β(p² + q²) − 2β²pq]/(1 − β²), from the moments of (x, x before)
                    BigDecimal square = one.subtract(b.multiply(b));
                    BigDecimal cross = b.multiply(p.multiply(p).add(q.multiply(q)))
                            .subtract(new BigDecimal(2)
                                    .multiply(b)
                                    .multiply(b)
                                    .multiply(p)
                                    .multiply(q));
                    double exact = square.subtract(p.multiply(q))
                            .add(cross.divide(square, digits))
                            .doubleValue();
                    assertEquals(exact, recursion.resistance(ha, hb), 1e-13 * exact);
                }
            }
        }
    }

    @Test
    void refusesBadInput() {
        ModalCovariance modal = ModalCovariance.of(SymmetricEigen.of(CommonOps_DDRM.identity(2)), Recursion.plain(1));
        DMatrixRMaj out = new DMatrixRMaj(2, 2);
        String text = assertThrows(
                        IllegalArgumentException.class, () -> modal.stationary(CommonOps_DDRM.diag(1, -1e-3), out))
                .getMessage();
        assertEquals("modal covariance: q is a matrix with a negative eigenvalue, must be positive semidefinite", text);
        DMatrixRMaj indefinite = new DMatrixRMaj(new double[][] {{0, 1}, {1, 0}});
        assertThrows(IllegalArgumentException.class, () -> modal.stationary(indefinite, out));
        DMatrixRMaj skew = new DMatrixRMaj(new double[][] {{1, 0.1}, {0, 1}});
        assertThrows(IllegalArgumentException.class, () -> modal.stationary(skew, out));
        assertThrows(IllegalArgumentException.class, () -> modal.stationary(CommonOps_DDRM.diag(1, Double.NaN), out));
        assertThrows(IllegalArgumentException.class, () -> modal.stationary(CommonOps_DDRM.identity(3), out));
        assertThrows(IllegalArgumentException.class, () -> modal.stationary(out, out));
        assertThrows(IllegalArgumentException.class, () -> modal.afterSteps(CommonOps_DDRM.identity(2), -1, out));
        assertThrows(IllegalArgumentException.class, () -> new Recursion(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Recursion(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Recursion(Double.NaN, 0));
        // singular and zero covariances are covariances
        modal.stationary(new DMatrixRMaj(new double[][] {{1, 1}, {1, 1}}), out);
        modal.stationary(new DMatrixRMaj(2, 2), out);
        assertEquals(0, CommonOps_DDRM.elementMaxAbs(out));
    }
}
