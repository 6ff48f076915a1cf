package dev.lowland.core.linalg.krylov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.DenseOperator;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.linalg.TestMatrices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** The recurrence, its breakdown, and what its Ritz pairs promise. */
class LanczosTest {

    @Property(tries = 40)
    void theRecurrenceHoldsWithAnOrthonormalBasis(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int steps) {
        recurrence(seed, steps);
    }

    static void recurrence(long seed, int steps) {
        int n = 20;
        DMatrixRMaj a = TestMatrices.randomSymmetric(n, seed);
        Lanczos lanczos = new Lanczos(n, steps);
        lanczos.start(TestMatrices.gaussian(n, 1, seed + 1));
        lanczos.advance(DenseOperator.of(a), steps / 2);
        lanczos.advance(DenseOperator.of(a), steps);
        assertEquals(steps, lanczos.steps());
        assertEquals(steps == n, lanczos.invariant());
        DMatrixRMaj[] v = new DMatrixRMaj[steps];
        for (int j = 0; j < steps; j++) {
            v[j] = new DMatrixRMaj(n, 1);
            lanczos.vector(j, v[j]);
            for (int k = 0; k <= j; k++) {
                assertEquals(j == k ? 1 : 0, TestMatrices.dot(v[j], v[k]), 1e-14);
            }
        }
        for (int j = 0; j < steps; j++) {
            DMatrixRMaj rest = TestMatrices.product(a, v[j]);
            CommonOps_DDRM.addEquals(rest, -lanczos.alpha(j), v[j]);
            if (j > 0) {
                CommonOps_DDRM.addEquals(rest, -lanczos.beta(j - 1), v[j - 1]);
            }
            if (j + 1 < steps) {
                CommonOps_DDRM.addEquals(rest, -lanczos.beta(j), v[j + 1]);
                assertEquals(0, TestMatrices.distance(rest, new DMatrixRMaj(n, 1)), 1e-12);
            } else {
                assertEquals(lanczos.beta(j), TestMatrices.distance(rest, new DMatrixRMaj(n, 1)), 1e-12);
            }
        }
        assertTrue(lanczos.asymmetry() < 1e-13, "asymmetry " + lanczos.asymmetry());
    }

    @Property(tries = 20)
    void residualsOfRitzPairsAreWhatTheyAreSaidToBe(@ForAll long seed) {
        residuals(seed);
    }

    static void residuals(long seed) {
        int n = 30;
        DMatrixRMaj a = TestMatrices.randomSymmetric(n, seed);
        double[] exact = SymmetricEigen.of(a).values();
        Lanczos lanczos = new Lanczos(n, 12);
        lanczos.start(TestMatrices.gaussian(n, 1, seed + 1));
        lanczos.advance(DenseOperator.of(a), 12);
        RitzPairs ritz = new RitzPairs(lanczos);
        ritz.solve();
        double weights = 0;
        DMatrixRMaj y = new DMatrixRMaj(n, 1);
        for (int i = 0; i < ritz.count(); i++) {
            ritz.vector(i, y);
            assertEquals(1, TestMatrices.dot(y, y), 1e-13);
            DMatrixRMaj r = TestMatrices.product(a, y);
            CommonOps_DDRM.addEquals(r, -ritz.value(i), y);
            assertEquals(ritz.residual(i), Math.sqrt(TestMatrices.dot(r, r)), 1e-12);
            double nearest = Double.POSITIVE_INFINITY;
            for (double h : exact) {
                nearest = Math.min(nearest, Math.abs(h - ritz.value(i)));
            }
            assertTrue(nearest <= ritz.residual(i) + 1e-12);
            weights += ritz.weight(i);
        }
        assertEquals(1, weights, 1e-13);
        assertTrue(ritz.value(ritz.count() - 1) <= exact[n - 1] + 1e-12);
        assertTrue(ritz.value(0) >= exact[0] - 1e-12);
    }

    /** With k distinct eigenvalues every Krylov space ends at dimension k. */
    @Test
    void stopsWhereTheSpaceIsInvariant() {
        for (int distinct = 1; distinct <= 5; distinct++) {
            double[] spectrum = new double[25];
            for (int i = 0; i < 25; i++) {
                spectrum[i] = (i % distinct) - 1.5;
            }
            Lanczos lanczos = new Lanczos(25, 20);
            lanczos.start(TestMatrices.gaussian(25, 1, 1));
            lanczos.advance(DenseOperator.of(TestMatrices.withSpectrum(spectrum, 2)), 20);
            assertTrue(lanczos.invariant());
            assertEquals(distinct, lanczos.steps());
            RitzPairs ritz = new RitzPairs(lanczos);
            ritz.solve();
            for (int i = 0; i < distinct; i++) {
                assertEquals(i - 1.5, ritz.value(i), 1e-13);
                assertEquals(0, ritz.residual(i));
            }
        }
    }

    @Test
    void breakdownDoesNotDependOnTheScaleOfTheMatrix() {
        for (double scale : new double[] {1e-200, 1e-9, 1, 1e9, 1e200}) {
            double[] spectrum = new double[25];
            for (int i = 0; i < 25; i++) {
                spectrum[i] = ((i % 3) - 1.5) * scale;
            }
            Lanczos lanczos = new Lanczos(25, 20);
            lanczos.start(TestMatrices.gaussian(25, 1, 1));
            lanczos.advance(DenseOperator.of(TestMatrices.withSpectrum(spectrum, 2)), 20);
            assertTrue(lanczos.invariant());
            assertEquals(3, lanczos.steps());
        }
    }

    @Test
    void zeroMatricesAndZeroStartsAreInvariantAtOnce() {
        LinearOperator zero = DenseOperator.of(new DMatrixRMaj(6, 6));
        Lanczos lanczos = new Lanczos(6, 4);
        lanczos.start(TestMatrices.gaussian(6, 1, 1));
        lanczos.advance(zero, 4);
        assertTrue(lanczos.invariant());
        assertEquals(1, lanczos.steps());
        assertEquals(0, lanczos.alpha(0));
        lanczos.start(new DMatrixRMaj(6, 1));
        lanczos.advance(zero, 4);
        assertTrue(lanczos.invariant());
        assertEquals(0, lanczos.steps());
        lanczos.start(TestMatrices.gaussian(6, 1, 1));
        assertFalse(lanczos.invariant());
    }

    @Test
    void seesThatAnOperatorIsNotSymmetric() {
        for (double skew : new double[] {1, 1e-2, 1e-4}) {
            DMatrixRMaj a = TestMatrices.randomSymmetric(20, 3);
            CommonOps_DDRM.addEquals(a, skew, TestMatrices.gaussian(20, 20, 4));
            Lanczos lanczos = new Lanczos(20, 10);
            lanczos.start(TestMatrices.gaussian(20, 1, 5));
            String text = assertThrows(IllegalArgumentException.class, () -> lanczos.advance(DenseOperator.of(a), 10))
                    .getMessage();
            assertTrue(text.contains("relative asymmetry"), text);
        }
        DMatrixRMaj nearly = TestMatrices.randomSymmetric(20, 3);
        CommonOps_DDRM.addEquals(nearly, 1e-9, TestMatrices.gaussian(20, 20, 4));
        Lanczos lanczos = new Lanczos(20, 10);
        lanczos.start(TestMatrices.gaussian(20, 1, 5));
        lanczos.advance(DenseOperator.of(nearly), 10);
        assertTrue(lanczos.asymmetry() > 1e-11 && lanczos.asymmetry() < 1e-8);
    }

    @Test
    void refusesBadInput() {
        Lanczos lanczos = new Lanczos(5, 3);
        assertThrows(IllegalArgumentException.class, () -> lanczos.start(new DMatrixRMaj(4, 1)));
        DMatrixRMaj nan = TestMatrices.gaussian(5, 1, 1);
        nan.data[3] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> lanczos.start(nan));
        lanczos.start(TestMatrices.gaussian(5, 1, 1));
        String text = assertThrows(IllegalArgumentException.class, () -> lanczos.advance(TestMatrices.broken(5), 2))
                .getMessage();
        assertEquals("Lanczos: product of a is NaN at (2, 0), must be finite", text);
        assertThrows(IllegalArgumentException.class, () -> lanczos.advance(DenseOperator.of(new DMatrixRMaj(4, 4)), 2));
    }
}
