package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
final class RangeDecompositionTest {
    private static final double ROUNDING = RangeDecomposition.ROUNDING;

    /** UᵀU = VᵀV = I and A = unit·U·diag(σ)·Vᵀ but for what was cut. */
    private static void check(DMatrixRMaj a, RangeDecomposition found, double tolerance) {
        int r = found.rank();
        double[] sigma = found.values();
        orthonormal(found.left());
        orthonormal(found.right());
        double largest = Norms.unit(a);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++) {
                double rebuilt = 0;
                for (int k = 0; k < r; k++) {
                    rebuilt += found.left().get(i, k) * sigma[k] * found.right().get(j, k);
                }
                assertEquals(a.get(i, j) / largest, rebuilt * (found.unit() / largest), tolerance);
            }
        }
    }

    private static void orthonormal(DMatrixRMaj u) {
        for (int i = 0; i < u.numCols; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int k = 0; k < u.numRows; k++) {
                    product += u.get(k, i) * u.get(k, j);
                }
                assertEquals(i == j ? 1 : 0, product, 1e-12);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "7, 1", "5, 9", "9, 5", "20, 20", "40, 300"})
    void rebuildsRandomMatrices(int rows, int columns) {
        DMatrixRMaj a = TestMatrices.gaussian(rows, columns, 3);
        DMatrixRMaj before = a.copy();
        RangeDecomposition found = RangeDecomposition.of(a, ROUNDING, 0);
        assertArrayEquals(before.data, a.data);
        assertEquals(Math.min(rows, columns), found.rank());
        assertEquals(0, found.cut());
        check(a, found, 1e-13 * Math.max(rows, columns));
    }

    /** Columns of 10⁸, 1, 1 and 2⁻¹⁰; the singular values from 60 digits. */
    @Test
    void columnsOfDifferentSizeKeepTheirDigits() {
        double[][] b = {{3, 1, -2, 4}, {1, 5, 2, -1}, {2, -1, 1, 3}};
        double[] sizes = {1e8, 1, 1, 0x1p-10};
        DMatrixRMaj a = new DMatrixRMaj(b);
        for (int e = 0; e < 12; e++) {
            a.data[e] *= sizes[e % 4];
        }
        RangeDecomposition found = RangeDecomposition.of(a, ROUNDING, 0);
        double[] exact = {374165738.67739414238, 5.2614742866313135569, 2.3366109181770517385};
        for (int i = 0; i < 3; i++) {
            assertEquals(1, found.values()[i] * found.unit() / exact[i], 1e-14, "value " + i);
        }
    }

    /** Down to 10⁻¹¹ of the largest, to about the rounding of the matrix. */
    @Test
    void aWideSpectrumComesOutOnBothSides() {
        int n = 12;
        DMatrixRMaj u = TestMatrices.orthogonal(n, 1);
        DMatrixRMaj v = TestMatrices.orthogonal(30, 2);
        DMatrixRMaj a = new DMatrixRMaj(n, 30);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 30; j++) {
                for (int k = 0; k < n; k++) {
                    a.add(i, j, u.get(i, k) * Math.pow(10, -k) * v.get(j, k));
                }
            }
        }
        for (DMatrixRMaj one : new DMatrixRMaj[] {a, CommonOps_DDRM.transpose(a, null)}) {
            RangeDecomposition found = RangeDecomposition.of(one, ROUNDING, 0);
            assertEquals(n, found.rank());
            check(one, found, 1e-13);
            for (int k = 0; k < n; k++) {
                assertEquals(Math.pow(10, -k), found.values()[k] * found.unit(), 2e-15);
            }
            RangeDecomposition coarse = RangeDecomposition.of(one, 3e-6, 0);
            assertEquals(6, coarse.rank());
            assertEquals(1e-6, coarse.cut(), 1e-15);
            assertEquals(4, RangeDecomposition.of(one, ROUNDING, 3e-4).rank());
        }
    }

    @Test
    void directionsThatAreNotThereAreCut() {
        DMatrixRMaj a = new DMatrixRMaj(8, 15);
        CommonOps_DDRM.mult(TestMatrices.gaussian(8, 3, 1), TestMatrices.gaussian(3, 15, 2), a);
        RangeDecomposition found = RangeDecomposition.of(a, ROUNDING, 0);
        assertEquals(3, found.rank());
        assertTrue(found.cut() > 0 && found.cut() < 1e-14, "cut " + found.cut());
        check(a, found, 1e-13);
        RangeDecomposition none = RangeDecomposition.of(new DMatrixRMaj(3, 2), ROUNDING, 0);
        assertEquals(0, none.rank());
        assertEquals(3, none.left().numRows);
        assertEquals(2, none.right().numRows);
    }

    @ParameterizedTest
    @CsvSource({"0x1p-1060", "0x1p-600", "0x1p600", "0x1p1015"})
    void noSizeIsTooLargeOrTooSmall(double size) {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{3, 1, 0}, {1, 0x1p-9, 2}});
        RangeDecomposition plain = RangeDecomposition.of(a, ROUNDING, 0);
        CommonOps_DDRM.scale(size, a);
        RangeDecomposition found = RangeDecomposition.of(a, ROUNDING, 0);
        assertEquals(2, found.rank());
        for (int k = 0; k < 2; k++) {
            assertEquals(plain.values()[k] * plain.unit(), found.values()[k] * (found.unit() / size), 1e-14);
        }
    }

    @Test
    void refusesBadInput() {
        DMatrixRMaj a = new DMatrixRMaj(2, 2);
        assertThrows(IllegalArgumentException.class, () -> RangeDecomposition.of(new DMatrixRMaj(0, 2), 0, 0));
        assertThrows(IllegalArgumentException.class, () -> RangeDecomposition.of(new DMatrixRMaj(2, 0), 0, 0));
        assertThrows(IllegalArgumentException.class, () -> RangeDecomposition.of(a, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> RangeDecomposition.of(a, 0, -1));
        a.data[3] = Double.POSITIVE_INFINITY;
        assertThrows(IllegalArgumentException.class, () -> RangeDecomposition.of(a, 0, 0));
    }
}
