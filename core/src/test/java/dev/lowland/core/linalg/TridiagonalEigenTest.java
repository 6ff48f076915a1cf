package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** T·s = θ·s with orthonormal s, and the same values as EJML. */
class TridiagonalEigenTest {

    @Property(tries = 60)
    void solvesRandomMatrices(@ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int m) {
        RandomStream random = TestMatrices.stream(seed);
        double[] diagonal = new double[m];
        double[] off = new double[m];
        random.fillGaussian(0, m, diagonal, 0, 1);
        random.fillGaussian(m, m, off, 0, 1);
        for (int i = 0; i < m; i++) {
            off[i] *= Math.pow(10, 4 * random.gaussian(2L * m + i) - 2);
        }
        check(m, diagonal, off);
    }

    @Test
    void solvesHardMatrices() {
        check(1, new double[] {3}, new double[] {9});
        check(4, new double[4], new double[4]);
        check(4, new double[] {2, 2, 2, 2}, new double[4]);
        check(5, new double[5], new double[] {1, 1, 1, 1, 7});
        check(5, new double[] {1, 2, 3, 4, 5}, new double[] {1e-20, 1, 1e-200, 1, 0});
        double[] wilkinson = new double[21];
        double[] ones = new double[21];
        for (int i = 0; i < 21; i++) {
            wilkinson[i] = Math.abs(i - 10);
            ones[i] = 1;
        }
        check(21, wilkinson, ones);
        check(3, new double[] {1e300, -1e300, 1e299}, new double[] {1e300, 1e298, 0});
        check(3, new double[] {1e-300, -2e-300, 1e-301}, new double[] {1e-300, 1e-302, 0});
    }

    private static void check(int m, double[] diagonal, double[] off) {
        TridiagonalEigen full = new TridiagonalEigen(m + 2);
        full.solve(m, diagonal, off, true);
        double scale = Double.MIN_VALUE;
        for (int i = 0; i < m; i++) {
            scale = Math.max(scale, Math.max(Math.abs(diagonal[i]), i + 1 < m ? Math.abs(off[i]) : 0));
        }
        DMatrixRMaj t = new DMatrixRMaj(m, m);
        for (int i = 0; i < m; i++) {
            t.set(i, i, diagonal[i] / scale);
            if (i + 1 < m) {
                t.set(i, i + 1, off[i] / scale);
                t.set(i + 1, i, off[i] / scale);
            }
        }
        double[] expected = SymmetricEigen.of(t).values();
        double tolerance = 1e-14 * m;
        for (int i = 0; i < m; i++) {
            assertEquals(expected[i], full.value(i) / scale, tolerance);
            for (int k = 0; k < m; k++) {
                double image = 0;
                for (int l = 0; l < m; l++) {
                    image += t.get(k, l) * full.entry(i, l);
                }
                assertEquals(full.value(i) / scale * full.entry(i, k), image, tolerance);
                double product = 0;
                for (int l = 0; l < m; l++) {
                    product += full.entry(i, l) * full.entry(k, l);
                }
                assertEquals(i == k ? 1 : 0, product, tolerance);
            }
        }
        TridiagonalEigen ends = new TridiagonalEigen(m);
        ends.solve(m, diagonal, off, false);
        for (int i = 0; i < m; i++) {
            assertEquals(full.value(i), ends.value(i));
            assertEquals(full.first(i), ends.first(i));
            assertEquals(full.last(i), ends.last(i));
            assertEquals(full.entry(i, 0), ends.first(i));
            assertEquals(full.entry(i, m - 1), ends.last(i));
        }
    }

    @Test
    void refusesBadInput() {
        TridiagonalEigen eigen = new TridiagonalEigen(3);
        assertThrows(IllegalArgumentException.class, () -> eigen.solve(4, new double[4], new double[4], false));
        assertThrows(IllegalArgumentException.class, () -> eigen.solve(0, new double[4], new double[4], false));
        assertThrows(
                IllegalArgumentException.class,
                () -> eigen.solve(2, new double[] {1, Double.NaN}, new double[2], false));
        assertThrows(
                IllegalArgumentException.class,
                () -> eigen.solve(2, new double[2], new double[] {Double.POSITIVE_INFINITY, 0}, false));
        eigen.solve(3, new double[3], new double[3], false);
        String text = assertThrows(IllegalStateException.class, () -> eigen.entry(0, 1))
                .getMessage();
        assertTrue(text.contains("without full vectors"), text);
        assertThrows(IllegalArgumentException.class, () -> eigen.value(3));
    }
}
