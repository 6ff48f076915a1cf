package dev.lowland.core.linalg.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.DenseOperator;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.TestMatrices;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Estimates of tr A: unbiased, with the scatter that they state, exact where they must be. */
class TraceTest {
    private static final int N = 50;

    private static DMatrixRMaj matrix(IntToDoubleFunction h, long seed) {
        double[] values = new double[N];
        Arrays.setAll(values, h);
        return TestMatrices.withSpectrum(values, seed);
    }

    private interface Estimator {
        TraceEstimate estimate(LinearOperator a, long seed);
    }

    private static final Estimator HUTCHINSON_SIGNS =
            (a, seed) -> Hutchinson.estimate(a, 12, ProbeLaw.RADEMACHER, TestMatrices.stream(seed));
    private static final Estimator HUTCHINSON_NORMAL =
            (a, seed) -> Hutchinson.estimate(a, 12, ProbeLaw.GAUSSIAN, TestMatrices.stream(seed));
    private static final Estimator HUTCHINSON_SPHERE =
            (a, seed) -> Hutchinson.estimate(a, 12, ProbeLaw.SPHERE, TestMatrices.stream(seed));
    private static final Estimator HUTCH_PLUS_PLUS =
            (a, seed) -> HutchPlusPlus.estimate(a, 30, ProbeLaw.RADEMACHER, TestMatrices.stream(seed));
    private static final Estimator XTRACE = (a, seed) -> XTrace.estimate(a, 30, TestMatrices.stream(seed));

    private static void unbiased(Estimator estimator, DMatrixRMaj a) {
        // the standard error of XTrace is meant to be on the safe side
        double high = estimator == XTRACE ? 1.6 : 1.25;
        Unbiased.check(CommonOps_DDRM.trace(a), 0.75, high, seed -> {
            TraceEstimate estimate = estimator.estimate(DenseOperator.of(a), seed);
            return new double[] {estimate.value(), estimate.standardError()};
        });
    }

    @Test
    void hutchinsonIsUnbiasedForEveryLaw() {
        DMatrixRMaj a = matrix(i -> i == 0 ? -20.0 : i / 10.0, 1);
        unbiased(HUTCHINSON_SIGNS, a);
        unbiased(HUTCHINSON_NORMAL, a);
        unbiased(HUTCHINSON_SPHERE, a);
        unbiased(HUTCHINSON_SIGNS, TestMatrices.gaussian(N, N, 3)); // needs no symmetry
    }

    @Test
    void hutchPlusPlusIsUnbiased() {
        unbiased(HUTCH_PLUS_PLUS, matrix(i -> 1.0 / (1 + i), 1));
        unbiased(HUTCH_PLUS_PLUS, matrix(i -> i < 25 ? -1.0 : 2.0, 2));
        unbiased(HUTCH_PLUS_PLUS, matrix(i -> i == 0 ? -30.0 : i / 50.0, 3));
    }

    @Test
    void xTraceIsUnbiased() {
        unbiased(XTRACE, matrix(i -> 1.0 / (1 + i), 1));
        unbiased(XTRACE, matrix(i -> i < 25 ? -1.0 : 2.0, 2));
        unbiased(XTRACE, matrix(i -> i == 0 ? -30.0 : i / 50.0, 3));
    }

    /** Var zᵀAz, from the formulas in {@link ProbeLaw}. */
    @Test
    void theScatterIsThatOfTheLaw() {
        DMatrixRMaj a = matrix(i -> i / 10.0, 1);
        double frobenius = Math.pow(Norms.two(a), 2);
        double diagonal = 0;
        for (int i = 0; i < N; i++) {
            diagonal += a.get(i, i) * a.get(i, i);
        }
        double trace = CommonOps_DDRM.trace(a);
        double[] expected = {
            2 * (frobenius - diagonal), 2 * frobenius, 2.0 * N / (N + 2) * (frobenius - trace * trace / N)
        };
        int probes = 4_000;
        for (ProbeLaw law : ProbeLaw.values()) {
            TraceEstimate estimate = Hutchinson.estimate(DenseOperator.of(a), probes, law, TestMatrices.stream(5));
            double variance = estimate.standardError() * estimate.standardError() * probes;
            // a sample variance over 4,000 has a relative standard error of about 0.025
            assertEquals(1, variance / expected[law.ordinal()], 0.12, law.name());
            assertEquals(trace, estimate.value(), 4.5 * estimate.standardError());
            assertEquals(probes, estimate.products());
        }
    }

    @Test
    void signsKnowDiagonalMatricesExactly() {
        DMatrixRMaj a = CommonOps_DDRM.diag(1, -2, 30);
        TraceEstimate estimate =
                Hutchinson.estimate(DenseOperator.of(a), 3, ProbeLaw.RADEMACHER, TestMatrices.stream(1));
        assertEquals(29, estimate.value());
        assertEquals(0, estimate.standardError());
    }

    /** The point of the two: with decaying eigenvalues they beat Hutchinson by orders of magnitude at the same cost. */
    @Test
    void theSketchesWinOnDecayingSpectra() {
        DMatrixRMaj a = matrix(i -> Math.pow(0.7, i), 1);
        double trace = CommonOps_DDRM.trace(a);
        double plain = 0;
        double plus = 0;
        double x = 0;
        for (long seed = 0; seed < 20; seed++) {
            plain += square(Hutchinson.estimate(DenseOperator.of(a), 30, ProbeLaw.RADEMACHER, TestMatrices.stream(seed))
                            .value()
                    - trace);
            plus += square(HUTCH_PLUS_PLUS.estimate(DenseOperator.of(a), seed).value() - trace);
            x += square(XTRACE.estimate(DenseOperator.of(a), seed).value() - trace);
        }
        assertTrue(plus < plain / 20, plus + " against " + plain);
        assertTrue(x < plus / 2, x + " against " + plus);
    }

    private static double square(double v) {
        return v * v;
    }

    @Test
    void lowRankIsExact() {
        for (int rank : new int[] {0, 1, 2, 7}) {
            DMatrixRMaj a = matrix(i -> i < rank ? (i % 2 == 0 ? 3.0 + i : -1.5) : 0, 4);
            double trace = CommonOps_DDRM.trace(a);
            for (long seed = 0; seed < 10; seed++) {
                for (Estimator estimator : new Estimator[] {HUTCH_PLUS_PLUS, XTRACE}) {
                    TraceEstimate estimate = estimator.estimate(DenseOperator.of(a), seed);
                    assertEquals(trace, estimate.value(), 1e-12);
                    assertTrue(estimate.standardError() < 1e-11);
                }
            }
        }
    }

    @Test
    void enoughProductsGiveTheTraceItself() {
        DMatrixRMaj a = matrix(i -> i - 20.5, 4);
        double trace = CommonOps_DDRM.trace(a);
        TraceEstimate x = XTrace.estimate(DenseOperator.of(a), 2 * N, TestMatrices.stream(1));
        assertEquals(trace, x.value(), 1e-10);
        assertEquals(0, x.standardError(), 1e-12);
        assertEquals(2 * N, x.products());
        TraceEstimate plus =
                HutchPlusPlus.estimate(DenseOperator.of(a), 3 * N, ProbeLaw.GAUSSIAN, TestMatrices.stream(1));
        assertEquals(trace, plus.value(), 1e-10);
        for (long seed = 0; seed < 5; seed++) {
            DMatrixRMaj one = new DMatrixRMaj(new double[][] {{-7}});
            assertEquals(
                    -7,
                    XTrace.estimate(DenseOperator.of(one), 4, TestMatrices.stream(seed))
                            .value(),
                    1e-14);
            assertEquals(
                    -7,
                    HutchPlusPlus.estimate(DenseOperator.of(one), 6, ProbeLaw.GAUSSIAN, TestMatrices.stream(seed))
                            .value(),
                    1e-14);
        }
    }

    @Test
    void budgetsAreKept() {
        DMatrixRMaj a = matrix(i -> i - 20.0, 4);
        for (int budget = 6; budget < 40; budget++) {
            TraceEstimate plus =
                    HutchPlusPlus.estimate(DenseOperator.of(a), budget, ProbeLaw.RADEMACHER, TestMatrices.stream(1));
            assertEquals(budget, plus.products());
            assertTrue(XTrace.estimate(DenseOperator.of(a), budget, TestMatrices.stream(1))
                            .products()
                    <= budget);
        }
    }

    @Test
    void probesHaveUnitCovarianceAndAPlaceOfTheirOwn() {
        for (ProbeLaw law : ProbeLaw.values()) {
            DMatrixRMaj z = new DMatrixRMaj(3, 1);
            DMatrixRMaj sum = new DMatrixRMaj(3, 3);
            int count = 20_000;
            for (int j = 0; j < count; j++) {
                law.fill(TestMatrices.stream(7), j, z);
                CommonOps_DDRM.multAddTransB(1.0 / count, z, z, sum);
            }
            // entries have standard errors of at most √2/√20,000 = 0.01
            assertEquals(0, TestMatrices.distance(CommonOps_DDRM.identity(3), sum), 0.06, law.name());
            DMatrixRMaj again = new DMatrixRMaj(3, 1);
            law.fill(TestMatrices.stream(7), count - 1, again);
            assertEquals(0, TestMatrices.distance(z, again));
            assertThrows(IllegalArgumentException.class, () -> law.fill(TestMatrices.stream(7), -1, z));
        }
    }

    @Test
    void refusesBadInput() {
        LinearOperator nan = TestMatrices.broken(9);
        assertThrows(
                IllegalArgumentException.class,
                () -> Hutchinson.estimate(nan, 5, ProbeLaw.RADEMACHER, TestMatrices.stream(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> HutchPlusPlus.estimate(nan, 9, ProbeLaw.RADEMACHER, TestMatrices.stream(1)));
        assertThrows(IllegalArgumentException.class, () -> XTrace.estimate(nan, 9, TestMatrices.stream(1)));
        LinearOperator a = DenseOperator.of(CommonOps_DDRM.identity(9));
        assertThrows(
                IllegalArgumentException.class,
                () -> Hutchinson.estimate(a, 1, ProbeLaw.RADEMACHER, TestMatrices.stream(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> HutchPlusPlus.estimate(a, 5, ProbeLaw.RADEMACHER, TestMatrices.stream(1)));
        assertThrows(IllegalArgumentException.class, () -> XTrace.estimate(a, 3, TestMatrices.stream(1)));
    }
}
