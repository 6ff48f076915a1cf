package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.core.generator.Normals;
import dev.lowland.core.generator.Philox;
import dev.lowland.core.generator.Uniforms;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fills of both twins bit for bit against the numbers one by one, at every remainder of a vector, a block and a word.
 */
final class RandomKernelsTest {
    private static final long KEY = 0x8123456789abcdefL;
    private static final long NAME = (9L << 32) + Integer.MAX_VALUE - 100;
    private static final int BOUND = 1_000_003;
    private static final int GUARD = -9;

    static Stream<KernelSet> twins() {
        return Twins.all();
    }

    private static long[] positions() {
        return new long[] {0, 1, 63, 64, 90, 128, (1L << 33) - 20, (1L << 33) - 21, (1L << 39) - 70, (1L << 57) - 4000};
    }

    private static int[] counts() {
        return IntStream.concat(IntStream.rangeClosed(0, 70), IntStream.of(127, 128, 129, 1023, 1100, 1500, 2500))
                .toArray();
    }

    private static double uniform(long key, long stream, long position) {
        return Uniforms.open(Philox.word(key, stream, position));
    }

    private static double gaussian(long key, long stream, long position) {
        double radius = Normals.radius(Philox.word(key, stream, position & ~1L));
        long second = Philox.word(key, stream, position | 1);
        double x = Normals.angle(second);
        return (position & 1) == 0 ? Normals.even(radius, x, second) : Normals.odd(radius, x, second);
    }

    private static double sign(long key, long stream, long position) {
        return Uniforms.sign(Philox.word(key, stream, position >>> 6), (int) position & 63);
    }

    private static int index(long key, long stream, long position) {
        return Uniforms.index(Philox.word(key, stream, position), BOUND);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void streamsHaveTheNumbersOfTheirPositions(KernelSet kernels) {
        for (long position : positions()) {
            for (int count : counts()) {
                checkStream(kernels, position, count, 1);
            }
            checkStream(kernels, position, 70, 3);
        }
    }

    private static void checkStream(KernelSet kernels, long position, int count, int stride) {
        int length = 2 + count * stride + 9;
        Fills expected = new Fills(length);
        for (int i = 0; i < count; i++) {
            int at = 2 + i * stride;
            expected.uniform[at] = uniform(KEY, NAME, position + i);
            expected.gaussian[at] = gaussian(KEY, NAME, position + i);
            expected.signs[at] = sign(KEY, NAME, position + i);
            expected.indices[at] = index(KEY, NAME, position + i);
        }
        Fills found = new Fills(length);
        kernels.fillUniform(KEY, NAME, position, count, found.uniform, 2, stride);
        kernels.fillGaussian(KEY, NAME, position, count, found.gaussian, 2, stride);
        kernels.fillSigns(KEY, NAME, position, count, found.signs, 2, stride);
        kernels.fillIndices(KEY, NAME, position, count, BOUND, found.indices, 2, stride);
        expected.assertSame(found, count + " numbers from " + position + " by " + stride);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void lanesHaveTheNumbersOfTheirReplicas(KernelSet kernels) {
        for (int lanes : new int[] {1, 3, 4, 8, 13, 24}) {
            for (long position : positions()) {
                for (int count : new int[] {0, 1, 2, 3, 17, 64, 131}) {
                    checkLanes(kernels, position, count, lanes, l -> KEY, l -> NAME + l);
                    checkLanes(
                            kernels,
                            position,
                            count,
                            lanes,
                            l -> KEY * (l + 1),
                            l -> NAME + (1L << 32) * (l % 3) + l / 2);
                }
            }
        }
    }

    private static void checkLanes(
            KernelSet kernels, long position, int count, int lanes, IntToLongFunction key, IntToLongFunction name) {
        long[] keys = IntStream.range(0, lanes).mapToLong(key).toArray();
        long[] streams = IntStream.range(0, lanes).mapToLong(name).toArray();
        int length = 2 + count * lanes + 9;
        Fills expected = new Fills(length);
        for (int l = 0; l < lanes; l++) {
            for (int i = 0; i < count; i++) {
                int at = 2 + i * lanes + l;
                expected.uniform[at] = uniform(keys[l], streams[l], position + i);
                expected.gaussian[at] = gaussian(keys[l], streams[l], position + i);
                expected.signs[at] = sign(keys[l], streams[l], position + i);
                expected.indices[at] = index(keys[l], streams[l], position + i);
            }
        }
        Fills found = new Fills(length);
        kernels.fillLanesUniform(keys, streams, position, count, lanes, found.uniform, 2);
        kernels.fillLanesGaussian(keys, streams, position, count, lanes, found.gaussian, 2);
        kernels.fillLanesSigns(keys, streams, position, count, lanes, found.signs, 2);
        kernels.fillLanesIndices(keys, streams, position, count, lanes, BOUND, found.indices, 2);
        expected.assertSame(found, count + " numbers of " + lanes + " lanes from " + position);
    }

    /** One array of each kind. */
    private static final class Fills {
        private final double[] uniform;
        private final double[] gaussian;
        private final double[] signs;
        private final int[] indices;

        Fills(int length) {
            this.uniform = new double[length];
            this.gaussian = new double[length];
            this.signs = new double[length];
            this.indices = new int[length];
            Arrays.fill(uniform, GUARD);
            Arrays.fill(gaussian, GUARD);
            Arrays.fill(signs, GUARD);
            Arrays.fill(indices, GUARD);
        }

        void assertSame(Fills found, String what) {
            assertBits("uniform: " + what, uniform, found.uniform);
            assertBits("gaussian: " + what, gaussian, found.gaussian);
            assertBits("signs: " + what, signs, found.signs);
            assertArrayEquals(indices, found.indices, "indices: " + what);
        }

        private static void assertBits(String what, double[] expected, double[] found) {
            for (int e = 0; e < expected.length; e++) {
                assertEquals(
                        Double.doubleToRawLongBits(expected[e]),
                        Double.doubleToRawLongBits(found[e]),
                        what + " at " + e);
            }
        }
    }
}
