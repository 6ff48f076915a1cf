package dev.lowland.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;

/** Every example reaches the minimum that is known from elsewhere. */
class ExamplesTest {

    /** By Newton's method in arithmetic of 40 digits. */
    @Test
    void logisticRegressionByBfgs() {
        double[] expected = {-0.24045493915611700939, 0.90228048167988799734, -0.024487253415132032941};
        assertArrayEquals(expected, LogisticRegressionByBfgs.weights().data, 1e-9);
    }

    @Test
    void factorisationByTrustRegion() {
        DMatrixRMaj a = FactorisationByTrustRegion.matrix();
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(a.numRows, a.numCols, false, false, true);
        svd.decompose(a.copy());
        double[] values = svd.getSingularValues().clone();
        Arrays.sort(values);
        double expected = 0;
        for (int i = 0; i < values.length - 2; i++) {
            expected += values[i] * values[i] / 2;
        }
        assertEquals(expected, FactorisationByTrustRegion.smallestValue(), 1e-10 * expected);
    }
}
