package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Operators against the matrices that they stand for. */
class OperatorsTest {
    private static final int N = 13;
    private final DMatrixRMaj a = TestMatrices.randomSymmetric(N, 1);
    private final DMatrixRMaj v = TestMatrices.gaussian(N, 1, 2);

    private static DMatrixRMaj apply(LinearOperator operator, DMatrixRMaj v) {
        DMatrixRMaj out = new DMatrixRMaj(operator.size(), 1);
        out.fill(Double.NaN);
        operator.apply(v, out);
        return out;
    }

    @Test
    void denseIsTheMatrixProduct() {
        assertTrue(TestMatrices.distance(TestMatrices.product(a, v), apply(DenseOperator.of(a), v)) < 1e-13);
    }

    @Test
    void denseDoesNotNeedSymmetry() {
        DMatrixRMaj g = TestMatrices.gaussian(N, N, 3);
        assertTrue(TestMatrices.distance(TestMatrices.product(g, v), apply(DenseOperator.of(g), v)) < 1e-13);
    }

    @Test
    void denseRefusesWhatIsNoSquareFiniteMatrix() {
        DMatrixRMaj nan = a.copy();
        nan.set(2, 3, Double.NaN);
        String text = assertThrows(IllegalArgumentException.class, () -> DenseOperator.of(nan))
                .getMessage();
        assertEquals("dense operator: a is NaN at (2, 3), must be finite", text);
        assertThrows(IllegalArgumentException.class, () -> DenseOperator.of(new DMatrixRMaj(2, 3)));
        assertThrows(IllegalArgumentException.class, () -> DenseOperator.of(new DMatrixRMaj(0, 0)));
        LinearOperator operator = DenseOperator.of(a);
        assertThrows(IllegalArgumentException.class, () -> operator.apply(new DMatrixRMaj(N, 2), v));
        assertThrows(IllegalArgumentException.class, () -> operator.apply(v, v));
    }

    @Test
    void shiftedIsScaleTimesTheMatrixPlusShift() {
        DMatrixRMaj expected = TestMatrices.product(a, v);
        CommonOps_DDRM.scale(-0.25, expected);
        CommonOps_DDRM.addEquals(expected, 2, v);
        assertTrue(TestMatrices.distance(expected, apply(ShiftedOperator.of(DenseOperator.of(a), -0.25, 2), v))
                < 1e-13);
        assertThrows(IllegalArgumentException.class, () -> ShiftedOperator.of(DenseOperator.of(a), Double.NaN, 2));
    }

    @Test
    void deflatedHasTheRemovedEigenvaluesAtZero() {
        SymmetricEigen eigen = SymmetricEigen.of(a);
        DMatrixRMaj u = new DMatrixRMaj(N, 2);
        CommonOps_DDRM.extract(eigen.vectors(), 0, N, N - 2, N, u, 0, 0);
        DeflatedOperator deflated = DeflatedOperator.of(DenseOperator.of(a), Subspace.of(u));
        for (int j = 0; j < N; j++) {
            DMatrixRMaj expected = TestMatrices.column(eigen.vectors(), j);
            DMatrixRMaj image = apply(deflated, expected.copy());
            CommonOps_DDRM.scale(j < N - 2 ? eigen.values()[j] : 0, expected);
            assertTrue(TestMatrices.distance(expected, image) < 1e-12);
        }
    }

    @Test
    void deflatedProjectsOnBothSidesWhateverTheVectors() {
        DMatrixRMaj q = TestMatrices.orthogonal(N, 5);
        DMatrixRMaj u = new DMatrixRMaj(N, 3);
        CommonOps_DDRM.extract(q, 0, N, 0, 3, u, 0, 0);
        DMatrixRMaj projector = CommonOps_DDRM.identity(N);
        CommonOps_DDRM.multAddTransB(-1, u, u, projector);
        DMatrixRMaj expected =
                TestMatrices.product(projector, TestMatrices.product(a, TestMatrices.product(projector, v)));
        DMatrixRMaj image = apply(DeflatedOperator.of(DenseOperator.of(a), Subspace.of(u)), v);
        assertTrue(TestMatrices.distance(expected, image) < 1e-13);
        assertThrows(
                IllegalArgumentException.class, () -> DeflatedOperator.of(DenseOperator.of(a), Subspace.empty(N + 1)));
    }

    /** What is left of a vector that lies almost in U is orthogonal to U, relative to its own small length. */
    @Test
    void projectionsAreOrthogonalToWorkingPrecision() {
        DMatrixRMaj q = TestMatrices.orthogonal(N, 5);
        DMatrixRMaj u = new DMatrixRMaj(N, 3);
        CommonOps_DDRM.extract(q, 0, N, 0, 3, u, 0, 0);
        DMatrixRMaj almost = TestMatrices.column(q, 1);
        CommonOps_DDRM.addEquals(almost, 0.7, TestMatrices.column(q, 2));
        CommonOps_DDRM.addEquals(almost, 1e-9, TestMatrices.column(q, 8));
        Subspace.of(u).projectAway(almost);
        assertEquals(1e-9, Norms.two(almost), 1e-15);
        for (int j = 0; j < 3; j++) {
            assertEquals(0, TestMatrices.dot(almost, TestMatrices.column(q, j)), 1e-15 * 1e-9);
        }
    }

    @Test
    void subspacesRefuseVectorsThatAreNotOrthonormal() {
        DMatrixRMaj u = new DMatrixRMaj(N, 2);
        u.set(0, 0, 1);
        u.set(0, 1, 1e-6);
        u.set(1, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> Subspace.of(u));
        u.set(0, 1, 0);
        DMatrixRMaj second = new DMatrixRMaj(N, 1);
        Subspace.of(u).copy(1, second);
        assertEquals(1, second.data[1]);
        u.set(1, 1, 1.001);
        assertThrows(IllegalArgumentException.class, () -> Subspace.of(u));
        assertThrows(IllegalArgumentException.class, () -> Subspace.of(new DMatrixRMaj(2, 3)));
    }

    @Test
    void theSymmetryProbeMeasuresTheSizeOfTheSkewPart() {
        LinearOperator symmetric = DenseOperator.of(a);
        assertTrue(SymmetryProbe.asymmetry(symmetric, TestMatrices.stream(9), 5) < 1e-15);
        for (double skew : new double[] {1e-1, 1e-4, 1e-7}) {
            DMatrixRMaj b = a.copy();
            DMatrixRMaj g = TestMatrices.gaussian(N, N, 4);
            CommonOps_DDRM.addEquals(b, skew, g);
            DMatrixRMaj difference = new DMatrixRMaj(N, N);
            CommonOps_DDRM.transpose(b, difference);
            CommonOps_DDRM.subtractEquals(difference, b);
            double stated = norm(difference) / (Math.sqrt(2) * norm(b));
            double found = SymmetryProbe.asymmetry(DenseOperator.of(b), TestMatrices.stream(9), 5);
            assertTrue(found > stated / 3 && found < 4 * stated, skew + ": " + found + " for " + stated);
        }
    }

    @Test
    void theSymmetryProbeRefusesByName() {
        LinearOperator skew = DenseOperator.of(TestMatrices.gaussian(N, N, 4));
        String text = assertThrows(
                        IllegalArgumentException.class,
                        () -> SymmetryProbe.require("trace", skew, TestMatrices.stream(1), 1e-8))
                .getMessage();
        assertTrue(text.startsWith("trace: a is an operator of relative asymmetry"), text);
        SymmetryProbe.require("trace", DenseOperator.of(a), TestMatrices.stream(1), 1e-8);
        SymmetryProbe.require("trace", DenseOperator.of(new DMatrixRMaj(3, 3)), TestMatrices.stream(1), 1e-8);
        assertThrows(
                IllegalArgumentException.class,
                () -> SymmetryProbe.asymmetry(TestMatrices.broken(4), TestMatrices.stream(1), 1));
    }

    private static double norm(DMatrixRMaj m) {
        return TestMatrices.distance(m, new DMatrixRMaj(m.numRows, m.numCols));
    }

    @Test
    void normsSurviveTheEndsOfTheRange() {
        for (double scale : new double[] {1, 1e-300, 1e300, 4e-324, 1e-160}) {
            DMatrixRMaj x = new DMatrixRMaj(new double[][] {{3 * scale}, {0}, {-4 * scale}});
            assertEquals(5 * scale, Norms.two(x), 1e-15 * 5 * scale);
        }
        assertArrayEquals(new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}, new double[] {
            Norms.two(new DMatrixRMaj(3, 1)),
            Norms.two(new DMatrixRMaj(new double[][] {{1}, {Double.NaN}})),
            Norms.two(new DMatrixRMaj(new double[][] {{1}, {Double.NEGATIVE_INFINITY}}))
        });
    }
}
