package dev.lowland.core.linalg.krylov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.DenseOperator;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.TestMatrices;
import dev.lowland.core.linalg.krylov.ConjugateGradients.Status;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Solutions against EJML's, and the proof that a matrix is not positive definite. */
class ConjugateGradientsTest {
    private static final int N = 30;
    private final ConjugateGradients solver = new ConjugateGradients(N);
    private final DMatrixRMaj b = TestMatrices.gaussian(N, 1, 2);

    private static DMatrixRMaj withEigenvalues(double first, double low, double high, long seed) {
        double[] h = new double[N];
        for (int i = 0; i < N; i++) {
            h[i] = low * Math.pow(high / low, i / (N - 1.0));
        }
        h[0] = first;
        return TestMatrices.withSpectrum(h, seed);
    }

    @Property(tries = 20)
    void solvesPositiveDefiniteSystems(@ForAll long seed) {
        DMatrixRMaj m = withEigenvalues(1e-3, 1e-3, 10, seed);
        DMatrixRMaj x = TestMatrices.gaussian(N, 1, seed + 1);
        assertEquals(Status.CONVERGED, solver.solve(DenseOperator.of(m), b, x, 1e-10, 10 * N));
        DMatrixRMaj expected = new DMatrixRMaj(N, 1);
        CommonOps_DDRM.solve(m, b, expected);
        assertEquals(0, TestMatrices.distance(expected, x), 1e-6);
        DMatrixRMaj image = TestMatrices.product(m, x);
        assertEquals(TestMatrices.distance(b, image), solver.residualNorm(), 1e-12);
        assertTrue(solver.residualNorm() <= 1e-10 * Math.sqrt(TestMatrices.dot(b, b)));
        assertTrue(solver.curvature() > 0);
    }

    /** A good preconditioner makes it one step; a diagonal one is better than none on a badly scaled matrix. */
    @Test
    void preconditionersSaveIterations() {
        DMatrixRMaj m = withEigenvalues(1e-4, 1e-4, 1, 1);
        DMatrixRMaj inverse = new DMatrixRMaj(N, N);
        CommonOps_DDRM.invert(m, inverse);
        DMatrixRMaj x = new DMatrixRMaj(N, 1);
        assertEquals(Status.CONVERGED, solver.solve(DenseOperator.of(m), DenseOperator.of(inverse), b, x, 1e-8, 100));
        assertTrue(solver.iterations() <= 2, solver.iterations() + " iterations");
        x.zero();
        solver.solve(DenseOperator.of(m), b, x, 1e-8, 200);
        assertTrue(solver.iterations() > 20);
        badlyScaled();
        CommonOps_DDRM.scale(-1, inverse);
        String text = assertThrows(
                        IllegalArgumentException.class,
                        () -> solver.solve(
                                DenseOperator.of(m), DenseOperator.of(inverse), b, new DMatrixRMaj(N, 1), 1e-8, 9))
                .getMessage();
        assertTrue(text.contains("preconditioner"), text);
    }

    /** D·M·D with D over four orders of magnitude: the diagonal preconditioner undoes it. */
    private void badlyScaled() {
        DMatrixRMaj m = withEigenvalues(1, 1, 3, 2);
        DMatrixRMaj inverse = new DMatrixRMaj(N, N);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                m.data[i * N + j] *= Math.pow(10, 4.0 * i / N) * Math.pow(10, 4.0 * j / N);
            }
            inverse.set(i, i, 1 / m.get(i, i));
        }
        DMatrixRMaj x = new DMatrixRMaj(N, 1);
        assertEquals(Status.CONVERGED, solver.solve(DenseOperator.of(m), DenseOperator.of(inverse), b, x, 1e-8, 40));
        DMatrixRMaj expected = new DMatrixRMaj(N, 1);
        CommonOps_DDRM.solve(m, b, expected);
        assertEquals(0, TestMatrices.distance(expected, x), 1e-6 * Math.sqrt(TestMatrices.dot(x, x)));
        x.zero();
        assertEquals(Status.BUDGET, solver.solve(DenseOperator.of(m), b, x, 1e-8, 40));
    }

    @Property(tries = 20)
    void anyNegativeEigenvalueIsProved(@ForAll long seed) {
        for (double negative : new double[] {-1e-6, -1, -100}) {
            DMatrixRMaj m = withEigenvalues(negative, 1e-2, 1, seed);
            DMatrixRMaj x = new DMatrixRMaj(N, 1);
            assertEquals(Status.INDEFINITE, solver.solve(DenseOperator.of(m), b, x, 1e-12, 10 * N));
            DMatrixRMaj p = solver.direction();
            double curvature = TestMatrices.dot(p, TestMatrices.product(m, p));
            assertTrue(curvature <= 0, "curvature " + curvature);
            assertEquals(curvature, solver.curvature(), 1e-9 * TestMatrices.dot(p, p));
        }
    }

    /** diag(1, 0): the second direction is in the null space exactly. */
    @Test
    void exactlyAtTheLimitIsNotPositiveDefinite() {
        ConjugateGradients two = new ConjugateGradients(2);
        LinearOperator m = DenseOperator.of(CommonOps_DDRM.diag(1, 0));
        DMatrixRMaj ones = new DMatrixRMaj(new double[][] {{1}, {1}});
        DMatrixRMaj x = new DMatrixRMaj(2, 1);
        assertEquals(Status.INDEFINITE, two.solve(m, ones, x, 1e-10, 10));
        assertEquals(0, two.curvature());
        assertEquals(0, two.direction().data[0]);
        assertTrue(two.direction().data[1] != 0);
        LinearOperator zero = DenseOperator.of(new DMatrixRMaj(2, 2));
        assertEquals(Status.INDEFINITE, two.solve(zero, ones, new DMatrixRMaj(2, 1), 1e-10, 10));
    }

    @Test
    void aRightSideInTheRangeOfASemidefiniteMatrixIsSolved() {
        double[] h = new double[N];
        for (int i = N / 2; i < N; i++) {
            h[i] = 1 + i;
        }
        DMatrixRMaj m = TestMatrices.withSpectrum(h, 3);
        DMatrixRMaj right = TestMatrices.product(m, b);
        DMatrixRMaj x = new DMatrixRMaj(N, 1);
        assertEquals(Status.CONVERGED, solver.solve(DenseOperator.of(m), right, x, 1e-10, 100));
        assertEquals(0, TestMatrices.distance(right, TestMatrices.product(m, x)), 1e-7);
    }

    @Test
    void zeroRightSidesNeedNoIterations() {
        DMatrixRMaj m = withEigenvalues(1, 1, 2, 1);
        DMatrixRMaj x = new DMatrixRMaj(N, 1);
        assertEquals(Status.CONVERGED, solver.solve(DenseOperator.of(m), new DMatrixRMaj(N, 1), x, 1e-10, 0));
        assertEquals(0, TestMatrices.dot(x, x));
        assertEquals(0, solver.iterations());
    }

    @Test
    void runningOutIsSaidAndTheResidualIsTrue() {
        DMatrixRMaj m = withEigenvalues(1e-6, 1e-6, 1, 1);
        DMatrixRMaj x = new DMatrixRMaj(N, 1);
        assertEquals(Status.BUDGET, solver.solve(DenseOperator.of(m), b, x, 1e-10, 5));
        assertEquals(5, solver.iterations());
        assertEquals(TestMatrices.distance(b, TestMatrices.product(m, x)), solver.residualNorm(), 1e-12);
        assertEquals(Status.STAGNATED, solver.solve(DenseOperator.of(m), b, x, 1e-17, 10_000));
        assertEquals(TestMatrices.distance(b, TestMatrices.product(m, x)), solver.residualNorm(), 1e-10);
    }

    @Test
    void refusesBadInput() {
        LinearOperator m = DenseOperator.of(withEigenvalues(1, 1, 2, 1));
        DMatrixRMaj x = new DMatrixRMaj(N, 1);
        assertThrows(IllegalArgumentException.class, () -> solver.solve(m, b, b, 1e-8, 9));
        assertThrows(IllegalArgumentException.class, () -> solver.solve(m, new DMatrixRMaj(3, 1), x, 1e-8, 9));
        assertThrows(IllegalArgumentException.class, () -> solver.solve(m, b, x, 0, 9));
        assertThrows(IllegalArgumentException.class, () -> solver.solve(TestMatrices.broken(N), b, x, 1e-8, 9));
        assertThrows(IllegalArgumentException.class, () -> solver.solve(TestMatrices.broken(N + 1), b, x, 1e-8, 9));
        DMatrixRMaj nan = b.copy();
        nan.data[1] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> solver.solve(m, nan, x, 1e-8, 9));
    }
}
