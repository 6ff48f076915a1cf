package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.ensemble.MomentKind.Spread;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MomentSumsTest {

    private static final BooleanSupplier NEVER = () -> false;

    @Test
    void mergingBlocksIsTakingAllAtOnce() {
        for (long seed = 0; seed < 20; seed++) {
            merged(seed, 1 + (int) seed % 4, 1 + (int) (seed * 7 % 30), 1 + (int) (seed * 11 % 40));
        }
    }

    /** P parameters, two blocks of sizes that need not fill their lanes, far from zero. */
    static void merged(long seed, int size, int first, int second) {
        Random random = new Random(seed);
        int lanes = 40;
        DMatrixRMaj a = Problems.gaussian(size, lanes, random);
        DMatrixRMaj b = Problems.gaussian(size, lanes, random);
        int count = first + second;
        double[] all = new double[size * count];
        for (int i = 0; i < size; i++) {
            for (int l = 0; l < lanes; l++) {
                a.data[i * lanes + l] += 1000;
                b.data[i * lanes + l] += 1003;
            }
            System.arraycopy(a.data, i * lanes, all, i * count, first);
            System.arraycopy(b.data, i * lanes, all, i * count + first, second);
        }
        MomentSums sums = MomentSums.of(a.data, size, lanes, 0, first, Spread.FULL, NEVER);
        sums.merge(MomentSums.of(b.data, size, lanes, 0, second, Spread.FULL, NEVER), NEVER);
        Moments merged = sums.toMoments(5);
        Moments direct =
                MomentSums.of(all, size, count, 0, count, Spread.FULL, NEVER).toMoments(5);
        assertEquals(count, merged.count());
        Close.check("mean", direct.mean(), merged.mean(), 1e-14);
        Close.check(
                "covariance",
                direct.covariance().orElseThrow(),
                merged.covariance().orElseThrow(),
                1e-11);
    }

    @Test
    void momentsOfThreeByHand() {
        double[] state = {1, 2, 6, 99, 0, 3, 3, 99};
        Moments moments = MomentSums.of(state, 2, 4, 0, 3, Spread.FULL, NEVER).toMoments(7);
        assertEquals(7, moments.step());
        assertArrayEquals(new double[] {3, 2}, moments.mean().data, 1e-15);
        assertArrayEquals(new double[] {7, 3, 3, 3}, moments.covariance().orElseThrow().data, 1e-14);
        assertEquals(Math.sqrt(7.0 / 3), moments.standardError(0), 1e-15);
        DMatrixRMaj direction = new DMatrixRMaj(2, 1, true, 1, -2);
        assertEquals(Math.sqrt((7 - 12 + 12) / 3.0), moments.standardErrorAlong(direction), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> moments.standardError(2));
        assertThrows(IllegalArgumentException.class, () -> moments.standardErrorAlong(new DMatrixRMaj(3, 1)));
    }

    @Test
    void oneReplicaHasNoSpread() {
        Moments moments = MomentSums.of(new double[] {1, 2}, 2, 1, 0, 1, Spread.FULL, NEVER)
                .toMoments(0);
        assertArrayEquals(new double[] {1, 2}, moments.mean().data);
        assertTrue(moments.covariance().isEmpty());
        assertTrue(moments.variance().isEmpty());
        assertThrows(IllegalStateException.class, () -> moments.standardError(0));
    }

    /** Variances have the bits of the covariance's diagonal, over one block and over several. */
    @Test
    void squaresAreTheDiagonalOfProducts() {
        Random random = new Random(5);
        double[] first = Problems.gaussian(3, 16, random).data;
        double[] second = Problems.gaussian(3, 16, random).data;
        MomentSums full = MomentSums.of(first, 3, 16, 0, 16, Spread.FULL, NEVER);
        MomentSums diagonal = MomentSums.of(first, 3, 16, 0, 16, Spread.DIAGONAL, NEVER);
        full.merge(MomentSums.of(second, 3, 16, 0, 11, Spread.FULL, NEVER), NEVER);
        diagonal.merge(MomentSums.of(second, 3, 16, 0, 11, Spread.DIAGONAL, NEVER), NEVER);
        Moments all = full.toMoments(2);
        Moments some = diagonal.toMoments(2);
        assertArrayEquals(all.mean().data, some.mean().data);
        double[] variances = some.variance().orElseThrow().data;
        assertArrayEquals(all.variance().orElseThrow().data, variances);
        for (int i = 0; i < 3; i++) {
            assertEquals(all.covariance().orElseThrow().get(i, i), variances[i]);
            assertEquals(all.standardError(i), some.standardError(i));
        }
        assertTrue(some.covariance().isEmpty());
        assertEquals(
                "standardErrorAlong: kind of moments is diagonal, must be full, or one with directions",
                assertThrows(IllegalStateException.class, () -> some.standardErrorAlong(new DMatrixRMaj(3, 1)))
                        .getMessage());
    }

    /** Blocks of one, which keep no products, add up to what one block has. */
    @Test
    void replicasOneByOneAreTheBlock() {
        double[] state = {1, 2, 6, 4, 0, 3, 3, -5};
        for (Spread spread : Spread.values()) {
            MomentSums sums = one(state, 0, spread);
            for (int l = 1; l < 4; l++) {
                sums.merge(one(state, l, spread), NEVER);
            }
            Moments found = sums.toMoments(7);
            Moments block = MomentSums.of(state, 2, 4, 0, 4, spread, NEVER).toMoments(7);
            assertArrayEquals(block.mean().data, found.mean().data, 1e-15);
            assertEquals(block.variance().isPresent(), found.variance().isPresent());
            block.variance()
                    .ifPresent(expected ->
                            assertArrayEquals(expected.data, found.variance().orElseThrow().data, 1e-13));
            block.covariance()
                    .ifPresent(expected ->
                            assertArrayEquals(expected.data, found.covariance().orElseThrow().data, 1e-13));
        }
    }

    private static MomentSums one(double[] state, int lane, Spread spread) {
        return MomentSums.of(new double[] {state[lane], state[4 + lane]}, 2, 1, 0, 1, spread, NEVER);
    }

    @Test
    void theMeanAloneKnowsNoSpread() {
        Moments moments = MomentSums.of(new double[] {1, 2, 6, 3, 3, 0}, 2, 3, 0, 3, Spread.NONE, NEVER)
                .toMoments(1);
        assertArrayEquals(new double[] {3, 2}, moments.mean().data, 1e-15);
        assertTrue(moments.variance().isEmpty());
        assertTrue(moments.covariance().isEmpty());
        assertEquals(
                "standardError: kind of moments is mean, must be diagonal or full",
                assertThrows(IllegalStateException.class, () -> moments.standardError(0))
                        .getMessage());
    }

    @Test
    void seriesMergeLikeMoments() {
        SeriesSums one = new SeriesSums(1, false);
        one.set(0, new double[] {1, 2, 99}, 0, 2);
        one.setTimeMeans(new double[] {1, 2, 99}, 0, 2);
        SeriesSums other = new SeriesSums(1, false);
        other.set(0, new double[] {6}, 0, 1);
        other.setTimeMeans(new double[] {6}, 0, 1);
        one.merge(other);
        StatisticSeries series = one.toSeries("x", StepSchedule.at(4));
        assertEquals(3, series.replicas());
        assertEquals(3, series.mean(0), 1e-15);
        assertEquals(Math.sqrt(7), series.standardDeviation(0), 1e-15);
        assertEquals(Math.sqrt(7.0 / 3), series.standardError(0), 1e-15);
        assertEquals(3, series.timeMean(), 1e-15);
        assertEquals(Math.sqrt(7.0 / 3), series.timeMeanStandardError(), 1e-15);
    }
}
