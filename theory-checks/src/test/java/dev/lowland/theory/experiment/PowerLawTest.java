package dev.lowland.theory.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fits to laws that are known. */
class PowerLawTest {

    private static final double[] X = {1.6e-2, 5e-3, 1.6e-3, 5e-4, 1.6e-4, 5e-5, 1.6e-5};

    private static double[] equal(double value) {
        double[] out = new double[X.length];
        Arrays.fill(out, value);
        return out;
    }

    private static double[] law(double exponent, double root, double linear, double more) {
        double[] y = new double[X.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = 3
                    * Math.pow(X[i], exponent)
                    * Math.exp(root * Math.sqrt(X[i]) + linear * X[i] + more * Math.pow(X[i] / X[0], 1.5));
        }
        return y;
    }

    @Test
    void aLawOfItsOwnFormIsFoundExactly() {
        PowerLaw law = PowerLaw.fit(X, law(0.75, 5, -20, 0), equal(0.01), 0.5, 1);
        assertEquals(0.75, law.exponent(), 1e-10);
        assertEquals(law(0.75, 5, -20, 0)[2], law.value(X[2]), 1e-10);
    }

    @Test
    void theNextOrdersMatter() {
        double[] y = law(0.75, 5, 0, 0);
        assertTrue(Math.abs(PowerLaw.fit(X, y, equal(0.01)).exponent() - 0.75) > 0.02);
        assertEquals(0.75, PowerLaw.fit(X, y, equal(0.01), 0.5).exponent(), 1e-10);
    }

    @Test
    void leverageIsTheShiftByATermThatIsLeftOut() {
        PowerLaw without = PowerLaw.fit(X, law(0.75, 5, -20, 0), equal(0.01), 0.5, 1);
        PowerLaw with = PowerLaw.fit(X, law(0.75, 5, -20, 0.7), equal(0.01), 0.5, 1);
        assertEquals(0.7 * without.leverage(1.5), Math.abs(with.exponent() - without.exponent()), 1e-10);
    }

    @Test
    void standardErrorsAreThoseOfRepetitions() {
        Random random = new Random(5);
        double[] errors = {0.01, 0.02, 0.01, 0.03, 0.02, 0.01, 0.02};
        double squares = 0;
        double expected = 0;
        int trials = 2000;
        for (int t = 0; t < trials; t++) {
            double[] y = law(0.75, 5, -20, 0);
            for (int i = 0; i < y.length; i++) {
                y[i] *= Math.exp(errors[i] * random.nextGaussian());
            }
            PowerLaw law = PowerLaw.fit(X, y, errors, 0.5, 1);
            squares += (law.exponent() - 0.75) * (law.exponent() - 0.75);
            expected = law.standardError();
        }
        assertEquals(1, Math.sqrt(squares / trials) / expected, 0.08);
    }

    @Test
    void preciseValuesWeighMore() {
        double[] y = law(0.75, 0, 0, 0);
        y[3] *= 2;
        double[] errors = equal(0.01);
        errors[3] = 1e4;
        assertEquals(0.75, PowerLaw.fit(X, y, errors).exponent(), 1e-6);
        assertTrue(Math.abs(PowerLaw.fit(X, y, equal(0.01), 0.5).exponent() - 0.75) > 1e-3);
    }

    @Test
    void nonsenseIsRefused() {
        double[] y = law(1, 0, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> PowerLaw.fit(X, new double[] {1, 2}, equal(1)));
        assertThrows(IllegalArgumentException.class, () -> PowerLaw.fit(X, y, equal(0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> PowerLaw.fit(new double[] {1, 2}, new double[] {1, 2}, new double[] {1, 1}, 1));
        y[2] = -1;
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> PowerLaw.fit(X, y, equal(1)));
        assertEquals("fit a power law: y[2] is -1.0, must be positive", error.getMessage());
    }
}
