package dev.lowland.core.linalg.krylov;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.DenseOperator;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.TestMatrices;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The wanted end of known spectra, easy and hard. */
class TopEigenpairsTest {

    private static double[] spectrum(int n, IntToDoubleFunction h) {
        double[] values = new double[n];
        Arrays.setAll(values, h);
        return values;
    }

    /** The wanted values of a spectrum, in the order in which they must come. */
    private static double[] wanted(double[] spectrum, int count, SpectrumEnd end) {
        double[] ascending = spectrum.clone();
        Arrays.sort(ascending);
        double[] values = new double[Math.min(count, spectrum.length)];
        int low = 0;
        int high = ascending.length - 1;
        for (int i = 0; i < values.length; i++) {
            boolean takeHigh = end == SpectrumEnd.LARGEST
                    || (end == SpectrumEnd.LARGEST_MAGNITUDE && Math.abs(ascending[high]) >= Math.abs(ascending[low]));
            values[i] = takeHigh ? ascending[high--] : ascending[low++];
        }
        return values;
    }

    private static Eigenpairs check(double[] spectrum, int count, SpectrumEnd end, long seed) {
        int n = spectrum.length;
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum, seed);
        Eigenpairs found = TopEigenpairs.of(n, count, TestMatrices.stream(seed + 1))
                .end(end)
                .build()
                .find(DenseOperator.of(a));
        checkAgainst(a, spectrum, found, count, end);
        return found;
    }

    private static void checkAgainst(DMatrixRMaj a, double[] spectrum, Eigenpairs found, int count, SpectrumEnd end) {
        double norm = Arrays.stream(spectrum).map(Math::abs).max().orElse(0);
        double[] expected = wanted(spectrum, count, end);
        assertTrue(found.converged());
        assertEquals(expected.length, found.count());
        for (int i = 0; i < expected.length; i++) {
            double value = end == SpectrumEnd.LARGEST_MAGNITUDE ? Math.abs(found.values()[i]) : found.values()[i];
            double exact = end == SpectrumEnd.LARGEST_MAGNITUDE ? Math.abs(expected[i]) : expected[i];
            assertEquals(exact, value, 2e-8 * norm, "value " + i);
            DMatrixRMaj u = TestMatrices.column(found.vectors(), i);
            DMatrixRMaj r = TestMatrices.product(a, u);
            CommonOps_DDRM.addEquals(r, -found.values()[i], u);
            double residual = Math.sqrt(TestMatrices.dot(r, r));
            assertEquals(found.residuals()[i], residual, 1e-12 * norm);
            assertTrue(residual <= 1.1e-8 * norm);
            for (int j = 0; j <= i; j++) {
                double product = TestMatrices.dot(u, TestMatrices.column(found.vectors(), j));
                assertEquals(i == j ? 1 : 0, product, 1e-12);
            }
        }
    }

    @Property(tries = 30)
    void findsEveryEndOfRandomMatrices(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int n,
            @ForAll @IntRange(min = 1, max = 6) int count,
            @ForAll SpectrumEnd end) {
        double[] h = new double[n];
        TestMatrices.stream(seed).fillGaussian(0, n, h, 0, 1);
        check(h, count, end, seed);
    }

    @Test
    void restartsManyTimes() {
        // an evenly spaced spectrum, where Lanczos is slow
        Eigenpairs found = check(spectrum(300, i -> i / 300.0), 4, SpectrumEnd.LARGEST, 1);
        assertTrue(found.products() > 100, found.products() + " products");
        check(spectrum(300, i -> i / 300.0), 4, SpectrumEnd.SMALLEST, 2);
    }

    @Test
    void negativeDominantSpectra() {
        double[] h = spectrum(80, i -> i < 20 ? -100.0 - i : 0.01 * i);
        check(h, 3, SpectrumEnd.LARGEST, 1);
        check(h, 3, SpectrumEnd.SMALLEST, 2);
        check(h, 3, SpectrumEnd.LARGEST_MAGNITUDE, 3);
        check(spectrum(80, i -> -1.0 - i), 3, SpectrumEnd.LARGEST, 4);
    }

    /** The wanted values have copies, which one Krylov space does not contain. */
    @Test
    void multipleEigenvaluesAreFoundAsOftenAsTheyAre() {
        check(spectrum(100, i -> i < 3 ? 2.0 : i / 100.0), 4, SpectrumEnd.LARGEST, 1);
        check(spectrum(100, i -> i < 5 ? 2.0 : i / 100.0), 3, SpectrumEnd.LARGEST, 2);
        check(spectrum(100, i -> i < 50 ? 2.0 : 1.0), 6, SpectrumEnd.LARGEST, 3);
        check(spectrum(100, i -> i % 2 == 0 ? 2.0 : -2.0), 6, SpectrumEnd.LARGEST_MAGNITUDE, 4);
        check(spectrum(100, i -> i < 2 ? 2.0 : i / 100.0), 10, SpectrumEnd.LARGEST, 5);
    }

    /**
     * Few levels, many copies, some of them a little apart, small bases, and warm starts that say nothing. A copy may
     * be missed if the random vector has next to no part in it (about one search in some thousand), and a tight cluster
     * that is searched for with hardly more than its own number of vectors may use up the products; then the result
     * says so.
     */
    @Tag("slow")
    @Test
    void levelsWithCopiesAndClusters() {
        int converged = 0;
        int right = 0;
        for (long seed = 0; seed < 300; seed++) {
            Levels outcome = levels(seed);
            converged += outcome != Levels.RAN_OUT ? 1 : 0;
            right += outcome == Levels.RIGHT ? 1 : 0;
        }
        assertTrue(right >= converged - 1, right + " right of " + converged);
        assertTrue(converged >= 285, converged + " of 300");
    }

    enum Levels {
        RIGHT,
        WRONG,
        RAN_OUT
    }

    static Levels levels(long seed) {
        Random random = new Random(seed);
        int n = 10 + random.nextInt(60);
        int count = 1 + random.nextInt(6);
        int levels = 1 + random.nextInt(10);
        double apart = Math.pow(10, -3 - random.nextInt(12));
        double[] h = spectrum(
                n,
                i -> random.nextInt(levels)
                        - levels / 2
                        + (random.nextInt(3) == 0 ? apart * random.nextGaussian() : 0));
        SpectrumEnd end = SpectrumEnd.values()[random.nextInt(3)];
        DMatrixRMaj a = TestMatrices.withSpectrum(h, seed);
        // the search must not draw the numbers that the matrix is made of
        TopEigenpairs search = TopEigenpairs.of(n, count, TestMatrices.stream(~seed))
                .end(end)
                .basisSize(1 + random.nextInt(30))
                .build();
        Eigenpairs found = random.nextBoolean()
                ? search.find(DenseOperator.of(a))
                : search.find(DenseOperator.of(a), TestMatrices.gaussian(n, 1 + random.nextInt(8), ~seed));
        if (!found.converged()) {
            assertEquals(10_000, found.products());
            return Levels.RAN_OUT;
        }
        double[] expected = wanted(h, count, end);
        for (int i = 0; i < found.count(); i++) {
            // an eigenvalue of a cluster may be taken for its neighbour
            double off = Math.abs(Math.abs(expected[i]) - Math.abs(found.values()[i]));
            if (!(off <= 2e-8 * levels + 10 * apart)) {
                return Levels.WRONG;
            }
        }
        return Levels.RIGHT;
    }

    @Test
    void withoutVerificationACopyIsMissed() {
        double[] h = spectrum(100, i -> i < 50 ? 2.0 : 1.0);
        Eigenpairs found = TopEigenpairs.of(100, 2, TestMatrices.stream(2))
                .verification(0)
                .build()
                .find(DenseOperator.of(TestMatrices.withSpectrum(h, 1)));
        assertEquals(1, found.values()[1], 1e-12);
        check(h, 2, SpectrumEnd.LARGEST, 1);
    }

    @Test
    void clusteredEigenvalues() {
        check(spectrum(100, i -> i < 6 ? 2 - 1e-6 * i : i / 100.0), 6, SpectrumEnd.LARGEST, 1);
        check(spectrum(100, i -> i < 6 ? 2 - 1e-12 * i : i / 100.0), 6, SpectrumEnd.LARGEST, 2);
        check(spectrum(100, i -> 1 + 1e-9 * i), 3, SpectrumEnd.LARGEST, 3);
    }

    @Test
    void rankOneAndZero() {
        check(spectrum(50, i -> i == 0 ? 7.0 : 0), 1, SpectrumEnd.LARGEST, 1);
        check(spectrum(50, i -> i == 0 ? 7.0 : 0), 3, SpectrumEnd.LARGEST, 2);
        check(spectrum(50, i -> i == 0 ? -7.0 : 0), 2, SpectrumEnd.LARGEST, 3);
        check(spectrum(50, i -> i == 0 ? -7.0 : 0), 2, SpectrumEnd.LARGEST_MAGNITUDE, 4);
        Eigenpairs zero = check(new double[50], 3, SpectrumEnd.LARGEST, 5);
        assertTrue(zero.products() < 20);
        check(spectrum(50, i -> 1.0), 3, SpectrumEnd.SMALLEST, 6);
        check(new double[] {-4}, 3, SpectrumEnd.LARGEST, 7);
        check(spectrum(50, i -> i == 0 ? 7e-200 : 0), 1, SpectrumEnd.LARGEST, 8);
    }

    @Test
    void aWarmStartSavesProducts() {
        int n = 300;
        double[] h = spectrum(n, i -> i < 5 ? 2 - 0.02 * i : 1.5 * i / n);
        DMatrixRMaj a = TestMatrices.withSpectrum(h, 1);
        TopEigenpairs search = TopEigenpairs.of(n, 5, TestMatrices.stream(3)).build();
        Eigenpairs cold = search.find(DenseOperator.of(a));
        checkAgainst(a, h, cold, 5, SpectrumEnd.LARGEST);
        Eigenpairs warm = search.find(DenseOperator.of(a), cold.vectors());
        checkAgainst(a, h, warm, 5, SpectrumEnd.LARGEST);
        assertTrue(warm.products() < 0.7 * cold.products(), warm.products() + " after " + cold.products());
        DMatrixRMaj moved = cold.vectors().copy();
        CommonOps_DDRM.addEquals(moved, 1e-3, TestMatrices.gaussian(n, 5, 8));
        checkAgainst(a, h, search.find(DenseOperator.of(a), moved), 5, SpectrumEnd.LARGEST);
        // guesses that say nothing, or the wrong thing, or the same thing twice
        checkAgainst(a, h, search.find(DenseOperator.of(a), new DMatrixRMaj(n, 2)), 5, SpectrumEnd.LARGEST);
        DMatrixRMaj twice = new DMatrixRMaj(n, 2);
        CommonOps_DDRM.insert(TestMatrices.column(cold.vectors(), 1), twice, 0, 0);
        CommonOps_DDRM.insert(TestMatrices.column(cold.vectors(), 1), twice, 0, 1);
        checkAgainst(a, h, search.find(DenseOperator.of(a), twice), 5, SpectrumEnd.LARGEST);
    }

    @Test
    void theSameStreamGivesTheSameBits() {
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum(100, i -> i < 3 ? 2.0 : i / 100.0), 1);
        TopEigenpairs search = TopEigenpairs.of(100, 4, TestMatrices.stream(3)).build();
        Eigenpairs first = search.find(DenseOperator.of(a));
        search.find(DenseOperator.of(TestMatrices.randomSymmetric(100, 5)));
        Eigenpairs second = search.find(DenseOperator.of(a));
        assertArrayEquals(first.values(), second.values());
        assertArrayEquals(first.vectors().data, second.vectors().data);
        assertArrayEquals(first.residuals(), second.residuals());
    }

    /** Squares of the residuals are below the smallest number, or above the largest. */
    @Test
    void residualsAreMeasuredAtAnyScale() {
        DMatrixRMaj a = TestMatrices.withSpectrum(spectrum(300, i -> i / 300.0), 1);
        TopEigenpairs search = TopEigenpairs.of(300, 2, TestMatrices.stream(2)).build();
        Eigenpairs expected = search.find(DenseOperator.of(a));
        for (int power : new int[] {-700, 700}) {
            DMatrixRMaj scaled = a.copy();
            CommonOps_DDRM.scale(Math.scalb(1.0, power), scaled);
            Eigenpairs found = search.find(DenseOperator.of(scaled));
            assertTrue(found.converged());
            for (int i = 0; i < 2; i++) {
                assertEquals(expected.values()[i], Math.scalb(found.values()[i], -power), 2e-8);
                double residual = Math.scalb(found.residuals()[i], -power);
                assertTrue(residual > 0 && residual <= 1e-8, "residual " + residual);
            }
        }
    }

    @Test
    void runningOutIsSaid() {
        double[] h = spectrum(300, i -> i / 300.0);
        DMatrixRMaj a = TestMatrices.withSpectrum(h, 1);
        for (int budget : new int[] {1, 2, 30}) {
            Eigenpairs found = TopEigenpairs.of(300, 2, TestMatrices.stream(2))
                    .maxProducts(budget)
                    .build()
                    .find(DenseOperator.of(a));
            assertFalse(found.converged());
            assertEquals(budget, found.products());
            for (int i = 0; i < found.count(); i++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (double exact : h) {
                    nearest = Math.min(nearest, Math.abs(exact - found.values()[i]));
                }
                assertTrue(nearest <= found.residuals()[i] + 1e-12);
            }
        }
    }

    @Test
    void smallBasesWork() {
        double[] h = spectrum(200, i -> i < 4 ? 2.0 - 0.1 * i : i / 200.0);
        for (int basisSize : new int[] {1, 10, 13, 40, 199, 1000}) {
            DMatrixRMaj a = TestMatrices.withSpectrum(h, basisSize);
            Eigenpairs found = TopEigenpairs.of(200, 4, TestMatrices.stream(2))
                    .basisSize(basisSize)
                    .build()
                    .find(DenseOperator.of(a));
            checkAgainst(a, h, found, 4, SpectrumEnd.LARGEST);
        }
    }

    @Test
    void refusesBadInput() {
        TopEigenpairs search = TopEigenpairs.of(20, 2, TestMatrices.stream(1)).build();
        LinearOperator skew = DenseOperator.of(TestMatrices.gaussian(20, 20, 4));
        String text = assertThrows(IllegalArgumentException.class, () -> search.find(skew))
                .getMessage();
        assertTrue(text.startsWith("top eigenpairs: a is an operator of relative asymmetry"), text);
        assertThrows(IllegalArgumentException.class, () -> search.find(TestMatrices.broken(20)));
        assertThrows(IllegalArgumentException.class, () -> search.find(TestMatrices.broken(21)));
        LinearOperator a = DenseOperator.of(TestMatrices.randomSymmetric(20, 1));
        assertThrows(IllegalArgumentException.class, () -> search.find(a, new DMatrixRMaj(19, 2)));
        assertThrows(IllegalArgumentException.class, () -> search.find(a, new DMatrixRMaj(20, 0)));
        DMatrixRMaj nan = new DMatrixRMaj(20, 1);
        nan.data[3] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> search.find(a, nan));
        assertThrows(IllegalArgumentException.class, () -> TopEigenpairs.of(0, 1, TestMatrices.stream(1)));
        assertThrows(IllegalArgumentException.class, () -> TopEigenpairs.of(5, 0, TestMatrices.stream(1)));
    }
}
