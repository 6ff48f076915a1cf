package dev.lowland.core.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every lane has the numbers of its stream, and nothing else is written. */
final class RandomLanesTest {
    private static final long SEED = 0x123456789abcdefL;
    private static final int OFFSET = 3;
    private static final int GUARD = -9;

    @Test
    void everyLaneHasTheNumbersOfItsStream() {
        for (int lanes : new int[] {1, 2, 7, 8, 9, 16, 21, 64}) {
            for (long position : new long[] {0, 1, 63, 100, 127, (1L << 33) - 3, (1L << 40) + 5}) {
                for (int count : new int[] {0, 1, 2, 3, 6, 33, 130}) {
                    check(1000, lanes, position, count);
                }
            }
        }
        check(Integer.MAX_VALUE - 18, 19, RandomStream.POSITIONS - 7, 7);
    }

    private static void check(int first, int lanes, long position, int count) {
        RandomLanes tested = RandomLanes.of(SEED, first, lanes, Purpose.TEST);
        int length = OFFSET + count * lanes + 9;
        double[] uniform = filled(length);
        double[] gaussian = filled(length);
        double[] signs = filled(length);
        int[] indices = new int[length];
        Arrays.fill(indices, GUARD);
        tested.fillUniform(position, count, uniform, OFFSET);
        tested.fillGaussian(position, count, gaussian, OFFSET);
        tested.fillSigns(position, count, signs, OFFSET);
        tested.fillIndices(position, count, 1000, indices, OFFSET);
        double[] expectedUniform = filled(length);
        double[] expectedGaussian = filled(length);
        double[] expectedSigns = filled(length);
        int[] expectedIndices = new int[length];
        Arrays.fill(expectedIndices, GUARD);
        for (int l = 0; l < lanes; l++) {
            RandomStream stream = RandomStream.of(SEED, first + l, Purpose.TEST);
            for (int i = 0; i < count; i++) {
                int at = OFFSET + i * lanes + l;
                expectedUniform[at] = stream.uniform(position + i);
                expectedGaussian[at] = stream.gaussian(position + i);
                expectedSigns[at] = stream.sign(position + i);
                expectedIndices[at] = stream.index(position + i, 1000);
            }
        }
        String what = lanes + " lanes, " + count + " numbers from " + position;
        assertSame(what + " uniform", expectedUniform, uniform);
        assertSame(what + " gaussian", expectedGaussian, gaussian);
        assertSame(what + " signs", expectedSigns, signs);
        assertArrayEquals(expectedIndices, indices, what + " indices");
    }

    /** Seeds and replicas in any order, some of them twice. */
    @Test
    void anyReplicasSideBySide() {
        long[] seeds = {7, -1, 7, 7, SEED, 7, 0, 3, 7, 7, SEED};
        int[] replicas = {0, 5, 1, 0, Integer.MAX_VALUE, 2, 3, 3, 9, 8, 7};
        RandomLanes lanes = RandomLanes.of(seeds, replicas, Purpose.TEST);
        double[] found = new double[6 * seeds.length];
        lanes.fillGaussian(3, 6, found, 0);
        for (int l = 0; l < seeds.length; l++) {
            RandomStream stream = RandomStream.of(seeds[l], replicas[l], Purpose.TEST);
            for (int i = 0; i < 6; i++) {
                assertEquals(stream.gaussian(3 + i), found[i * seeds.length + l]);
            }
        }
    }

    private static double[] filled(int length) {
        double[] out = new double[length];
        Arrays.fill(out, GUARD);
        return out;
    }

    private static void assertSame(String what, double[] expected, double[] found) {
        for (int e = 0; e < expected.length; e++) {
            assertEquals(
                    Double.doubleToRawLongBits(expected[e]), Double.doubleToRawLongBits(found[e]), what + " at " + e);
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        RandomLanes lanes = RandomLanes.of(1, 0, 4, Purpose.TEST);
        assertText(
                "random lanes: firstReplica is -1, must be at least 0", () -> RandomLanes.of(1, -1, 4, Purpose.TEST));
        assertText("random lanes: lanes is 0, must be at least 1", () -> RandomLanes.of(1, 0, 0, Purpose.TEST));
        assertText(
                "random lanes: firstReplica + lanes is 2147483649, must be at most 2147483648",
                () -> RandomLanes.of(1, Integer.MAX_VALUE, 2, Purpose.TEST));
        assertText(
                "random lanes: replica is -1, must be at least 0",
                () -> RandomLanes.of(new long[2], new int[] {0, -1}, Purpose.TEST));
        assertText(
                "random lanes: replicas is of length 1, must be of length 2",
                () -> RandomLanes.of(new long[2], new int[1], Purpose.TEST));
        assertText(
                "random signs of lanes: out is of length 10, must be of length at least 11",
                () -> lanes.fillSigns(0, 2, new double[10], 3));
        assertText(
                "random uniforms of lanes: count is -1, must be at least 0",
                () -> lanes.fillUniform(0, -1, new double[10], 3));
        assertText(
                "random gaussians of lanes: count is 536870912, must be at most 536870911",
                () -> lanes.fillGaussian(0, 1 << 29, new double[10], 0));
        assertText(
                "random indices of lanes: bound is 0, must be at least 1",
                () -> lanes.fillIndices(0, 1, 0, new int[4], 0));
        assertText(
                "random signs of lanes: position is -1, must be in [0, 144115188075855872)",
                () -> lanes.fillSigns(-1, 1, new double[4], 0));
        assertText(
                "random signs of lanes: position + count is 144115188075855873, must be at most 144115188075855872",
                () -> lanes.fillSigns(RandomStream.POSITIONS - 1, 2, new double[8], 0));
    }

    private static void assertText(String text, Executable call) {
        assertEquals(text, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
