package dev.lowland.core.linalg.krylov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.DenseOperator;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.linalg.TestMatrices;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** zᵀf(A)z and g(A)z against eigenvectors. */
class LanczosFunctionTest {
    private static final int N = 40;
    /** −log(1 − h/2)/2: the regularizer at η = 1. */
    private static final SpectralFunction VALUE = SpectralFunction.below(2, h -> -0.5 * Math.log1p(-h / 2));

    private static final DoubleUnaryOperator DIRECTION = h -> 1 / Math.sqrt(2 - h);

    /** Eigenvalues in [−0.2, top], the top one alone. */
    private static double[] spectrum(double top) {
        double[] h = new double[N];
        for (int i = 0; i < N; i++) {
            h[i] = -0.2 + 1.2 * i / (N - 1.0);
        }
        h[N - 1] = top;
        return h;
    }

    private static double quadratic(DMatrixRMaj a, DMatrixRMaj z, DoubleUnaryOperator f) {
        return TestMatrices.dot(z, TestMatrices.product(TestMatrices.function(a, f), z));
    }

    @Property(tries = 20)
    void oneRunGivesTheValueAndTheDirection(@ForAll long seed) {
        valueAndDirection(seed);
    }

    static void valueAndDirection(long seed) {
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum(1.9), seed);
        DMatrixRMaj z = TestMatrices.gaussian(N, 1, seed + 1);
        LanczosFunction lanczos = new LanczosFunction(N, 24);
        lanczos.run(DenseOperator.of(a), z);
        double value = quadratic(a, z, VALUE);
        assertEquals(value, lanczos.quadratic(VALUE), 1e-9 * value);
        DMatrixRMaj direction = new DMatrixRMaj(N, 1);
        lanczos.product(DIRECTION, direction);
        DMatrixRMaj expected = TestMatrices.product(TestMatrices.function(a, DIRECTION), z);
        assertEquals(0, TestMatrices.distance(expected, direction), 1e-7);
        assertEquals(Math.sqrt(TestMatrices.dot(direction, direction)), lanczos.productNorm(DIRECTION), 1e-12);
        assertEquals(lanczos.largestRitz(), lanczos.ritz().value(lanczos.ritz().count() - 1));
        assertEquals(lanczos.smallestRitz(), lanczos.ritz().value(0));
    }

    /** A length and what it may be off by go with the function, also where their squares have no number. */
    @Test
    void lengthsAreMeasuredAtAnyScale() {
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum(1.9), 1);
        LanczosFunction lanczos = new LanczosFunction(N, 8);
        lanczos.run(DenseOperator.of(a), TestMatrices.gaussian(N, 1, 2));
        double length = lanczos.productNorm(DIRECTION);
        double error = lanczos.productError(DIRECTION);
        assertTrue(error > 1e-6, "error " + error);
        for (int power : new int[] {-700, 700}) {
            DoubleUnaryOperator scaled = h -> Math.scalb(DIRECTION.applyAsDouble(h), power);
            assertEquals(length, Math.scalb(lanczos.productNorm(scaled), -power), 1e-13 * length);
            assertEquals(error, Math.scalb(lanczos.productError(scaled), -power), 1e-13 * length);
        }
    }

    @Test
    void polynomialsOfDegreeTwiceTheStepsLessOneAreExact() {
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum(1.5), 1);
        DMatrixRMaj z = TestMatrices.gaussian(N, 1, 2);
        LanczosFunction lanczos = new LanczosFunction(N, 3);
        lanczos.run(DenseOperator.of(a), z);
        DoubleUnaryOperator fifth = h -> 1 + h - 3 * h * h + Math.pow(h, 5);
        assertEquals(quadratic(a, z, fifth), lanczos.quadratic(fifth), 1e-11);
        DoubleUnaryOperator sixth = h -> Math.pow(h, 6);
        assertTrue(Math.abs(quadratic(a, z, sixth) - lanczos.quadratic(sixth)) > 1e-4);
        DMatrixRMaj out = new DMatrixRMaj(N, 1);
        DoubleUnaryOperator second = h -> 1 - 2 * h + h * h;
        lanczos.product(second, out);
        DMatrixRMaj expected = TestMatrices.product(TestMatrices.function(a, second), z);
        assertEquals(0, TestMatrices.distance(expected, out), 1e-12);
    }

    @Property(tries = 20)
    void gaussIsBelowAndRadauAbove(@ForAll long seed) {
        bracket(seed);
    }

    static void bracket(long seed) {
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum(1.95), seed);
        DMatrixRMaj z = TestMatrices.gaussian(N, 1, seed + 1);
        double exact = quadratic(a, z, VALUE);
        for (int m = 2; m < 16; m++) {
            LanczosFunction lanczos = new LanczosFunction(N, m);
            lanczos.run(DenseOperator.of(a), z);
            double below = lanczos.quadratic(VALUE);
            for (double node : new double[] {1.95 + 1e-12, 1.99}) {
                double above = lanczos.quadraticWithNode(VALUE, node);
                assertTrue(
                        below <= exact + 1e-12 && exact <= above + 1e-12, m + ": " + below + " " + exact + " " + above);
            }
        }
    }

    /** Once the process converges the estimates are at least half the true errors, and not absurdly large. */
    @Property(tries = 20)
    void errorEstimatesBoundTheErrors(@ForAll long seed) {
        errors(seed);
    }

    static void errors(long seed) {
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum(1.95), seed);
        DMatrixRMaj z = TestMatrices.gaussian(N, 1, seed + 1);
        double value = quadratic(a, z, VALUE);
        DMatrixRMaj direction = TestMatrices.product(TestMatrices.function(a, DIRECTION), z);
        DMatrixRMaj out = new DMatrixRMaj(N, 1);
        for (int m = 8; m < 20; m++) {
            LanczosFunction lanczos = new LanczosFunction(N, m);
            lanczos.run(DenseOperator.of(a), z);
            double error = Math.abs(lanczos.quadratic(VALUE) - value);
            double estimate = lanczos.quadraticError(VALUE);
            assertTrue(error <= 2 * estimate + 1e-12, m + ": " + error + " but estimated " + estimate);
            lanczos.product(DIRECTION, out);
            error = TestMatrices.distance(out, direction);
            estimate = lanczos.productError(DIRECTION);
            assertTrue(error <= 2 * estimate + 1e-11, m + ": direction " + error + " but estimated " + estimate);
            assertTrue(estimate <= 100_000 * error + 1e-9, m + ": direction " + error + " but estimated " + estimate);
        }
    }

    @Test
    void stopsWhenGoodEnough() {
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum(1.5), 1);
        DMatrixRMaj z = TestMatrices.gaussian(N, 1, 2);
        double value = quadratic(a, z, VALUE);
        LanczosFunction lanczos = new LanczosFunction(N, N);
        int before = 1;
        for (double tolerance : new double[] {1e-2, 1e-6, 1e-11}) {
            assertTrue(lanczos.runUntil(DenseOperator.of(a), z, VALUE, LanczosFunction.Goal.relative(tolerance)));
            assertEquals(value, lanczos.quadratic(VALUE), tolerance * value);
            assertTrue(lanczos.process().steps() >= before);
            before = lanczos.process().steps();
        }
        assertTrue(before > 9 && before < N, before + " steps");
    }

    @Test
    void aRitzValueOutsideTheDomainIsReported() {
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum(2.1), 1);
        DMatrixRMaj z = TestMatrices.gaussian(N, 1, 2);
        LanczosFunction lanczos = new LanczosFunction(N, N);
        assertFalse(lanczos.runUntil(DenseOperator.of(a), z, VALUE, LanczosFunction.Goal.relative(1e-10)));
        RitzPairs ritz = lanczos.ritz();
        double top = ritz.value(ritz.count() - 1);
        assertTrue(top >= 2 && top <= SymmetricEigen.of(a).values()[N - 1] + 1e-12);
        DMatrixRMaj y = new DMatrixRMaj(N, 1);
        ritz.vector(ritz.count() - 1, y);
        assertEquals(top, TestMatrices.dot(y, TestMatrices.product(a, y)), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> lanczos.quadratic(VALUE));
        assertThrows(IllegalArgumentException.class, () -> lanczos.product(DIRECTION, y));
        assertThrows(IllegalArgumentException.class, () -> lanczos.quadraticWithNode(VALUE, 2.0));
    }

    /** Zero, the identity, and rank one: exact after one or two steps. */
    @Test
    void hardSpectraAreExact() {
        DMatrixRMaj z = TestMatrices.gaussian(N, 1, 2);
        double zz = TestMatrices.dot(z, z);
        LanczosFunction lanczos = new LanczosFunction(N, 20);
        DoubleUnaryOperator f = h -> Math.exp(h);
        lanczos.run(DenseOperator.of(new DMatrixRMaj(N, N)), z);
        assertEquals(zz, lanczos.quadratic(f), 1e-13 * zz);
        assertEquals(0, lanczos.quadraticError(f));
        lanczos.run(DenseOperator.of(CommonOps_DDRM.identity(N)), z);
        assertEquals(Math.E * zz, lanczos.quadratic(f), 1e-12 * zz);
        double[] one = new double[N];
        one[0] = -3;
        DMatrixRMaj a = TestMatrices.withSpectrum(one, 4);
        lanczos.run(DenseOperator.of(a), z);
        assertEquals(2, lanczos.process().steps());
        assertEquals(quadratic(a, z, f), lanczos.quadratic(f), 1e-12 * zz);
        assertEquals(lanczos.quadratic(f), lanczos.quadraticWithNode(f, 1));
        lanczos.run(DenseOperator.of(a), new DMatrixRMaj(N, 1));
        DMatrixRMaj out = z.copy();
        lanczos.product(f, out);
        assertEquals(0, lanczos.quadratic(f));
        assertEquals(0, TestMatrices.dot(out, out));
    }

    @Test
    void domainsAreOpenIntervals() {
        assertTrue(VALUE.contains(1.9999));
        assertFalse(VALUE.contains(2));
        assertFalse(VALUE.contains(Double.NaN));
        assertTrue(SpectralFunction.everywhere(h -> h).contains(1e300));
        assertThrows(IllegalArgumentException.class, () -> new SpectralFunction(h -> h, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> SpectralFunction.below(Double.NaN, h -> h));
    }
}
