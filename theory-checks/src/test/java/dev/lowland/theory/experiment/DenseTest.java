package dev.lowland.theory.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Where these operations are more than names for EJML's. */
class DenseTest {

    @Test
    void theNormOfWhatIsNotANumberIsNotANumber() {
        assertTrue(Double.isNaN(Dense.norm(new DMatrixRMaj(new double[][] {{3}, {Double.NaN}}))));
        assertEquals(5, Dense.norm(new DMatrixRMaj(new double[][] {{3}, {4}})), 1e-15);
        assertEquals(0, Dense.norm(new DMatrixRMaj(2, 1)));
    }

    @Test
    void arraysHaveExactlyTheEntries() {
        DMatrixRMaj shrunk = new DMatrixRMaj(3, 1);
        shrunk.reshape(2, 1);
        assertEquals(2, Dense.array(shrunk).length);
    }
}
