package dev.lowland.theory.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** A point of one's own becomes a global minimum, and its spectrum is that of the Hessian there. */
class SettingTest {

    private static final DMatrixRMaj INPUTS = new DMatrixRMaj(new double[][] {{3, 4}});

    @Test
    void aPointIsMadeAMinimum() {
        DMatrixRMaj theta = new DMatrixRMaj(new double[][] {{0.5}, {-2}});
        Setting setting = Setting.interpolating("linear", Models.linear(2), INPUTS, theta);
        assertEquals(0, setting.objective().loss(theta));
        assertEquals(-6.5, setting.objective().data().targets().get(0, 0), 1e-15);
        assertEquals(25, setting.top(), 1e-13);
        assertEquals(1, setting.rank());
        assertEquals(1, setting.conditioning());
        assertEquals(0.02, setting.learningRate(0.5), 1e-16);
        assertEquals(0.6, Math.abs(setting.eigenvector(0).get(0, 0)), 1e-14);
        DMatrixRMaj tangent = setting.nullProjector();
        assertEquals(0.64, tangent.get(0, 0), 1e-14);
        assertEquals(-0.48, tangent.get(0, 1), 1e-14);
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        DMatrixRMaj three = new DMatrixRMaj(3, 1);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Setting.interpolating("linear", Models.linear(2), INPUTS, three))
                .getMessage();
        assertTrue(message.contains("3") && message.contains("2"), message);
    }
}
