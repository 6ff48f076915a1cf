package dev.lowland.optim.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.support.Allocation;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which samples the laws take, against orders worked out with numbers asked for one by one; and their covariance. */
class BatchesTest {

    private static final int N = 7;
    private static final long SEED = 11;

    static Stream<BatchLaw> drawn() {
        return Stream.of(
                Batches.withReplacement(3),
                Batches.distinct(3),
                Batches.distinct(N),
                Batches.withoutReplacement(3),
                Batches.withoutReplacementKeepingShort(3),
                Batches.withoutReplacement(N),
                Batches.given(new int[][] {{0, 1}, {2, 3}, {6}}));
    }

    /** Fisher and Yates, from the sorted order. */
    private static int[] order(RandomStream numbers, long position, int places) {
        int[] order = IntStream.range(0, N).toArray();
        for (int i = 0; i < places; i++) {
            int other = i + (int) (numbers.uniform(position + i) * (N - i));
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private static int[] batch(BatchLaw law, int replica, long step) {
        return batch(law, 0, replica, step);
    }

    private static int[] batch(BatchLaw law, long afterSeed, int replica, long step) {
        BatchDraws draws = law.draws(1, N);
        draws.start(new long[] {SEED + afterSeed}, new int[] {replica});
        int[] out = new int[law.batchSize(N)];
        draws.fill(step, 1, out);
        return Arrays.copyOf(out, law.batchSize(step, N));
    }

    @Test
    void epochsArePermutations() {
        BatchLaw law = Batches.withoutReplacementKeepingShort(3);
        RandomStream numbers = RandomStream.of(SEED, 4, Purpose.SAMPLE_INDEX);
        for (int epoch = 0; epoch < 50; epoch++) {
            int[] order = order(numbers, (long) epoch * N, N);
            assertArrayEquals(Arrays.copyOfRange(order, 0, 3), batch(law, 4, 3L * epoch));
            assertArrayEquals(Arrays.copyOfRange(order, 3, 6), batch(law, 4, 3L * epoch + 1));
            assertArrayEquals(Arrays.copyOfRange(order, 6, 7), batch(law, 4, 3L * epoch + 2));
            assertArrayEquals(Arrays.copyOfRange(order, 3, 6), batch(Batches.withoutReplacement(3), 4, 2L * epoch + 1));
        }
    }

    @Test
    void distinctBatchesAreDrawnAnew() {
        RandomStream numbers = RandomStream.of(SEED, 2, Purpose.SAMPLE_INDEX);
        for (long step = 0; step < 50; step++) {
            int[] expected = Arrays.copyOf(order(numbers, step * 3, 3), 3);
            assertArrayEquals(expected, batch(Batches.distinct(3), 2, step));
        }
    }

    @Test
    void givenBatchesFollowEachOther() {
        BatchLaw law = Batches.given(new int[][] {{0, 1}, {2, 3}, {6}});
        assertArrayEquals(new int[] {2, 3}, batch(law, 0, 4));
        assertArrayEquals(new int[] {6}, batch(law, 9, 5));
    }

    /** Many steps at once, one by one, in lanes, or from the middle: the same samples. */
    @ParameterizedTest
    @MethodSource("drawn")
    void batchesBelongToTheirSteps(BatchLaw law) {
        int size = law.batchSize(N);
        int lanes = 4;
        int steps = 23;
        BatchDraws block = law.draws(lanes, N);
        block.start(new long[] {SEED, SEED + 1, SEED, SEED + 3}, new int[] {5, 6, 6, 2});
        int[] all = new int[steps * size * lanes];
        block.fill(0, steps, all);
        int[] later = new int[9 * size * lanes];
        block.fill(14, 9, later);
        for (int s = 0; s < steps; s++) {
            for (int l = 0; l < lanes; l++) {
                int[] expected = batch(law, new long[] {0, 1, 0, 3}[l], new int[] {5, 6, 6, 2}[l], s);
                for (int i = 0; i < expected.length; i++) {
                    assertEquals(expected[i], all[(s * size + i) * lanes + l]);
                    if (s >= 14) {
                        assertEquals(expected[i], later[((s - 14) * size + i) * lanes + l]);
                    }
                }
            }
        }
    }

    /** The variance of the mean of a batch of the numbers i², against f·(mean of squares − square of the mean). */
    @ParameterizedTest
    @MethodSource("drawn")
    void theFactorIsTheVarianceOfABatchsMean(BatchLaw law) {
        SamplingNoise noise = law.samplingNoise(N);
        if (noise.factor().isEmpty()) {
            assertTrue(noise.reason().length() > 10 && noise.toString().startsWith("UNSUPPORTED: "));
            return;
        }
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < N; i++) {
            mean += (double) i * i / N;
            squares += Math.pow(i, 4) / N;
        }
        int steps = 40_000;
        int size = law.batchSize(N);
        int[] all = new int[steps * size];
        BatchDraws draws = law.draws(1, N);
        draws.start(new long[] {3}, new int[1]);
        draws.fill(0, steps, all);
        double found = 0;
        for (int s = 0; s < steps; s++) {
            double ofBatch = 0;
            for (int i = 0; i < size; i++) {
                ofBatch += (double) all[s * size + i] * all[s * size + i] / size;
            }
            found += (ofBatch - mean) * (ofBatch - mean) / steps;
        }
        double expected = noise.factor().getAsDouble() * (squares - mean * mean);
        assertEquals(expected, found, 0.03 * expected + 1e-12, law.toString());
    }

    @ParameterizedTest
    @MethodSource("drawn")
    @Tag("once")
    void drawingAllocatesNothing(BatchLaw law) {
        BatchDraws draws = law.draws(8, N);
        draws.start(new long[8], new int[] {0, 1, 2, 3, 4, 5, 6, 7});
        int[] out = new int[20 * law.batchSize(N) * 8];
        long[] step = {0};
        Allocation.checkNone(law.toString(), () -> draws.fill(step[0] += 20, 20, out));
    }

    @Test
    void whatIsNoBatchIsRefusedByName() {
        refused(
                "distinct: batchSize is 8, must be at most 7",
                () -> Batches.distinct(8).batchSize(N));
        refused(
                "without-replacement: batchSize is 8, must be at most 7",
                () -> Batches.withoutReplacement(8).draws(1, N));
        refused("with-replacement: batchSize is 0, must be at least 1", () -> Batches.withReplacement(0));
        refused(
                "given: sample of a batch is 7, must be in [0, 7)",
                () -> Batches.given(new int[][] {{7}}).batchSize(N));
        refused(
                "given: batch 1 is of 2 samples, must be of 1, but the last may have fewer",
                () -> Batches.given(new int[][] {{0}, {1, 2}}));
        refused(
                "batches: batchSize is 1.5, must be a whole number, at least 1",
                () -> Batches.kinds().get(1).make(Map.of("batchSize", 1.5)));
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
