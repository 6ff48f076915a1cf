package dev.lowland.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.generator.Normals;
import dev.lowland.core.generator.Uniforms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a stream promises apart from its laws: addressing, filling, ends of the range, errors. */
@Tag("once")
final class RandomStreamTest {
    private static final long[] POSITIONS = {0, 1, 2, 63, 64, 127, 128, 1L << 33, (1L << 40) + 5};

    @Test
    void fillingHasTheBitsOfSingleCalls() {
        RandomStream stream = RandomStream.of(42, 7, Purpose.LABEL_NOISE);
        for (long position : POSITIONS) {
            for (int count : new int[] {0, 1, 2, 3, 64, 127, 128, 129, 300}) {
                for (int stride : new int[] {1, 3}) {
                    checkFill(stream, position, count, 2, stride);
                }
            }
        }
    }

    private static void checkFill(RandomStream stream, long position, int count, int offset, int stride) {
        int length = offset + count * stride + 1;
        double[] uniform = new double[length];
        double[] gaussian = new double[length];
        double[] signs = new double[length];
        int[] indices = new int[length];
        java.util.Arrays.fill(uniform, -9);
        java.util.Arrays.fill(gaussian, -9);
        java.util.Arrays.fill(signs, -9);
        java.util.Arrays.fill(indices, -9);
        stream.fillUniform(position, count, uniform, offset, stride);
        stream.fillGaussian(position, count, gaussian, offset, stride);
        stream.fillSigns(position, count, signs, offset, stride);
        stream.fillIndices(position, count, 10, indices, offset, stride);
        for (int e = 0; e < length; e++) {
            boolean hit = e >= offset && (e - offset) % stride == 0 && (e - offset) / stride < count;
            long here = position + (e - offset) / stride;
            assertEquals(hit ? stream.uniform(here) : -9, uniform[e]);
            assertEquals(hit ? stream.gaussian(here) : -9, gaussian[e]);
            assertEquals(hit ? stream.sign(here) : -9, signs[e]);
            assertEquals(hit ? stream.index(here, 10) : -9, indices[e]);
        }
    }

    /** Found once, with the fills in plain Java: what was computed from these numbers can be computed again. */
    @Test
    void theNumbersNeverChange() {
        assertNumbers(3, -3041435502043904270L, -6200664328497992870L, -5777898570475584720L, 6230988624337880344L);
        assertNumbers(
                (1L << 33) - 2500,
                -7302573424659733473L,
                1509655853831079502L,
                4967517317749482170L,
                2782884059320043859L);
    }

    private static void assertNumbers(long position, long uniform, long gaussian, long signs, long indices) {
        RandomStream stream = RandomStream.of(0x0123456789abcdefL, 41, Purpose.LABEL_NOISE);
        int n = 5000;
        double[] x = new double[n];
        stream.fillUniform(position, n, x, 0, 1);
        assertEquals(uniform, digest(x), "uniform from " + position);
        stream.fillGaussian(position, n, x, 0, 1);
        assertEquals(gaussian, digest(x), "gaussian from " + position);
        stream.fillSigns(position, n, x, 0, 1);
        assertEquals(signs, digest(x), "signs from " + position);
        int[] entries = new int[n];
        stream.fillIndices(position, n, 1000, entries, 0, 1);
        assertEquals(
                indices,
                digest(java.util.Arrays.stream(entries).asDoubleStream().toArray()),
                "indices");
    }

    private static long digest(double[] x) {
        long digest = 0;
        for (double entry : x) {
            digest = (digest ^ Double.doubleToRawLongBits(entry)) * 0x9E3779B97F4A7C15L;
            digest ^= digest >>> 32;
        }
        return digest;
    }

    @Test
    void everyPartOfTheNameChangesTheNumbers() {
        long here = RandomStream.of(1, 0, Purpose.DATA).bits(5);
        assertEquals(here, RandomStream.of(1, 0, Purpose.DATA).bits(5));
        assertNotEquals(here, RandomStream.of(1, 0, Purpose.DATA).bits(4));
        assertNotEquals(here, RandomStream.of(1, 0, Purpose.PROBE).bits(5));
        assertNotEquals(here, RandomStream.of(1, 1, Purpose.DATA).bits(5));
        assertNotEquals(here, RandomStream.of(2, 0, Purpose.DATA).bits(5));
        assertNotEquals(here, RandomStream.of(1 + (1L << 32), 0, Purpose.DATA).bits(5));
        assertNotEquals(here, RandomStream.of(-1, 0, Purpose.DATA).bits(5));
    }

    @Test
    void uniformsAreNeverZeroOrOne() {
        assertEquals(0x1p-54, Uniforms.open(0));
        assertEquals(0x1p-53, Uniforms.open(1L << 11));
        assertEquals(1 - 0x1p-53, Uniforms.open(-1));
        assertEquals(0.5, Uniforms.open(Long.MIN_VALUE));
    }

    @Test
    void indicesReachBothEnds() {
        for (int bound : new int[] {1, 2, 3, 1000, Integer.MAX_VALUE}) {
            assertEquals(0, Uniforms.index(0, bound));
            assertEquals(bound - 1, Uniforms.index(-1, bound));
        }
        java.math.BigInteger two64 = java.math.BigInteger.ONE.shiftLeft(64);
        RandomStream stream = RandomStream.of(3, 0, Purpose.TEST);
        for (int i = 0; i < 1000; i++) {
            long bits = stream.bits(i);
            int bound = 1 + (int) (stream.bits(i + 5000) >>> 33);
            java.math.BigInteger exact = new java.math.BigInteger(Long.toUnsignedString(bits))
                    .multiply(java.math.BigInteger.valueOf(bound))
                    .divide(two64);
            assertEquals(exact.intValueExact(), Uniforms.index(bits, bound));
        }
    }

    @Test
    void normalsAreFiniteAtTheEnds() {
        double extreme = Normals.radius(0);
        assertEquals(Math.sqrt(54 * Math.log(2)), extreme, 1e-14);
        assertTrue(Normals.radius(-1) > 0);
        assertEquals(-Math.PI / 4, Normals.angle(0), 1e-16);
        assertEquals(Math.PI / 4, Normals.angle(-1), 1e-15);
    }

    @Test
    void rangeOfPositions() {
        RandomStream stream = RandomStream.of(1, 0, Purpose.TEST);
        long last = RandomStream.POSITIONS - 1;
        double[] out = new double[4];
        stream.fillGaussian(last - 1, 2, out, 0, 1);
        assertEquals(stream.gaussian(last), out[1]);
        assertText("random bits: position is -1, must be in [0, 144115188075855872)", () -> stream.bits(-1));
        assertText(
                "random bits: position is 144115188075855872, must be in [0, 144115188075855872)",
                () -> stream.uniform(last + 1));
        assertText("random sign: position is -1, must be in [0, 144115188075855872)", () -> stream.sign(-1));
        assertText(
                "random gaussians: position + count is 144115188075855873, must be at most 144115188075855872",
                () -> stream.fillGaussian(last, 2, out, 0, 1));
    }

    @Test
    void wrongArgumentsAreNamed() {
        RandomStream stream = RandomStream.of(1, 0, Purpose.TEST);
        assertText("random stream: replica is -1, must be at least 0", () -> RandomStream.of(1, -1, Purpose.TEST));
        assertText("random index: bound is 0, must be at least 1", () -> stream.index(0, 0));
        assertText(
                "random indices: bound is 0, must be at least 1", () -> stream.fillIndices(0, 1, 0, new int[1], 0, 1));
        assertText(
                "random uniforms: out is of length 3, must be of length at least 4",
                () -> stream.fillUniform(0, 2, new double[3], 0, 3));
        assertText("random signs: count is -1, must be at least 0", () -> stream.fillSigns(0, -1, new double[3], 0, 1));
        assertText("random signs: stride is 0, must be at least 1", () -> stream.fillSigns(0, 1, new double[3], 0, 0));
    }

    private static void assertText(String text, Executable call) {
        assertEquals(text, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
