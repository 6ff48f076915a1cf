package dev.lowland.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.function.ErrorFunction;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of the numbers. Each statistic is compared with its exact mean at 5.5 standard deviations, which a right
 * generator exceeds with probability 4·10⁻⁸ a statistic, below 10⁻⁵ for the class. Seeds are fixed, so a test that
 * passes keeps passing.
 */
@Tag("once")
final class RandomLawsTest {
    private static final int N = 1 << 20;
    private static final double LIMIT = 5.5;

    private static void assertMean(String what, double sum, int n, double mean, double variance) {
        double z = (sum / n - mean) / Math.sqrt(variance / n);
        assertTrue(Math.abs(z) < LIMIT, what + " is off by " + z + " standard deviations");
    }

    /** Pearson's statistic of equally likely cells, made standard normal by the cube root of Wilson and Hilferty. */
    private static void assertUniformCells(String what, int[] counts, int n) {
        double expected = (double) n / counts.length;
        double statistic = 0;
        for (int count : counts) {
            statistic += (count - expected) * (count - expected) / expected;
        }
        int degrees = counts.length - 1;
        double spread = 2.0 / (9 * degrees);
        double z = (Math.cbrt(statistic / degrees) - (1 - spread)) / Math.sqrt(spread);
        assertTrue(Math.abs(z) < LIMIT, what + ": chi-square " + statistic + " on " + degrees);
    }

    static Stream<RandomStream> streams() {
        return Stream.of(
                RandomStream.of(0, 0, Purpose.SAMPLE_INDEX),
                RandomStream.of(20240607, 12, Purpose.LABEL_NOISE),
                RandomStream.of(-1, Integer.MAX_VALUE, Purpose.TEST));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void momentsOfNormals(RandomStream stream) {
        double[] x = new double[N];
        stream.fillGaussian(1000, N, x, 0, 1);
        double[] sums = new double[7];
        double neighbours = 0;
        double squares = 0;
        for (int i = 0; i < N; i++) {
            double power = 1;
            for (int k = 1; k <= 6; k++) {
                power *= x[i];
                sums[k] += power;
            }
            if (i % 2 == 0) {
                neighbours += x[i] * x[i + 1];
                squares += (x[i] * x[i] - 1) * (x[i + 1] * x[i + 1] - 1);
            }
        }
        assertMean("mean", sums[1], N, 0, 1);
        assertMean("second moment", sums[2], N, 1, 2);
        assertMean("third moment", sums[3], N, 0, 15);
        assertMean("fourth moment", sums[4], N, 3, 96);
        assertMean("fifth moment", sums[5], N, 0, 945);
        assertMean("sixth moment", sums[6], N, 15, 10170);
        assertMean("product of a pair", neighbours, N / 2, 0, 1);
        assertMean("product of a pair's squares", squares, N / 2, 0, 4);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void normalsFillTheirQuantilesEvenly(RandomStream stream) {
        double[] x = new double[N];
        stream.fillGaussian(0, N, x, 0, 1);
        int[] even = new int[512];
        int[] odd = new int[512];
        int[] pairs = new int[32 * 32];
        for (int i = 0; i < N; i += 2) {
            double p = 0.5 * (1 + ErrorFunction.erf(x[i] * Math.sqrt(0.5)));
            double q = 0.5 * (1 + ErrorFunction.erf(x[i + 1] * Math.sqrt(0.5)));
            even[Math.min(511, (int) (512 * p))]++;
            odd[Math.min(511, (int) (512 * q))]++;
            pairs[32 * Math.min(31, (int) (32 * p)) + Math.min(31, (int) (32 * q))]++;
        }
        assertUniformCells("even positions", even, N / 2);
        assertUniformCells("odd positions", odd, N / 2);
        assertUniformCells("pairs", pairs, N / 2);
    }

    /** P(|x| &gt; 4) = 6.334·10⁻⁵, where a poor method runs out of numbers. */
    @Test
    void normalsHaveTheirTails() {
        double[] x = new double[N];
        int far = 0;
        int n = 8 * N;
        for (int part = 0; part < 8; part++) {
            RandomStream.of(5, part, Purpose.TEST).fillGaussian(0, N, x, 0, 1);
            for (double entry : x) {
                far += Math.abs(entry) > 4 ? 1 : 0;
            }
        }
        assertMean("tail", far, n, 6.334248366623973e-5, 6.334e-5);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void uniforms(RandomStream stream) {
        double[] u = new double[N];
        stream.fillUniform(7, N, u, 0, 1);
        int[] cells = new int[1024];
        int[] low = new int[256];
        int[] pairs = new int[64 * 64];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < N; i++) {
            assertTrue(u[i] > 0 && u[i] < 1);
            sum += u[i];
            squares += u[i] * u[i];
            cells[(int) (1024 * u[i])]++;
            low[(int) ((long) (u[i] * 0x1p53) & 255)]++;
            if (i > 0) {
                pairs[64 * (int) (64 * u[i - 1]) + (int) (64 * u[i])]++;
            }
        }
        assertMean("mean", sum, N, 0.5, 1.0 / 12);
        assertMean("mean square", squares, N, 1.0 / 3, 4.0 / 45);
        assertUniformCells("uniforms", cells, N);
        assertUniformCells("lowest bits", low, N);
        assertUniformCells("neighbours", pairs, N - 1);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void signs(RandomStream stream) {
        double[] s = new double[N];
        stream.fillSigns(3, N, s, 0, 1);
        double sum = 0;
        double[] lagged = new double[130];
        int[] words = new int[4096];
        int word = 0;
        for (int i = 0; i < N; i++) {
            assertEquals(1, Math.abs(s[i]));
            sum += s[i];
            word = (word * 2 + (s[i] > 0 ? 1 : 0)) & 4095;
            if (i % 12 == 11) {
                words[word]++;
            }
            for (int lag = 1; lag < lagged.length && lag <= i; lag++) {
                lagged[lag] += s[i] * s[i - lag];
            }
        }
        assertMean("mean", sum, N, 0, 1);
        for (int lag = 1; lag < lagged.length; lag++) {
            assertMean("lag " + lag, lagged[lag], N - lag, 0, 1);
        }
        assertUniformCells("words of twelve signs", words, N / 12);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void indices(RandomStream stream) {
        for (int bound : new int[] {2, 3, 10, 1000}) {
            int[] indices = new int[N];
            stream.fillIndices(0, N, bound, indices, 0, 1);
            int[] counts = new int[bound];
            int[] pairs = new int[Math.min(bound, 40) * Math.min(bound, 40)];
            for (int i = 0; i < N; i++) {
                counts[indices[i]]++;
                if (i % 2 == 1 && bound <= 40) {
                    pairs[bound * indices[i - 1] + indices[i]]++;
                }
            }
            assertUniformCells("indices below " + bound, counts, N);
            if (bound <= 40) {
                assertUniformCells("pairs of indices below " + bound, pairs, N / 2);
            }
        }
    }

    /** Streams whose names differ in one part, position by position; and positions side by side across replicas. */
    @Test
    void streamsAreIndependent() {
        RandomStream base = RandomStream.of(9, 4, Purpose.LABEL_NOISE);
        List<RandomStream> others = List.of(
                RandomStream.of(10, 4, Purpose.LABEL_NOISE),
                RandomStream.of(9 ^ (1L << 63), 4, Purpose.LABEL_NOISE),
                RandomStream.of(9, 5, Purpose.LABEL_NOISE),
                RandomStream.of(9, 4 + (1 << 30), Purpose.LABEL_NOISE),
                RandomStream.of(9, 4, Purpose.LABEL_FLIP),
                RandomStream.of(9, 4, Purpose.SAMPLE_INDEX));
        double[] x = new double[N];
        double[] y = new double[N];
        double[] u = new double[N];
        double[] v = new double[N];
        base.fillGaussian(0, N, x, 0, 1);
        base.fillUniform(0, N, u, 0, 1);
        for (RandomStream other : others) {
            other.fillGaussian(0, N, y, 0, 1);
            other.fillUniform(0, N, v, 0, 1);
            double products = 0;
            double squares = 0;
            int[] pairs = new int[64 * 64];
            int equalBits = 0;
            for (int i = 0; i < N; i++) {
                products += x[i] * y[i];
                squares += (x[i] * x[i] - 1) * (y[i] * y[i] - 1);
                pairs[64 * (int) (64 * u[i]) + (int) (64 * v[i])]++;
                equalBits += Long.bitCount(base.bits(i) ^ other.bits(i));
            }
            assertMean("product", products, N, 0, 1);
            assertMean("product of squares", squares, N, 0, 4);
            assertUniformCells("cells of pairs", pairs, N);
            assertMean("differing bits", equalBits, N, 32, 16);
        }
    }

    @Test
    void replicasSideBySideAreIndependent() {
        int replicas = 1 << 14;
        double[] mean = new double[8];
        double[] neighbours = new double[8];
        double[] previous = new double[8];
        double[] here = new double[8];
        for (int r = 0; r < replicas; r++) {
            RandomStream.of(77, r, Purpose.LABEL_NOISE).fillGaussian(0, 8, here, 0, 1);
            for (int i = 0; i < 8; i++) {
                mean[i] += here[i];
                neighbours[i] += here[i] * previous[i];
                previous[i] = here[i];
            }
        }
        for (int i = 0; i < 8; i++) {
            assertMean("position " + i, mean[i], replicas, 0, 1);
            assertMean("neighbouring replicas at " + i, neighbours[i], replicas, 0, 1);
        }
    }
}
