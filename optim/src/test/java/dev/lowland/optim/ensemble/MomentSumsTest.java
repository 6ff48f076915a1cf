package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MomentSumsTest {

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
        MomentSums sums = MomentSums.of(a.data, size, lanes, first);
        sums.merge(MomentSums.of(b.data, size, lanes, second));
        Moments merged = sums.toMoments(5);
        Moments direct = MomentSums.of(all, size, count, count).toMoments(5);
        assertEquals(count, merged.count());
        Close.check("mean", direct.mean(), merged.mean(), 1e-14);
        Close.check("covariance", direct.covariance(), merged.covariance(), 1e-11);
    }

    @Test
    void momentsOfThreeByHand() {
        double[] state = {1, 2, 6, 99, 0, 3, 3, 99};
        Moments moments = MomentSums.of(state, 2, 4, 3).toMoments(7);
        assertEquals(7, moments.step());
        assertArrayEquals(new double[] {3, 2}, moments.mean().data, 1e-15);
        assertArrayEquals(new double[] {7, 3, 3, 3}, moments.covariance().data, 1e-14);
        assertEquals(Math.sqrt(7.0 / 3), moments.standardError(0), 1e-15);
        DMatrixRMaj direction = new DMatrixRMaj(2, 1, true, 1, -2);
        assertEquals(Math.sqrt((7 - 12 + 12) / 3.0), moments.standardErrorAlong(direction), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> moments.standardError(2));
        assertThrows(IllegalArgumentException.class, () -> moments.standardErrorAlong(new DMatrixRMaj(3, 1)));
    }

    @Test
    void oneReplicaHasNoSpread() {
        Moments moments = MomentSums.of(new double[] {1, 2}, 2, 1, 1).toMoments(0);
        assertArrayEquals(new double[] {1, 2}, moments.mean().data);
        assertThrows(IllegalStateException.class, moments::covariance);
        assertThrows(IllegalStateException.class, () -> moments.standardError(0));
    }

    @Test
    void seriesMergeLikeMoments() {
        SeriesSums one = new SeriesSums(1);
        one.set(0, new double[] {1, 2, 99}, 2);
        one.setTimeMeans(new double[] {1, 2, 99}, 2);
        SeriesSums other = new SeriesSums(1);
        other.set(0, new double[] {6}, 1);
        other.setTimeMeans(new double[] {6}, 1);
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
