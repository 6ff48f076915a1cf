package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lowland.core.kernel.Kernels;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Norms over the whole range of numbers. */
class NormsTest {

    /** Lengths with and without a rest behind the vectors. */
    private static final int[] LENGTHS = {1, 2, 7, 8, 9, 33};

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-320, Double.MIN_NORMAL, 1e-200, 1e-140, 1, 1e140, 1e200, 1e307})
    void isRightAtEveryScale(double scale) {
        for (int length : LENGTHS) {
            double[] v = new double[length];
            Arrays.fill(v, -scale);
            double expected = scale * Math.sqrt(length);
            check(expected, v);
            v[length / 2] = 0;
            check(scale * Math.sqrt(length - 1.0), v);
        }
    }

    /** Denormal numbers are whole multiples of the smallest one, so the last of them is the tolerance there. */
    private static void check(double expected, double[] v) {
        double tolerance = Math.max(4e-16 * expected, Double.MIN_VALUE);
        assertEquals(expected, Norms.two(v), tolerance);
        assertEquals(expected, Norms.scaled(v), Math.max(2e-15 * expected, Double.MIN_VALUE));
        assertEquals(expected, Norms.distance(v, new double[v.length]), Math.max(2e-15 * expected, Double.MIN_VALUE));
    }

    @Test
    void aLargeEntryDoesNotHideSmallOnes() {
        assertEquals(5e200, Norms.two(new double[] {3e200, 4e200}), 1e185);
        assertEquals(5e-200, Norms.two(new double[] {3e-200, 4e-200}), 1e-215);
        assertEquals(1e200, Norms.two(new double[] {1e200, 1e-200}));
        assertEquals(Double.MAX_VALUE, Norms.two(new double[] {0, -Double.MAX_VALUE}));
        assertEquals(
                Double.POSITIVE_INFINITY, Norms.two(new double[] {Double.MAX_VALUE, Double.MAX_VALUE}), "as it is");
    }

    @Test
    void aNanComesThroughWhereverItIs() {
        for (double other : new double[] {0, 1, 1e-320, 1e200, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (int place = 0; place < 20; place++) {
                double[] v = new double[20];
                Arrays.fill(v, other);
                v[place] = Double.NaN;
                assertEquals(Double.NaN, Norms.two(v));
                assertEquals(Double.NaN, Norms.scaled(v));
                assertEquals(Double.NaN, Norms.scaled(new DMatrixRMaj(4, 5, true, v)));
                assertEquals(Double.NaN, Norms.two(new DMatrixRMaj(4, 5, true, v)));
                assertEquals(Double.NaN, Norms.distance(v, new double[20]));
                assertEquals(Double.NaN, Norms.distance(new double[20], v));
            }
        }
    }

    @Test
    void infinityIsInfinite() {
        for (double infinite : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            double[] v = {1, infinite, 0, 1e-300};
            assertEquals(Double.POSITIVE_INFINITY, Norms.two(v));
            assertEquals(Double.POSITIVE_INFINITY, Norms.scaled(v));
            assertEquals(Double.POSITIVE_INFINITY, Norms.distance(v, new double[4]));
            assertEquals(Double.NaN, Norms.distance(v, v));
        }
    }

    @Test
    void nothingHasLengthZero() {
        assertEquals(0, Norms.two(new double[0]));
        assertEquals(0, Norms.scaled(new double[0]));
        assertEquals(0, Norms.two(new DMatrixRMaj(0, 3)));
        assertEquals(0, Norms.two(new double[] {0, -0.0, 0}));
        assertEquals(0, Norms.distance(new double[0], new double[0]));
        assertEquals(0, Norms.distance(new double[] {1e300, 3}, new double[] {1e300, 3}));
    }

    @Test
    void aPartIsThePartAlone() {
        Random random = new Random(1);
        double[] v = random.doubles(50, -1, 1).toArray();
        for (int offset = 0; offset < 10; offset++) {
            for (int count = 0; count <= 40; count++) {
                double alone = Norms.two(Arrays.copyOfRange(v, offset, offset + count));
                assertEquals(alone, Norms.two(v, offset, count));
            }
        }
        DMatrixRMaj reshaped = new DMatrixRMaj(10, 5, true, v.clone());
        reshaped.reshape(2, 3);
        assertEquals(Norms.two(v, 0, 6), Norms.distance(reshaped, new DMatrixRMaj(2, 3)), 1e-15);
        assertEquals(Norms.two(v, 0, 6), Norms.two(reshaped), "what lies behind a reshaped matrix does not count");
    }

    /** In the usual range it is the root of the ordered sum of squares, bit for bit. */
    @Test
    void hasTheBitsOfTheOrderedSum() {
        Random random = new Random(2);
        for (int length = 1; length < 200; length++) {
            double[] v = random.doubles(length, -1, 1).toArray();
            assertEquals(Math.sqrt(Kernels.active().dot(length, v, 0, v, 0)), Norms.two(v));
        }
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThrows(IllegalArgumentException.class, () -> Norms.two(new double[3], 1, 3));
        assertThrows(IllegalArgumentException.class, () -> Norms.two(new double[3], -1, 2));
        assertThrows(IllegalArgumentException.class, () -> Norms.distance(new double[3], new double[2]));
    }
}
