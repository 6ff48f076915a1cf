package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("once")
final class LongProductTest {
    /** Large enough for several parts, the last of which is smaller. */
    @ParameterizedTest
    @EnumSource(MatrixForm.class)
    void partsMakeTheWholeProduct(MatrixForm form) {
        int rows = 403;
        int inner = 400;
        int columns = 1000;
        DMatrixRMaj a =
                form.leftTransposed() ? TestMatrices.gaussian(inner, rows, 1) : TestMatrices.gaussian(rows, inner, 1);
        DMatrixRMaj b = form.rightTransposed()
                ? TestMatrices.gaussian(columns, inner, 2)
                : TestMatrices.gaussian(inner, columns, 2);
        DMatrixRMaj expected = new DMatrixRMaj(rows, columns);
        DMatrixRMaj found = new DMatrixRMaj(rows, columns);
        Kernels.multiply(form, a, b, expected);
        LongProduct.multiply("test", form, a, b, found);
        assertArrayEquals(expected.data, found.data, 1e-11);
    }

    @Test
    void anInterruptEndsIt() {
        DMatrixRMaj a = new DMatrixRMaj(2, 2);
        Thread.currentThread().interrupt();
        IllegalStateException error = assertThrows(
                IllegalStateException.class,
                () -> LongProduct.multiply("test", MatrixForm.NN, a, a, new DMatrixRMaj(2, 2)));
        assertTrue(Thread.interrupted());
        assertEquals("test: the thread is interrupted, must be left alone until it is done", error.getMessage());
    }
}
