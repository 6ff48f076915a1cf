package dev.lowland.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.kernel.contract.Twins;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

final class KernelsTest {
    @Test
    void theSameKernelsEveryTime() {
        assertSame(Kernels.active(), Kernels.active());
        assertTrue(Kernels.describe().startsWith(Kernels.active().name() + ": "), Kernels.describe());
        assertFalse(Kernels.describe().contains("\n"));
        assertEquals("scalar", Kernels.scalar().name());
    }

    @Test
    void productsAgreeWithEjmlInEveryForm() {
        for (MatrixForm form : MatrixForm.values()) {
            DMatrixRMaj a = form.leftTransposed() ? matrix(7, 9, 1) : matrix(9, 7, 1);
            DMatrixRMaj b = form.rightTransposed() ? matrix(21, 7, 2) : matrix(7, 21, 2);
            DMatrixRMaj c = matrix(9, 21, 3);
            DMatrixRMaj left = form.leftTransposed() ? CommonOps_DDRM.transpose(a, null) : a;
            DMatrixRMaj right = form.rightTransposed() ? CommonOps_DDRM.transpose(b, null) : b;
            DMatrixRMaj expected = CommonOps_DDRM.mult(left, right, null);
            DMatrixRMaj expectedSum = new DMatrixRMaj(9, 21);
            CommonOps_DDRM.add(expected, c, expectedSum);
            Kernels.multiplyAdd(form, a, b, c);
            assertNear(expectedSum, c);
            Kernels.multiply(form, a, b, c);
            assertNear(expected, c);
        }
    }

    @Test
    void vectorOperations() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{1, 2, 3}});
        DMatrixRMaj y = new DMatrixRMaj(new double[][] {{10, 20, 30}});
        assertEquals(140, Kernels.dot(x, y));
        assertEquals(60, Kernels.sum(y));
        Kernels.axpy(-2, x, y);
        assertEquals(8, y.get(0, 0));
        assertEquals(24, y.get(0, 2));
    }

    @Test
    void onlyTheEntriesOfAReshapedMatrixCount() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{1, 2, Double.NaN}});
        x.reshape(1, 2);
        assertEquals(5, Kernels.dot(x, x));
        assertEquals(3, Kernels.sum(x));
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        DMatrixRMaj a = new DMatrixRMaj(2, 3);
        DMatrixRMaj b = new DMatrixRMaj(3, 4);
        DMatrixRMaj c = new DMatrixRMaj(2, 4);
        assertText("multiply: b is 2×3, must be 3×3", () -> Kernels.multiply(MatrixForm.NN, a, a, c));
        assertText("multiply: c is 3×4, must be 2×4", () -> Kernels.multiply(MatrixForm.NN, a, b, b.copy()));
        assertText("multiplyAdd: b is 3×4, must be 2×4", () -> Kernels.multiplyAdd(MatrixForm.TN, a, b, c));
        assertText("multiply: b is 3×4, must be 3×3", () -> Kernels.multiply(MatrixForm.NT, a, b, c));
        assertText("axpy: y is 3×4, must be 2×3", () -> Kernels.axpy(1, a, b));
        assertText("dot: y is 3×4, must be 2×3", () -> Kernels.dot(a, b));
        DMatrixRMaj s = new DMatrixRMaj(2, 2);
        DMatrixRMaj t = new DMatrixRMaj(2, 2);
        assertText(
                "multiply: c is the same memory as a, must be another matrix",
                () -> Kernels.multiply(MatrixForm.NN, s, t, s));
        assertText(
                "multiply: c is the same memory as b, must be another matrix",
                () -> Kernels.multiply(MatrixForm.NN, s, t, t));
    }

    private static void assertText(String text, Runnable call) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    private static DMatrixRMaj matrix(int rows, int columns, long seed) {
        DMatrixRMaj m = new DMatrixRMaj(rows, columns);
        System.arraycopy(Twins.gaussians(rows * columns, seed), 0, m.data, 0, rows * columns);
        return m;
    }

    private static void assertNear(DMatrixRMaj expected, DMatrixRMaj found) {
        for (int e = 0; e < expected.getNumElements(); e++) {
            assertEquals(expected.data[e], found.data[e], 1e-13);
        }
    }
}
