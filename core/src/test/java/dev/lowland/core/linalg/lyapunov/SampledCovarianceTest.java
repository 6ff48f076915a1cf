package dev.lowland.core.linalg.lyapunov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.linalg.TestMatrices;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Stationary covariances with the noise of drawing samples, against the exact expectation of one step over every
 * possible batch, and stability against the spectral radius of that step as a dense matrix.
 */
class SampledCovarianceTest {

    /** (1/n) Σ g_i g_iᵀ. */
    private static DMatrixRMaj gaussNewton(DMatrixRMaj gradients) {
        DMatrixRMaj g = new DMatrixRMaj(gradients.numCols, gradients.numCols);
        CommonOps_DDRM.multTransA(gradients, gradients, g);
        CommonOps_DDRM.divide(g, gradients.numRows);
        return g;
    }

    /**
     * The mean of M C Mᵀ over all batches, where M moves (x, x before) by one step on the batch: all n^B of them, one
     * by one. With C the second moments of (x, x before).
     */
    private static DMatrixRMaj meanOverBatches(DMatrixRMaj gradients, Recursion recursion, int batch, DMatrixRMaj c) {
        int n = gradients.numRows;
        int size = gradients.numCols;
        int batches = (int) Math.round(Math.pow(n, batch));
        DMatrixRMaj mean = new DMatrixRMaj(2 * size, 2 * size);
        for (int code = 0; code < batches; code++) {
            DMatrixRMaj map = new DMatrixRMaj(2 * size, 2 * size);
            for (int i = 0; i < size; i++) {
                map.set(i, i, 1 + recursion.momentum());
                map.set(i, size + i, -recursion.momentum());
                map.set(size + i, i, 1);
            }
            int rest = code;
            for (int b = 0; b < batch; b++) {
                int sample = rest % n;
                rest /= n;
                for (int i = 0; i < size; i++) {
                    for (int j = 0; j < size; j++) {
                        map.add(
                                i,
                                j,
                                -recursion.learningRate()
                                        / batch
                                        * gradients.get(sample, i)
                                        * gradients.get(sample, j));
                    }
                }
            }
            DMatrixRMaj left = TestMatrices.product(map, c);
            CommonOps_DDRM.multAddTransB(1.0 / batches, left, map, mean);
        }
        return mean;
    }

    /**
     * The spectral radius of C ↦ mean over batches, by power iteration from the identity, whose part along the top is
     * positive.
     */
    private static double spectralRadius(DMatrixRMaj gradients, Recursion recursion, int batch) {
        DMatrixRMaj c = CommonOps_DDRM.identity(2 * gradients.numCols);
        double growth = 0;
        for (int k = 0; k < 300; k++) {
            c = meanOverBatches(gradients, recursion, batch, c);
            growth = Norms.two(c);
            CommonOps_DDRM.divide(c, growth);
        }
        return growth;
    }

    private static DMatrixRMaj joint(
            DMatrixRMaj gradients, Recursion recursion, int batch, DMatrixRMaj noise, int steps) {
        int size = gradients.numCols;
        DMatrixRMaj c = new DMatrixRMaj(2 * size, 2 * size);
        for (int k = 0; k < steps; k++) {
            c = meanOverBatches(gradients, recursion, batch, c);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    c.add(i, j, noise.get(i, j));
                }
            }
        }
        return c;
    }

    @Property(tries = 10)
    void isWhatTheExactRecursionComesTo(@ForAll long seed) {
        compare(seed, 3, 2); // full rank
        compare(seed, 3, 4); // rank 3 of 4
    }

    static void compare(long seed, int samples, int size) {
        DMatrixRMaj gradients = TestMatrices.gaussian(samples, size, seed);
        double largest = 0;
        for (int i = 0; i < samples; i++) {
            double square = 0;
            for (int j = 0; j < size; j++) {
                square += gradients.get(i, j) * gradients.get(i, j);
            }
            largest = Math.max(largest, square);
        }
        double eta = 1 / largest;
        for (double momentum : new double[] {0, 0.5}) {
            Recursion recursion = new Recursion(eta, momentum);
            for (int batch : new int[] {1, 2, 3}) {
                SampledCovariance sampled = SampledCovariance.of(gradients, recursion, 1.0 / batch, 1.0 / batch, 1e-10);
                assertEquals(LyapunovStatus.STABLE, sampled.status(), sampled.reason());
                assertEquals(Math.min(samples, size), sampled.rank());
                double strength = 0.3;
                DMatrixRMaj noise = gaussNewton(gradients);
                CommonOps_DDRM.scale(strength, noise);
                StationarySolution solution = sampled.solve(strength);
                DMatrixRMaj s = new DMatrixRMaj(size, size);
                solution.covariance(s);
                assertTrue(solution.residual() < 1e-10, "residual " + solution.residual());
                DMatrixRMaj again = new DMatrixRMaj(size, size);
                sampled.solve(noise).covariance(again);
                assertEquals(0, TestMatrices.distance(s, again), 1e-9 * Norms.two(s));
                DMatrixRMaj factor = solution.factor();
                CommonOps_DDRM.multTransB(factor, factor, again);
                assertEquals(0, TestMatrices.distance(s, again), 1e-12 * Norms.two(s));
                fixedPoint(gradients, recursion, batch, noise, s);
            }
        }
    }

    /**
     * One exact step leaves S where it is. Without momentum the step needs S alone; with momentum the recursion is run
     * to its end.
     */
    private static void fixedPoint(
            DMatrixRMaj gradients, Recursion recursion, int batch, DMatrixRMaj noise, DMatrixRMaj s) {
        int size = gradients.numCols;
        DMatrixRMaj after;
        if (recursion.momentum() == 0) {
            DMatrixRMaj c = new DMatrixRMaj(2 * size, 2 * size);
            CommonOps_DDRM.insert(s, c, 0, 0);
            c = meanOverBatches(gradients, recursion, batch, c);
            after = CommonOps_DDRM.extract(c, 0, size, 0, size);
            CommonOps_DDRM.addEquals(after, noise);
        } else {
            if (slowest(gradients, recursion) > 0.97) {
                return;
            }
            DMatrixRMaj c = joint(gradients, recursion, batch, noise, 600);
            after = CommonOps_DDRM.extract(c, 0, size, 0, size);
        }
        assertEquals(0, TestMatrices.distance(s, after), 1e-6 * Norms.two(s));
    }

    /** The slowest decay of the mean, over the modes that move at all. */
    private static double slowest(DMatrixRMaj gradients, Recursion recursion) {
        double slowest = 0;
        for (double h : SymmetricEigen.of(gaussNewton(gradients)).values()) {
            if (h > 1e-9) {
                double x = recursion.learningRate() * h;
                double half = (1 + recursion.momentum() - x) / 2;
                double root = half * half - recursion.momentum();
                slowest = Math.max(
                        slowest, root < 0 ? Math.sqrt(recursion.momentum()) : Math.abs(half) + Math.sqrt(root));
            }
        }
        return slowest;
    }

    /**
     * One sample: everything is a number. S = ηλh/(2ηh − η²h²·(1 + s − m)), s = 1/B with the others' mean m = 1/B: B
     * does not matter.
     */
    @Test
    void oneSampleIsANumber() {
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{2}});
        for (int batch : new int[] {1, 2, 7}) {
            SampledCovariance sampled = SampledCovariance.of(one, 0.1, batch);
            DMatrixRMaj s = new DMatrixRMaj(1, 1);
            sampled.solve(0.1 * 0.5).covariance(s);
            assertEquals(0.5 / (2 - 0.1 * 4), s.get(0, 0), 1e-12);
            assertEquals(4, sampled.curvatures()[0], 1e-14);
        }
    }

    @Test
    void withoutSamplingItIsThePlainCovariance() {
        DMatrixRMaj gradients = TestMatrices.gaussian(6, 9, 3);
        DMatrixRMaj g = gaussNewton(gradients);
        double top = SymmetricEigen.of(g).values()[8];
        for (double momentum : new double[] {0, 0.9}) {
            Recursion recursion = new Recursion(1.5 / top, momentum);
            SampledCovariance sampled = SampledCovariance.of(gradients, recursion, 0, 0, 1e-10);
            DMatrixRMaj s = new DMatrixRMaj(9, 9);
            sampled.solve(0.2).covariance(s);
            DMatrixRMaj expected = new DMatrixRMaj(9, 9);
            CommonOps_DDRM.scale(0.2, g);
            ModalCovariance.of(SymmetricEigen.of(gaussNewton(gradients)), recursion)
                    .stationary(g, expected);
            CommonOps_DDRM.scale(5, g);
            assertEquals(0, TestMatrices.distance(expected, s), 1e-11 * Norms.two(s));
        }
    }

    /** The status is that of the dense spectral radius, on both sides of the limit. */
    @Property(tries = 10)
    void theStatusIsThatOfTheSpectralRadius(@ForAll long seed) {
        stability(seed);
    }

    static void stability(long seed) {
        DMatrixRMaj gradients = TestMatrices.gaussian(3, 2, seed);
        double top = SymmetricEigen.of(gaussNewton(gradients)).values()[1];
        for (double momentum : new double[] {0, 0.6}) {
            for (int batch : new int[] {1, 2}) {
                for (double part : new double[] {0.2, 0.5, 0.8, 0.99, 1.05}) {
                    Recursion recursion = new Recursion(part * 2 * (1 + momentum) / top, momentum);
                    double radius = spectralRadius(gradients, recursion, batch);
                    LyapunovStatus expected = radius < 1 ? LyapunovStatus.STABLE : LyapunovStatus.UNSTABLE;
                    if (Math.abs(radius - 1) > 1e-3) {
                        SampledCovariance sampled =
                                SampledCovariance.of(gradients, recursion, 1.0 / batch, 1.0 / batch, 1e-10);
                        assertEquals(expected, sampled.status(), "radius " + radius + ", " + sampled.reason());
                    }
                }
            }
        }
    }

    /** One sample of curvature h, B = 1: the limit is ηh = 2 exactly. */
    @Test
    void aroundTheLimitThereIsNeverAWrongNumber() {
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{1}});
        for (double off : new double[] {0, 1e-16, 1e-15, 1e-13, 1e-10, 1e-3}) {
            assertThrows(
                    IllegalStateException.class,
                    () -> SampledCovariance.of(one, 2 + off, 1).solve(1.0));
        }
        for (double off : new double[] {1e-3, 1e-6, 1e-9}) {
            SampledCovariance sampled = SampledCovariance.of(one, 2 - off, 1);
            assertEquals(LyapunovStatus.STABLE, sampled.status(), sampled.reason());
            double eta = 2 - off;
            double exact = 1 / (eta * (2 - eta));
            StationarySolution solution = sampled.solve(1.0);
            double error = Math.abs(solution.coordinates().get(0, 0) - exact) / exact;
            assertTrue(error <= 2 * solution.errorBound() + 1e-14, error + " of " + solution.errorBound());
            assertTrue(solution.errorBound() < 1e-5);
        }
        // two samples that share nothing: curvature ½ each, but a drawn sample steps by its own g: the limit is η = 2,
        // not 4
        DMatrixRMaj two = CommonOps_DDRM.identity(2);
        assertEquals(LyapunovStatus.STABLE, SampledCovariance.of(two, 1.999, 1).status());
        assertEquals(
                LyapunovStatus.UNSTABLE, SampledCovariance.of(two, 2.001, 1).status());
        SampledCovariance exactly = SampledCovariance.of(two, 2, 1);
        assertTrue(exactly.status() != LyapunovStatus.STABLE);
        assertTrue(!exactly.reason().isEmpty());
        assertThrows(IllegalStateException.class, () -> exactly.solve(1.0));
        assertThrows(IllegalStateException.class, () -> exactly.solve(CommonOps_DDRM.identity(2)));
    }

    /** Scaling the gradients by c and the learning rate by 1/c² leaves ηS/strength as it is. */
    @Test
    void scalesAsItMust() {
        DMatrixRMaj gradients = TestMatrices.gaussian(5, 5, 3);
        DMatrixRMaj base = SampledCovariance.of(gradients, 0.02, 2).solve(1.0).coordinates();
        for (double c : new double[] {1e-6, 1e6}) {
            DMatrixRMaj scaled = gradients.copy();
            CommonOps_DDRM.scale(c, scaled);
            DMatrixRMaj s = SampledCovariance.of(scaled, 0.02 / (c * c), 2)
                    .solve(1 / (c * c))
                    .coordinates();
            for (int e = 0; e < 25; e++) {
                assertEquals(Math.abs(base.data[e]), Math.abs(s.data[e]), 1e-8 * Norms.two(base));
            }
        }
    }

    @Test
    void hardGradients() {
        // all zero; one direction; a sample that says nothing; the same sample many times; a tiny direction
        SampledCovariance zero = SampledCovariance.of(new DMatrixRMaj(4, 3), 1, 2);
        assertEquals(LyapunovStatus.STABLE, zero.status());
        DMatrixRMaj s = new DMatrixRMaj(3, 3);
        s.fill(9);
        zero.solve(1.0).covariance(s);
        assertEquals(0, Norms.two(s));
        assertEquals(0, zero.solve(1.0).factor().numCols);
        DMatrixRMaj same = new DMatrixRMaj(6, 3);
        for (int i = 0; i < 5; i++) {
            same.set(i, 1, 2);
        }
        SampledCovariance line = SampledCovariance.of(same, 0.1, 1);
        assertEquals(1, line.rank());
        line.solve(1.0).covariance(s);
        double d = 4 * 5 / 6.0;
        // S = S(1 − 2ηd) + η²·(5/6)·16·S + d
        assertEquals(d / (0.2 * d - 0.01 * 16 * 5 / 6.0), s.get(1, 1), 1e-10);
        assertEquals(s.get(1, 1), Norms.two(s), 1e-12);
        DMatrixRMaj tiny = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1e-4}});
        SampledCovariance stiff = SampledCovariance.of(tiny, 0.5, 1);
        DMatrixRMaj both = new DMatrixRMaj(2, 2);
        StationarySolution solution = stiff.solve(1.0);
        solution.covariance(both);
        // the samples share nothing: each mode alone has S = ½/(2η·½g² − ½η²g⁴)·g² with its g²
        assertEquals(1 / (2 * 0.5 - 0.25), both.get(0, 0), 1e-10);
        assertEquals(1 / (2 * 0.5 - 0.25 * 1e-8), both.get(1, 1), 1e-10);
        assertTrue(solution.residual() < 1e-10);
    }

    @Test
    void noiseOutsideTheRangeIsRefused() {
        DMatrixRMaj gradients = new DMatrixRMaj(new double[][] {{1, 0, 0}, {0, 2, 0}});
        SampledCovariance sampled = SampledCovariance.of(gradients, 0.1, 1);
        sampled.solve(CommonOps_DDRM.diag(1, 1, 0));
        String text = assertThrows(IllegalArgumentException.class, () -> sampled.solve(CommonOps_DDRM.diag(1, 1, 0.1)))
                .getMessage();
        assertTrue(text.contains("outside the range of G"), text);
        assertThrows(IllegalArgumentException.class, () -> sampled.solve(CommonOps_DDRM.diag(1, -1, 0)));
        assertThrows(IllegalArgumentException.class, () -> sampled.solve(CommonOps_DDRM.identity(2)));
        assertThrows(IllegalArgumentException.class, () -> sampled.solve(-1.0));
        assertThrows(IllegalArgumentException.class, () -> sampled.solve(Double.NaN));
        assertEquals(0, sampled.solve(new DMatrixRMaj(3, 3)).coordinates().get(0, 0));
    }

    @Test
    void refusesBadInput() {
        DMatrixRMaj gradients = TestMatrices.gaussian(3, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> SampledCovariance.of(gradients, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> SampledCovariance.of(gradients, 0.1, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> SampledCovariance.of(gradients, Recursion.plain(0.1), 0.1, 0.2, 1e-10));
        assertThrows(IllegalArgumentException.class, () -> SampledCovariance.of(new DMatrixRMaj(0, 2), 0.1, 1));
        DMatrixRMaj nan = gradients.copy();
        nan.data[2] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> SampledCovariance.of(nan, 0.1, 1));
    }

    /** r = 200: nothing of size r² × r² is formed, and few iterations are needed. */
    @Tag("slow")
    @Test
    void largeRanks() {
        int r = 200;
        DMatrixRMaj gradients = TestMatrices.gaussian(r, r + 50, 1);
        double top = SymmetricEigen.of(gaussNewton(gradients)).values()[r + 49];
        assertEquals(
                LyapunovStatus.UNSTABLE,
                SampledCovariance.of(gradients, 0.2 / top, 1).status());
        SampledCovariance sampled = SampledCovariance.of(gradients, 0.2 / top, 32);
        assertEquals(r, sampled.rank());
        assertEquals(LyapunovStatus.STABLE, sampled.status(), sampled.reason());
        StationarySolution solution = sampled.solve(1e-3);
        assertTrue(solution.errorBound() < 1e-9, "error " + solution.errorBound());
        assertTrue(solution.iterations() < 100, solution.iterations() + " iterations");
    }
}
