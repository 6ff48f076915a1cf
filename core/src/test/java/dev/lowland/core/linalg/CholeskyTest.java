package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
final class CholeskyTest {
    @Test
    void theInverseOfTheFactorTimesItsTransposeIsTheInverse() {
        for (int n : new int[] {1, 2, 5, 17, 60}) {
            DMatrixRMaj square = TestMatrices.gaussian(n, n, n);
            DMatrixRMaj a = CommonOps_DDRM.identity(n);
            CommonOps_DDRM.multAddTransB(square, square, a);
            DMatrixRMaj inverse = new DMatrixRMaj(n, n);
            CommonOps_DDRM.invert(a, inverse);
            DMatrixRMaj root = new DMatrixRMaj(n, n);
            DMatrixRMaj factor = a.copy();
            assertTrue(Cholesky.factor(factor));
            Cholesky.invert(factor, root);
            DMatrixRMaj product = new DMatrixRMaj(n, n);
            CommonOps_DDRM.multTransB(root, root, product);
            assertEquals(0, TestMatrices.distance(inverse, product), 1e-12 * Norms.two(inverse), "size " + n);
        }
    }

    @Test
    void saysNoToMatricesThatAreNotPositiveDefinite() {
        assertFalse(Cholesky.factor(new DMatrixRMaj(2, 2, true, 1, 2, 2, 1)));
        assertFalse(Cholesky.factor(new DMatrixRMaj(2, 2, true, 0, 0, 0, 1)));
        assertFalse(Cholesky.factor(new DMatrixRMaj(2, 2, true, 1, 0, 0, Double.NaN)));
        assertFalse(Cholesky.factor(new DMatrixRMaj(2, 2, true, Double.POSITIVE_INFINITY, 0, 0, 1)));
        assertTrue(Cholesky.factor(new DMatrixRMaj(0, 0)));
    }
}
