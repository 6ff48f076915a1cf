package dev.lowland.core.linalg.lyapunov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.linalg.Norms;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Covariances after a number of steps, of samples with one gradient or several, against the recursion carried out in P
 * dimensions.
 */
final class SampledStepsTest {
    private static final int SIZE = 5;
    private static final int SAMPLES = 3;

    private static DMatrixRMaj gradients(int group) {
        Random random = new Random(group);
        DMatrixRMaj g = new DMatrixRMaj(SAMPLES * group, SIZE);
        for (int e = 0; e < g.getNumElements(); e++) {
            g.data[e] = random.nextGaussian();
        }
        return g;
    }

    private static DMatrixRMaj[] squares(DMatrixRMaj gradients, int group) {
        DMatrixRMaj[] a = new DMatrixRMaj[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            DMatrixRMaj rows = CommonOps_DDRM.extract(gradients, i * group, (i + 1) * group, 0, SIZE);
            a[i] = new DMatrixRMaj(SIZE, SIZE);
            CommonOps_DDRM.multTransA(rows, rows, a[i]);
        }
        return a;
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1", "1, 0.7, 1", "2, 0, 1", "2, 0.6, 0.5", "1, 0.5, 0"})
    void areThoseOfTheRecursion(int group, double momentum, double spread) {
        DMatrixRMaj gradients = gradients(group);
        DMatrixRMaj[] a = squares(gradients, group);
        double mean = 0.6 * spread;
        double eta = 0.02;
        SampledCovariance covariance =
                SampledCovariance.of(gradients, group, new Recursion(eta, momentum), spread, mean, 1e-10);
        DMatrixRMaj k = new DMatrixRMaj(SIZE, SIZE);
        for (DMatrixRMaj one : a) {
            CommonOps_DDRM.addEquals(k, 1.0 / SAMPLES, one);
        }
        DMatrixRMaj x = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj y = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj z = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj step = CommonOps_DDRM.identity(SIZE);
        CommonOps_DDRM.scale(1 + momentum, step);
        CommonOps_DDRM.addEquals(step, -eta, k);
        for (int t = 1; t <= 5_000; t++) {
            DMatrixRMaj next = times(times(step, x), step);
            DMatrixRMaj crossed = times(step, y);
            CommonOps_DDRM.addEquals(next, -momentum, crossed);
            CommonOps_DDRM.transpose(crossed);
            CommonOps_DDRM.addEquals(next, -momentum, crossed);
            CommonOps_DDRM.addEquals(next, momentum * momentum, z);
            CommonOps_DDRM.addEquals(next, 0.3, k);
            CommonOps_DDRM.addEquals(next, -eta * eta * mean, times(times(k, x), k));
            for (DMatrixRMaj one : a) {
                CommonOps_DDRM.addEquals(next, eta * eta * spread / SAMPLES, times(times(one, x), one));
            }
            DMatrixRMaj transposed = y.copy();
            CommonOps_DDRM.transpose(transposed);
            y = times(step, x);
            CommonOps_DDRM.addEquals(y, -momentum, transposed);
            z = x;
            x = symmetric(next);
            if (t == 1 || t == 6) {
                check(x, covariance, covariance.afterSteps(noise(covariance, eta), t), 1e-12);
            }
        }
        check(x, covariance, covariance.afterSteps(noise(covariance, eta), 5_000), 1e-10);
        check(x, covariance, covariance.afterSteps(noise(covariance, eta), Long.MAX_VALUE), 1e-8);
        check(x, covariance, covariance.solve(0.3).coordinates(), 1e-8);
        check(x, covariance, covariance.solveCoordinates(noise(covariance, eta)).coordinates(), 1e-8);
    }

    /** (M + Mᵀ)/2: what is not symmetric is rounding, and would grow. */
    private static DMatrixRMaj symmetric(DMatrixRMaj m) {
        DMatrixRMaj mean = m.copy();
        CommonOps_DDRM.transpose(mean);
        CommonOps_DDRM.addEquals(mean, m);
        CommonOps_DDRM.scale(0.5, mean);
        return mean;
    }

    /** Of the covariance 0.3·G. */
    private static DMatrixRMaj noise(SampledCovariance covariance, double eta) {
        int r = covariance.rank();
        DMatrixRMaj q = new DMatrixRMaj(r, r);
        for (int i = 0; i < r; i++) {
            q.set(i, i, 0.3 * covariance.relativeCurvatures()[i] / eta);
        }
        return q;
    }

    private static void check(
            DMatrixRMaj expected, SampledCovariance covariance, DMatrixRMaj coordinates, double tolerance) {
        DMatrixRMaj found = Congruence.outside(covariance.basis(), coordinates);
        double size = Norms.two(expected);
        CommonOps_DDRM.subtractEquals(found, expected);
        assertTrue(Norms.two(found) <= tolerance * size, () -> "off by " + Norms.two(found) / size);
    }

    private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, product);
        return product;
    }

    @Test
    void anUnstableRecursionLeavesTheRangeOfNumbers() {
        SampledCovariance unstable = SampledCovariance.of(gradients(1), Recursion.plain(3), 1, 1, 1e-10);
        assertEquals(LyapunovStatus.UNSTABLE, unstable.status());
        assertThrows(IllegalArgumentException.class, () -> unstable.afterSteps(noise(unstable, 3), 1_000_000));
        SampledCovariance withoutSampling = SampledCovariance.of(gradients(1), Recursion.plain(3), 0, 0, 1e-10);
        assertThrows(IllegalArgumentException.class, () -> withoutSampling.afterSteps(noise(unstable, 3), 1_000_000));
    }

    @Test
    void refusesBadInput() {
        SampledCovariance covariance = SampledCovariance.of(gradients(1), Recursion.plain(0.02), 1, 1, 1e-10);
        assertThrows(IllegalArgumentException.class, () -> covariance.afterSteps(noise(covariance, 0.02), -1));
        assertThrows(IllegalArgumentException.class, () -> covariance.afterSteps(new DMatrixRMaj(2, 2), 1));
        DMatrixRMaj negative = noise(covariance, 0.02);
        negative.set(0, 0, -1);
        assertThrows(IllegalArgumentException.class, () -> covariance.afterSteps(negative, 1));
        assertThrows(IllegalArgumentException.class, () -> covariance.solveCoordinates(negative));
        assertThrows(
                IllegalArgumentException.class,
                () -> SampledCovariance.of(gradients(1), 2, Recursion.plain(0.02), 1, 1, 1e-10));
    }
}
