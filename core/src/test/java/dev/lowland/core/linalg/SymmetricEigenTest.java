package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
final class SymmetricEigenTest {
    @Test
    void knowsTwoByTwo() {
        SymmetricEigen eigen = SymmetricEigen.of(new DMatrixRMaj(new double[][] {{2, 1}, {1, 2}}));
        double h = Math.sqrt(0.5);
        assertArrayEquals(new double[] {1, 3}, eigen.values(), 1e-15);
        assertEquals(h, eigen.vectors().get(0, 1), 1e-15);
        assertEquals(h, eigen.vectors().get(1, 1), 1e-15);
        assertEquals(-0.5, eigen.vectors().get(0, 0) * eigen.vectors().get(1, 0), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20, 61})
    void rebuildsTheMatrixFromOrderedPairs(int n) {
        DMatrixRMaj a = randomSymmetric(n);
        DMatrixRMaj before = a.copy();
        SymmetricEigen eigen = SymmetricEigen.of(a);
        assertArrayEquals(before.data, a.data);
        assertEquals(n, eigen.size());
        double[] h = eigen.values();
        DMatrixRMaj v = eigen.vectors();
        for (int j = 1; j < n; j++) {
            assertTrue(h[j - 1] <= h[j]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double rebuilt = 0;
                double inner = 0;
                for (int k = 0; k < n; k++) {
                    rebuilt += v.get(i, k) * h[k] * v.get(j, k);
                    inner += v.get(k, i) * v.get(k, j);
                }
                assertEquals(a.get(i, j), rebuilt, 1e-12 * n);
                assertEquals(i == j ? 1 : 0, inner, 1e-13 * n);
            }
        }
    }

    @Test
    void largestEntryOfEachVectorIsPositive() {
        DMatrixRMaj v = SymmetricEigen.of(randomSymmetric(9)).vectors();
        for (int j = 0; j < 9; j++) {
            double largest = 0;
            for (int i = 0; i < 9; i++) {
                if (Math.abs(v.get(i, j)) > Math.abs(largest)) {
                    largest = v.get(i, j);
                }
            }
            assertTrue(largest > 0);
        }
    }

    @Test
    void keepsTheDigitsOfRepeatedAndZeroEigenvalues() {
        DMatrixRMaj a = new DMatrixRMaj(4, 4);
        for (int i = 0; i < 16; i++) {
            a.data[i] = 1;
        }
        assertArrayEquals(new double[] {0, 0, 0, 4}, SymmetricEigen.of(a).values(), 1e-14);
    }

    /** Entries far below the one beside the diagonal are part of the matrix, though not of the length of their row. */
    @Test
    void smallEntriesBesideALargeOneCount() {
        double small = 1e-9;
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{1, 0, small}, {0, 2, 1}, {small, 1, 5}});
        SymmetricEigen eigen = SymmetricEigen.of(a);
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < 3; i++) {
                double image = 0;
                for (int k = 0; k < 3; k++) {
                    image += a.get(i, k) * eigen.vectors().get(k, j);
                }
                assertEquals(eigen.values()[j] * eigen.vectors().get(i, j), image, 1e-14);
            }
        }
    }

    @Test
    void theValuesAloneAreTheSame() {
        DMatrixRMaj a = randomSymmetric(40);
        assertArrayEquals(SymmetricEigen.of(a).values(), SymmetricEigen.values(a), 1e-13);
        assertArrayEquals(new double[3], SymmetricEigen.values(new DMatrixRMaj(3, 3)));
    }

    @Test
    void hugeAndTinyMatricesAreLikeOthers() {
        for (double size : new double[] {1e-310, 1e-200, 1e200, 1e307}) {
            SymmetricEigen eigen =
                    SymmetricEigen.of(new DMatrixRMaj(new double[][] {{2 * size, size}, {size, 2 * size}}));
            assertEquals(1, eigen.values()[0] / size, 1e-12);
            assertEquals(3, eigen.values()[1] / size, 1e-12);
        }
    }

    @Test
    void anInterruptEndsIt() {
        DMatrixRMaj a = randomSymmetric(3);
        Thread.currentThread().interrupt();
        IllegalStateException error = assertThrows(IllegalStateException.class, () -> SymmetricEigen.of(a));
        assertTrue(Thread.interrupted());
        assertEquals(
                "symmetric eigen decomposition: the thread is interrupted, must be left alone until it is done",
                error.getMessage());
    }

    /** Within moments, though the whole takes many times as long. */
    @Test
    @Tag("slow")
    void anInterruptEndsALargeOneAtOnce() throws InterruptedException {
        DMatrixRMaj a = randomSymmetric(1500);
        long late = Interrupts.lateness(300, () -> SymmetricEigen.of(a));
        assertTrue(late < 100, late + " ms");
    }

    @Test
    void looksAtTheFirstEntriesOnlyAfterReshape() {
        DMatrixRMaj a = new DMatrixRMaj(3, 3);
        a.reshape(2, 2);
        a.set(new double[][] {{2, 0}, {0, -1}});
        a.data[7] = Double.NaN;
        assertArrayEquals(new double[] {-1, 2}, SymmetricEigen.of(a).values(), 1e-15);
    }

    @Test
    void rejectsWhatIsNotASymmetricMatrix() {
        assertRejected("a is 2×3, must be square", new DMatrixRMaj(2, 3));
        assertRejected("size of a is 0, must be at least 1", new DMatrixRMaj(0, 0));
        assertRejected("a is NaN at (1, 0), must be finite", new DMatrixRMaj(new double[][] {{1, 2}, {Double.NaN, 1}}));
        assertRejected(
                "a is 2.1 at (1, 0) but 2.0 at (0, 1), must be symmetric within 1.0E-8 of its largest entry",
                new DMatrixRMaj(new double[][] {{1, 2}, {2.1, 1}}));
    }

    private static void assertRejected(String text, DMatrixRMaj a) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.of(a));
        assertEquals("symmetric eigen decomposition: " + text, error.getMessage());
    }

    private static DMatrixRMaj randomSymmetric(int n) {
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        RandomStream.of(n, 0, Purpose.TEST).fillGaussian(0, n * n, a.data, 0, 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a.set(i, j, a.get(j, i));
            }
        }
        return a;
    }
}
