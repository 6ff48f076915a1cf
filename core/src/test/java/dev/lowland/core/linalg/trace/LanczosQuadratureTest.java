package dev.lowland.core.linalg.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.DenseOperator;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Subspace;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.linalg.TestMatrices;
import dev.lowland.core.linalg.krylov.SpectralFunction;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * tr f(A) and the directions of the same runs: unbiased with and without deflation, and a certificate where f is not
 * defined.
 */
@Tag("slow")
class LanczosQuadratureTest {
    private static final int N = 30;
    /** The regularizer at η = 1. */
    private static final SpectralFunction R = SpectralFunction.below(2, h -> -0.5 * Math.log1p(-h / 2));

    private static final DoubleUnaryOperator G = h -> 1 / Math.sqrt(2 - h);

    private static DMatrixRMaj matrix(IntToDoubleFunction h, long seed) {
        double[] values = new double[N];
        Arrays.setAll(values, h);
        return TestMatrices.withSpectrum(values, seed);
    }

    /** Five eigenvalues near the limit over a bulk that is partly negative. */
    private static DMatrixRMaj nearTheLimit(long seed) {
        return matrix(i -> i < 5 ? 1.98 - 0.03 * i : (i - 10) / 100.0, seed);
    }

    private static double trace(DMatrixRMaj a) {
        return CommonOps_DDRM.trace(TestMatrices.function(a, R));
    }

    /** The span of the top q eigenvectors, each moved by about {@code error}. */
    private static Subspace top(DMatrixRMaj a, int q, double error) {
        DMatrixRMaj vectors = SymmetricEigen.of(a).vectors();
        DMatrixRMaj u = new DMatrixRMaj(N, q);
        CommonOps_DDRM.extract(vectors, 0, N, N - q, N, u, 0, 0);
        CommonOps_DDRM.addEquals(u, error / Math.sqrt(N), TestMatrices.gaussian(N, q, 77));
        DMatrixRMaj gram = new DMatrixRMaj(q, q);
        CommonOps_DDRM.multTransA(u, u, gram);
        return Subspace.of(TestMatrices.product(u, TestMatrices.function(gram, x -> 1 / Math.sqrt(x))));
    }

    private static LanczosQuadrature.Builder quadrature(long seed) {
        return LanczosQuadrature.of(N, TestMatrices.stream(seed)).maxSteps(N).probes(8);
    }

    /** Collects q(w) = wᵀTw with the weights of the sink. */
    private static final class QuadraticForm implements DirectionSink {
        private final DMatrixRMaj t;
        private double deflated;
        private final RunningMean probes = new RunningMean();

        QuadraticForm(DMatrixRMaj t) {
            this.t = t;
        }

        private double of(DMatrixRMaj w) {
            return TestMatrices.dot(w, TestMatrices.product(t, w));
        }

        @Override
        public void deflated(int index, DMatrixRMaj w) {
            deflated += of(w);
        }

        @Override
        public void probe(int index, DMatrixRMaj w) {
            assertEquals(probes.count(), index);
            probes.add(of(w));
        }
    }

    @Test
    void valuesAreUnbiasedWithAndWithoutDeflation() {
        DMatrixRMaj a = nearTheLimit(1);
        unbiased(a, Subspace.empty(N), ProbeLaw.RADEMACHER);
        unbiased(a, top(a, 5, 0), ProbeLaw.GAUSSIAN);
        unbiased(a, top(a, 5, 0.02), ProbeLaw.RADEMACHER);
        unbiased(a, top(a, 7, 0.7), ProbeLaw.RADEMACHER);
    }

    private static void unbiased(DMatrixRMaj a, Subspace deflated, ProbeLaw law) {
        Unbiased.check(trace(a), seed -> {
            QuadratureEstimate estimate =
                    quadrature(seed).deflate(deflated).law(law).build().estimate(DenseOperator.of(a), R);
            assertTrue(estimate.lanczosError() < 1e-6);
            return new double[] {estimate.value(), estimate.standardError()};
        });
    }

    /** E(Σ wᵀTw) = tr g(A)Tg(A) for any T, which is what a gradient is made of. */
    @Test
    void directionsAreUnbiasedWithAndWithoutDeflation() {
        DMatrixRMaj a = nearTheLimit(1);
        DMatrixRMaj t = TestMatrices.randomSymmetric(N, 9);
        DMatrixRMaj g = TestMatrices.function(a, G);
        double truth = CommonOps_DDRM.trace(TestMatrices.product(g, TestMatrices.product(t, g)));
        for (Subspace deflated : new Subspace[] {Subspace.empty(N), top(a, 5, 0.3)}) {
            Unbiased.check(truth, seed -> {
                QuadraticForm form = new QuadraticForm(t);
                quadrature(seed).deflate(deflated).build().estimate(DenseOperator.of(a), R, G, form);
                return new double[] {form.deflated + form.probes.mean(), form.probes.standardError()};
            });
        }
    }

    @Test
    void deflationCutsTheScatter() {
        DMatrixRMaj a = nearTheLimit(1);
        LinearOperator operator = DenseOperator.of(a);
        QuadratureEstimate plain = quadrature(1).probes(64).build().estimate(operator, R);
        QuadratureEstimate exactVectors =
                quadrature(1).probes(64).deflate(top(a, 5, 0)).build().estimate(operator, R);
        QuadratureEstimate roughVectors =
                quadrature(1).probes(64).deflate(top(a, 5, 0.05)).build().estimate(operator, R);
        assertTrue(exactVectors.standardError() < plain.standardError() / 10);
        assertTrue(roughVectors.standardError() < plain.standardError() / 3);
        assertTrue(exactVectors.standardError() < roughVectors.standardError());
    }

    /**
     * Short runs: the Lanczos error covers what the runs miss, and does not fall with the number of probes as the
     * scatter does.
     */
    @Test
    void theLanczosErrorIsKeptApart() {
        DMatrixRMaj a = nearTheLimit(1);
        for (int steps : new int[] {3, 5, 8}) {
            QuadratureEstimate few = runs(a, 100, steps, 1e-8);
            QuadratureEstimate many = runs(a, 400, steps, 1e-8);
            QuadratureEstimate full = runs(a, 400, N, 0);
            double error = Math.abs(many.value() - full.value());
            assertTrue(error > 1e-3 && error <= many.lanczosError(), steps + ": " + error);
            assertEquals(1, many.lanczosError() / few.lanczosError(), 0.5);
            assertEquals(0.5, many.standardError() / few.standardError(), 0.2);
            assertTrue(full.lanczosError() < 1e-9);
        }
    }

    private static QuadratureEstimate runs(DMatrixRMaj a, int probes, int steps, double tolerance) {
        return LanczosQuadrature.of(N, TestMatrices.stream(3))
                .maxSteps(steps)
                .tolerance(tolerance)
                .probes(probes)
                .build()
                .estimate(DenseOperator.of(a), R);
    }

    @Test
    void anEigenvalueOutsideTheDomainIsProved() {
        for (double top : new double[] {2.0 + 1e-9, 2.1, 50}) {
            DMatrixRMaj a = matrix(i -> i == 0 ? top : (i - 10) / 100.0, 1);
            for (Subspace deflated : new Subspace[] {Subspace.empty(N), top(a, 3, 0), top(a, 3, 0.1)}) {
                QuadratureEstimate estimate =
                        quadrature(1).deflate(deflated).build().estimate(DenseOperator.of(a), R);
                assertFalse(estimate.defined());
                DMatrixRMaj v = estimate.certificate().orElseThrow();
                assertEquals(1, TestMatrices.dot(v, v), 1e-12);
                assertTrue(TestMatrices.dot(v, TestMatrices.product(a, v)) >= 2 - 1e-13);
                assertTrue(estimate.largestRitz() >= 2 && estimate.largestRitz() <= top + 1e-12);
                assertThrows(IllegalStateException.class, estimate::value);
                assertThrows(IllegalStateException.class, estimate::standardError);
                assertThrows(IllegalStateException.class, estimate::lanczosError);
                assertThrows(IllegalStateException.class, estimate::directionError);
            }
        }
    }

    /** The limit itself is outside: either the certificate or, if rounding hides it, a huge value, but never a NaN. */
    @Test
    void exactlyAtTheLimit() {
        LinearOperator a = DenseOperator.of(CommonOps_DDRM.diag(2, 0, 0));
        QuadratureEstimate estimate =
                LanczosQuadrature.of(3, TestMatrices.stream(1)).build().estimate(a, R);
        assertFalse(estimate.defined());
        SpectralFunction both = new SpectralFunction(h -> 1 / (1 - h * h), -1, 1);
        LinearOperator negative = DenseOperator.of(CommonOps_DDRM.diag(-1, 0.5, 0));
        QuadratureEstimate below =
                LanczosQuadrature.of(3, TestMatrices.stream(1)).build().estimate(negative, both);
        assertFalse(below.defined());
        assertEquals(-1, below.smallestRitz(), 1e-15);
        DMatrixRMaj v = below.certificate().orElseThrow();
        assertEquals(1, Math.abs(v.data[0]), 1e-12);
    }

    @Test
    void hardSpectra() {
        IntToDoubleFunction[] spectra = {
            i -> 0,
            i -> 1.5,
            i -> i == 0 ? 1.9 : 0,
            i -> i == 0 ? -300 : 0.01 * i,
            i -> i < 20 ? 1.9 - 1e-12 * i : 0.1,
            i -> i == 0 ? 2 - 1e-9 : 0.01 * i,
        };
        for (IntToDoubleFunction spectrum : spectra) {
            DMatrixRMaj a = matrix(spectrum, 1);
            double truth = trace(a);
            for (Subspace deflated : new Subspace[] {Subspace.empty(N), top(a, 3, 0), top(a, N, 0)}) {
                QuadratureEstimate estimate =
                        quadrature(3).probes(30).deflate(deflated).build().estimate(DenseOperator.of(a), R);
                assertTrue(estimate.defined());
                double allowed = 4.5 * estimate.standardError() + estimate.lanczosError() + 1e-6 * Math.abs(truth);
                assertEquals(truth, estimate.value(), allowed + 1e-12);
                if (deflated.dimension() == N) {
                    assertEquals(0, estimate.standardError(), 1e-12);
                }
            }
        }
    }

    @Test
    void deflatedEigenvectorsCostFewProducts() {
        DMatrixRMaj a = nearTheLimit(1);
        LanczosQuadrature plain = quadrature(1).probes(2).build();
        LanczosQuadrature deflating =
                quadrature(1).probes(2).deflate(top(a, 5, 1e-9)).build();
        int extra = deflating.estimate(DenseOperator.of(a), R).products()
                - plain.estimate(DenseOperator.of(a), R).products();
        assertTrue(extra <= 5 * 3, extra + " products");
    }

    @Test
    void theSameStreamGivesTheSameBits() {
        DMatrixRMaj a = nearTheLimit(1);
        LanczosQuadrature quadrature = quadrature(5).deflate(top(a, 3, 0.1)).build();
        double[] results = new double[3];
        for (int i = 0; i < 3; i++) {
            results[i] = quadrature.estimate(DenseOperator.of(a), R).value();
            quadrature.estimate(DenseOperator.of(nearTheLimit(2)), R);
        }
        assertArrayEquals(new double[] {results[0], results[0], results[0]}, results);
    }

    @Test
    void refusesBadInput() {
        LanczosQuadrature quadrature = quadrature(1).build();
        assertThrows(IllegalArgumentException.class, () -> quadrature.estimate(TestMatrices.broken(N), R));
        assertThrows(IllegalArgumentException.class, () -> quadrature.estimate(TestMatrices.broken(N + 1), R));
        LinearOperator skew = DenseOperator.of(TestMatrices.gaussian(N, N, 4));
        SpectralFunction f = SpectralFunction.everywhere(h -> h);
        assertThrows(IllegalArgumentException.class, () -> quadrature.estimate(skew, f));
        assertThrows(IllegalArgumentException.class, () -> quadrature(1).probes(1));
        assertThrows(IllegalArgumentException.class, () -> quadrature(1).maxSteps(0));
        assertThrows(IllegalArgumentException.class, () -> quadrature(1).tolerance(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> quadrature(1).deflate(Subspace.empty(3)));
    }

    /** The probes are the first of one sequence, and as many as the error asks for. */
    @Test
    void goesOnUntilTheErrorIsSmallEnough() {
        DMatrixRMaj a = nearTheLimit(3);
        LinearOperator operator = DenseOperator.of(a);
        double target = 0.02;
        QuadratureEstimate found = quadrature(1).until(target, 10_000).build().estimate(operator, R);
        assertTrue(found.standardError() <= target * Math.abs(found.value()), "error " + found.standardError());
        assertTrue(found.probes() > 8 && found.probes() < 10_000, found.probes() + " probes");
        QuadratureEstimate same = quadrature(1).probes(found.probes()).build().estimate(operator, R);
        assertEquals(same.value(), found.value());
        assertEquals(same.standardError(), found.standardError());
        QuadratureEstimate few = quadrature(1).until(1e-9, 30).build().estimate(operator, R);
        assertEquals(30, few.probes());
        assertThrows(IllegalArgumentException.class, () -> quadrature(1).until(0, 30));
        assertThrows(IllegalArgumentException.class, () -> quadrature(1).until(0.1, 1));
    }
}
