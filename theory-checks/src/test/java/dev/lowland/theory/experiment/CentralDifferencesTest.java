package dev.lowland.theory.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Differences against derivatives known in closed form. */
class CentralDifferencesTest {

    @Test
    void derivativesAlongADirection() {
        DMatrixRMaj theta = new DMatrixRMaj(new double[][] {{0.3}, {-0.7}});
        DMatrixRMaj direction = new DMatrixRMaj(new double[][] {{2}, {1}});
        double[] slope = CentralDifferences.along(
                at -> new double[] {Math.sin(at.data[0]) * at.data[1], Math.exp(at.data[1])}, theta, direction, 0.05);
        assertEquals(2 * Math.cos(0.3) * -0.7 + Math.sin(0.3), slope[0], 1e-12);
        assertEquals(Math.exp(-0.7), slope[1], 1e-12);
    }
}
