package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.support.Problems;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Quantiles and histograms of what replicas were measured at, against counting by hand. */
class StatisticSeriesTest {

    private static final int REPLICAS = 40;

    private static StatisticSeries losses() {
        Problems problem = Problems.table(5);
        return Ensemble.of(
                        problem.objective(), Optimiser.of(Rules.plain(), 0.02).withNoise(Noise.gaussian(0.3)))
                .withReplicas(REPLICAS)
                .withValues(ReplicaStatistics.loss(problem.objective()), StepSchedule.at(20))
                .run(problem.theta(), 20)
                .statistics()
                .get(0);
    }

    @Test
    void quantilesAreTheSmallestNumbersThatTheShareDoesNotExceed() {
        StatisticSeries series = losses();
        double[] sorted = series.values(0);
        Arrays.sort(sorted);
        assertEquals(sorted[0], series.quantile(0, 0));
        assertEquals(sorted[REPLICAS - 1], series.quantile(0, 1));
        for (double share : new double[] {0.01, 0.1, 0.25, 0.5, 0.51, 0.975}) {
            double found = series.quantile(0, share);
            long below = Arrays.stream(sorted).filter(v -> v <= found).count();
            long strictly = Arrays.stream(sorted).filter(v -> v < found).count();
            assertTrue(below >= share * REPLICAS && strictly < share * REPLICAS, "share " + share);
        }
    }

    @Test
    void histogramsCountFromEdgeToEdge() {
        StatisticSeries series = losses();
        double[] values = series.values(0);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        // edges on numbers that occur: one belongs to the bin above it
        double[] edges = {sorted[3], (sorted[10] + sorted[11]) / 2, sorted[20], sorted[REPLICAS - 1]};
        int[] expected = new int[5];
        for (double value : values) {
            int bin = 0;
            while (bin < edges.length && value >= edges[bin]) {
                bin++;
            }
            expected[bin]++;
        }
        assertArrayEquals(new int[] {3, 8, 9, 19, 1}, expected);
        assertArrayEquals(expected, series.histogram(0, edges));
    }
}
