package dev.lowland.core.linalg.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.DenseOperator;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.TestMatrices;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The estimated spread of known spectra. */
class SpectralDensityTest {
    private static final int N = 60;

    /** 10 at −1, 45 spread over [0, 1], 5 at 3. */
    private static double[] spectrum() {
        double[] h = new double[N];
        for (int i = 0; i < N; i++) {
            h[i] = i < 10 ? -1 : i < 55 ? (i - 10) / 44.0 : 3;
        }
        return h;
    }

    private final LinearOperator a = DenseOperator.of(TestMatrices.withSpectrum(spectrum(), 1));

    @Test
    void momentsAreUnbiased() {
        double cube = 0;
        for (double h : spectrum()) {
            cube += h * h * h / N;
        }
        for (ProbeLaw law : ProbeLaw.values()) {
            Unbiased.check(cube, seed -> {
                DensityEstimate third = SpectralDensity.estimate(a, 10, 2, law, TestMatrices.stream(seed))
                        .mean(h -> h * h * h);
                return new double[] {third.value(), third.standardError()};
            });
        }
    }

    @Test
    void partsAndDensitiesAreThoseOfTheSpectrum() {
        SpectralDensity density = SpectralDensity.estimate(a, 100, 20, ProbeLaw.RADEMACHER, TestMatrices.stream(2));
        check(10.0 / N, density.cumulative(-0.5));
        check(55.0 / N, density.cumulative(2));
        check(1, density.cumulative(4));
        check(0, density.cumulative(-2));
        double expected = 0;
        for (double h : spectrum()) {
            expected += Math.exp(-0.5 * Math.pow((0.5 - h) / 0.3, 2)) / (0.3 * Math.sqrt(2 * Math.PI)) / N;
        }
        check(expected, density.density(0.5, 0.3));
        assertEquals(-1, density.smallest(), 1e-12);
        assertEquals(3, density.largest(), 1e-12);
        assertEquals(2_000, density.cumulative(0).products());
    }

    private static void check(double expected, DensityEstimate found) {
        assertEquals(expected, found.value(), 4.5 * found.standardError() + found.quadratureError() + 1e-12);
        assertTrue(found.standardError() < 0.03);
        assertTrue(found.quadratureError() < 1e-3, found::toString);
    }

    /**
     * Two thirds of the eigenvalues are crowded near 0 and the others spread wide, more than a few steps can tell
     * apart: the scatter of the probes alone says nothing of the error, and the bounds hold everywhere.
     */
    @Test
    void whatAFewStepsCannotTellIsPartOfTheError() {
        int size = 300;
        double[] h = new double[size];
        for (int i = 0; i < size; i++) {
            h[i] = i < 200 ? 1e-3 * i / 200 : 10.0 * (i - 200) / 100;
        }
        LinearOperator crowded = DenseOperator.of(TestMatrices.withSpectrum(h, 4));
        SpectralDensity density = SpectralDensity.estimate(crowded, 60, 7, ProbeLaw.RADEMACHER, TestMatrices.stream(5));
        boolean scatterIsNotAll = false;
        for (int k = -2; k <= 60; k++) {
            double x = 10.0 * k / 50 + 0.0003;
            int count = 0;
            for (double value : h) {
                count += value <= x ? 1 : 0;
            }
            double exact = (double) count / size;
            DensityEstimate found = density.cumulative(x);
            double error = Math.abs(found.value() - exact);
            assertTrue(error <= found.quadratureError() + 4.5 * found.standardError() + 1e-12, x + ": " + found);
            scatterIsNotAll |= error > 6 * found.standardError();
        }
        assertTrue(scatterIsNotAll, "the test says nothing");
        DensityEstimate longer = SpectralDensity.estimate(crowded, 60, 28, ProbeLaw.RADEMACHER, TestMatrices.stream(5))
                .cumulative(5);
        assertTrue(longer.quadratureError() < 0.5 * density.cumulative(5).quadratureError(), longer::toString);
    }

    /** At a node, at an eigenvalue, and far outside. */
    @Test
    void theBoundsHoldAtTheNodesToo() {
        SpectralDensity density = SpectralDensity.estimate(a, 40, 5, ProbeLaw.RADEMACHER, TestMatrices.stream(9));
        for (double x : new double[] {-1e6, -1, density.smallest(), 0, 3, density.largest(), 1e6}) {
            int count = 0;
            for (double value : spectrum()) {
                count += value <= x ? 1 : 0;
            }
            DensityEstimate found = density.cumulative(x);
            double error = Math.abs(found.value() - (double) count / N);
            assertTrue(error <= found.quadratureError() + 4.5 * found.standardError() + 1e-12, x + ": " + found);
        }
    }

    @Test
    void lowRankIsTwoSpikes() {
        double[] h = new double[N];
        h[0] = 5;
        LinearOperator one = DenseOperator.of(TestMatrices.withSpectrum(h, 1));
        SpectralDensity density = SpectralDensity.estimate(one, 4, 10, ProbeLaw.SPHERE, TestMatrices.stream(3));
        assertEquals(5, density.largest(), 1e-12);
        assertEquals(0, density.smallest(), 1e-12);
        assertEquals(8, density.cumulative(1).products());
        LinearOperator zero = DenseOperator.of(new DMatrixRMaj(N, N));
        assertEquals(
                1,
                SpectralDensity.estimate(zero, 2, 10, ProbeLaw.SPHERE, TestMatrices.stream(3))
                        .cumulative(0)
                        .value(),
                1e-14);
    }

    @Test
    void refusesBadInput() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SpectralDensity.estimate(a, 1, 5, ProbeLaw.SPHERE, TestMatrices.stream(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> SpectralDensity.estimate(a, 2, 0, ProbeLaw.SPHERE, TestMatrices.stream(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> SpectralDensity.estimate(TestMatrices.broken(5), 2, 5, ProbeLaw.SPHERE, TestMatrices.stream(1)));
        SpectralDensity density = SpectralDensity.estimate(a, 2, 5, ProbeLaw.SPHERE, TestMatrices.stream(1));
        assertThrows(IllegalArgumentException.class, () -> density.density(0, 0));
    }
}
