package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class InverseRootTest {

    @Test
    void timesItsTransposeIsTheInverse() {
        for (int n : new int[] {1, 2, 5, 17}) {
            DMatrixRMaj square = Problems.gaussian(n, n, new Random(n));
            DMatrixRMaj a = CommonOps_DDRM.identity(n);
            CommonOps_DDRM.multAddTransB(square, square, a);
            DMatrixRMaj inverse = new DMatrixRMaj(n, n);
            CommonOps_DDRM.invert(a, inverse);
            DMatrixRMaj root = new DMatrixRMaj(n, n);
            assertTrue(InverseRoot.of(a.copy(), root));
            DMatrixRMaj product = new DMatrixRMaj(n, n);
            CommonOps_DDRM.multTransB(root, root, product);
            Close.check("inverse of size " + n, inverse, product, 1e-12);
        }
    }

    @Test
    void saysNoToMatricesThatAreNotPositiveDefinite() {
        DMatrixRMaj root = new DMatrixRMaj(2, 2);
        assertFalse(InverseRoot.of(new DMatrixRMaj(2, 2, true, 1, 2, 2, 1), root));
        assertFalse(InverseRoot.of(new DMatrixRMaj(2, 2, true, 0, 0, 0, 1), root));
        assertFalse(InverseRoot.of(new DMatrixRMaj(2, 2, true, 1, 0, 0, Double.NaN), root));
        assertFalse(InverseRoot.of(new DMatrixRMaj(2, 2, true, Double.POSITIVE_INFINITY, 0, 0, 1), root));
    }
}
