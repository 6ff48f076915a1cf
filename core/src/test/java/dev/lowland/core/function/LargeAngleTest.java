package dev.lowland.core.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Angles beyond 10⁵ against the platform's strict functions, whose results are within one unit in the last place. */
class LargeAngleTest {

    @Test
    void everyExponentIsReducedAsExactlyAsTheStrictFunctionsDo() {
        SplittableRandom random = new SplittableRandom(20261123);
        for (int exponent = 17; exponent <= 1023; exponent++) {
            for (int i = 0; i < 200; i++) {
                double x = Math.scalb(1 + random.nextDouble(), exponent) * (random.nextBoolean() ? 1 : -1);
                close(StrictMath.sin(x), Trigonometry.sin(x), x);
                close(StrictMath.cos(x), Trigonometry.cos(x), x);
            }
        }
    }

    @Test
    void theDoubleNearestToAMultipleOfAQuarterTurnKeepsItsDigits() {
        double nearest = Math.scalb(6381956970095103.0, 797);
        close(StrictMath.cos(nearest), Trigonometry.cos(nearest), nearest);
        assertTrue(Math.abs(Trigonometry.cos(nearest)) < 1e-18);
    }

    @Test
    void bothReductionsMeetAtTheirBorder() {
        for (double x : new double[] {1e5, Math.nextUp(1e5), Math.nextDown(1e5), -1e5, Math.nextDown(-1e5)}) {
            close(StrictMath.sin(x), Trigonometry.sin(x), x);
            close(StrictMath.cos(x), Trigonometry.cos(x), x);
        }
        close(StrictMath.sin(Double.MAX_VALUE), Trigonometry.sin(Double.MAX_VALUE), Double.MAX_VALUE);
    }

    private static void close(double expected, double actual, double x) {
        assertEquals(expected, actual, Math.ulp(expected), () -> "at " + x);
    }
}
