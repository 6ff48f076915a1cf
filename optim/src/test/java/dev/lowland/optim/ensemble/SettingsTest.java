package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.noise.Flips;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.support.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several settings as one ensemble: each is its own ensemble, and its own run. */
class SettingsTest {

    private static final int STEPS = 150;

    private static List<Optimiser> settings(int count, IntFunction<Optimiser> setting) {
        List<Optimiser> all = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            all.add(setting.apply(s));
        }
        return all;
    }

    /** Replicas of each setting are replica 0, 1, … of its own ensemble; replica 0 is its own run. */
    private static void check(Problems problem, List<Optimiser> settings, int replicas) {
        Objective objective = problem.objective();
        List<DMatrixRMaj> thetas = new ArrayList<>();
        for (int s = 0; s < settings.size(); s++) {
            DMatrixRMaj theta = problem.theta().copy();
            theta.data[0] += 0.01 * s;
            thetas.add(theta);
        }
        Ensemble ensemble = Ensemble.of(objective, settings.get(0))
                .withReplicas(replicas)
                .withStates(true)
                .withValues(ReplicaStatistics.loss(objective), StepSchedule.at(STEPS));
        List<EnsembleResult> found = ensemble.runEach(settings, thetas, new long[] {STEPS});
        List<EnsembleResult> threaded = ensemble.withThreads(3).runEach(settings, thetas, new long[] {STEPS});
        for (int s = 0; s < settings.size(); s++) {
            EnsembleResult own = Ensemble.of(objective, settings.get(s))
                    .withReplicas(replicas)
                    .withStates(true)
                    .withStatistic(ReplicaStatistics.loss(objective), StepSchedule.at(STEPS))
                    .run(thetas.get(s), STEPS);
            EnsembleResult result = found.get(s);
            assertEquals(RunStatus.FINISHED, result.status());
            DMatrixRMaj states = result.states().get(0);
            same(own.states().get(0).data, states.data, settings.get(s));
            same(own.last().mean().data, result.last().mean().data, settings.get(s));
            assertArrayEquals(states.data, threaded.get(s).states().get(0).data);
            assertEquals(
                    own.statistics().get(0).mean(0), result.statistics().get(0).mean(0), 1e-12);
            Run single = settings.get(s).run(objective, thetas.get(s), STEPS);
            same(single.parameters().data, Arrays.copyOf(states.data, single.parameters().numRows), settings.get(s));
            double[] losses = result.statistics().get(0).values(0);
            assertEquals(replicas, losses.length);
            assertEquals(objective.loss(single.parameters()), losses[0], 1e-12);
        }
    }

    private static void same(double[] expected, double[] found, Optimiser optimiser) {
        assertEquals(expected.length, found.length);
        for (int e = 0; e < expected.length; e++) {
            assertEquals(expected[e], found[e], optimiser::toString);
        }
    }

    @Test
    void sixtyFourLearningRatesAndSizesOfNoise() {
        Optimiser base = LabelNoiseSgd.of(0.01).withLabelNoise(0.2).optimiser();
        check(
                Problems.table(3),
                settings(64, s -> base.withLearningRate(0.001 + 0.0003 * s).withNoise(Noise.byLoss(0.1 + 0.01 * s))),
                1);
    }

    @Test
    void seedsOfTheirOwnInFewAndInManyReplicas() {
        Optimiser base =
                LabelNoiseSgd.of(0.01).withLabelNoise(0.2).withBatchSize(2).optimiser();
        List<Optimiser> some = settings(5, s -> base.withSeed(s).withLearningRate(0.001 + 0.001 * s));
        for (int replicas : new int[] {1, 3, 64, 70}) {
            check(Problems.table(3), some, replicas);
        }
    }

    @Test
    void rulesBatchesAndNoiseOfEveryKind() {
        Problems numbers = Problems.unfitted(Models.quadratic(2), 7, 3);
        Problems labels = Problems.labelled(Models.quadratic(2), Losses.logistic(0.2), 7, 5);
        Optimiser momentum =
                LabelNoiseSgd.of(0.01).withLabelNoise(0.3).withMomentum(0.5).optimiser();
        check(numbers, settings(9, s -> momentum.withRule(Rules.heavyBall(0.1 * s))), 2);
        Optimiser adam = Optimiser.of(Rules.adam(), 0.01)
                .withBatches(Batches.withoutReplacementKeepingShort(3))
                .withNoise(Noise.gaussian(0.1));
        check(
                numbers,
                settings(
                        4,
                        s -> adam.withRule(Rules.adam(0.5 + 0.1 * s, 0.9, 1e-6)).withSeed(s)),
                3);
        Optimiser flipping = Optimiser.of(Rules.sam(0.1), 0.02).withBatches(Batches.distinct(3));
        check(
                labels,
                settings(
                        6,
                        s -> flipping.withRule(Rules.sam(0.02 * s))
                                .withNoise(Noise.flips(Flips.uniform(0.05 * s)))
                                .withRegularization(Regularization.none().withClipNorm(0.1 + s))),
                3);
        ParameterNoise kicks = ParameterNoise.ofFactor(0.01, Problems.gaussian(4, 2, new Random(3)));
        Optimiser kicked = Optimiser.of(Rules.plain(), 0.02);
        check(numbers, settings(3, s -> kicked.withNoise(Noise.explicit(kicks.withStrength(0.01 * s)))), 2);
        check(numbers, settings(3, s -> kicked.withNoise(Noise.antiCorrelated(0.01 * s))), 2);
        Problems pairs = Problems.unfitted(Models.deepLinear(2, 2), 7, 4);
        check(pairs, settings(3, s -> kicked.withNoise(Noise.gaussian(1).withDeviations(0.1 * s, 0.2))), 2);
    }

    /** 5·10⁶ vectors of steps go over to a fused step. */
    @Test
    @Tag("slow")
    void aFusedStepHasTheSameBits() {
        Problems problem = Problems.table(3);
        long steps = 700_000;
        for (double momentum : new double[] {0, 0.5}) {
            Optimiser base = LabelNoiseSgd.of(0.01)
                    .withLabelNoise(0.01)
                    .withMomentum(momentum)
                    .optimiser();
            List<Optimiser> all = settings(
                    64, s -> base.withLearningRate(0.001 + 0.0002 * s).withNoise(Noise.byLoss(0.01 + 0.001 * s)));
            List<EnsembleResult> found =
                    Ensemble.of(problem.objective(), base).withReplicas(1).runEach(all, problem.theta(), steps);
            for (int s = 0; s < 64; s += 21) {
                double[] alone = all.get(s)
                        .run(problem.objective(), problem.theta(), steps)
                        .parameters()
                        .data;
                same(alone, found.get(s).last().mean().data, all.get(s));
            }
        }
    }

    @Test
    void aSettingThatDivergesEndsAlone() {
        Problems problem = Problems.table(3);
        Optimiser base = LabelNoiseSgd.of(0.01).withLabelNoise(0.2).optimiser();
        List<Optimiser> all = List.of(base, base.withLearningRate(50), base.withSeed(2), base.withLearningRate(3));
        List<EnsembleResult> found = Ensemble.of(problem.objective(), base)
                .withReplicas(3)
                .withStatistic(ReplicaStatistics.loss(problem.objective()), StepSchedule.every(0, 10, STEPS))
                .runEach(all, problem.theta(), STEPS);
        for (int s : new int[] {1, 3}) {
            EnsembleResult own =
                    Ensemble.of(problem.objective(), all.get(s)).withReplicas(3).run(problem.theta(), STEPS);
            assertEquals(RunStatus.DIVERGED, found.get(s).status());
            assertEquals(own.divergedAtStep(), found.get(s).divergedAtStep());
            assertEquals(own.divergedReplica(), found.get(s).divergedReplica());
        }
        for (int s : new int[] {0, 2}) {
            assertEquals(RunStatus.FINISHED, found.get(s).status());
            assertEquals(
                    STEPS / 10 + 1, found.get(s).statistics().get(0).schedule().count());
        }
    }

    @Test
    void quantilesAndHistogramsAreThoseOfTheNumbers() {
        Problems problem = Problems.table(3);
        ReplicaStatistic first = ReplicaStatistics.of("first", 6, theta -> theta.data[0]);
        Optimiser base = LabelNoiseSgd.of(0.01).withLabelNoise(0.2).optimiser();
        EnsembleResult result = Ensemble.of(problem.objective(), base)
                .withReplicas(130)
                .withThreads(2)
                .withStates(true)
                .withValues(first, StepSchedule.at(20, STEPS))
                .run(problem.theta(), STEPS);
        StatisticSeries series = result.statistics().get(0);
        double[] sorted = new double[130];
        for (int r = 0; r < 130; r++) {
            sorted[r] = result.states().get(0).get(r, 0);
        }
        assertArrayEquals(sorted, series.values(1));
        Arrays.sort(sorted);
        assertEquals(sorted[0], series.quantile(1, 0));
        assertEquals(sorted[64], series.quantile(1, 0.5));
        assertEquals(sorted[129], series.quantile(1, 1));
        int[] counts = series.histogram(1, sorted[10], sorted[100], sorted[129]);
        assertArrayEquals(new int[] {10, 90, 29, 1}, counts);
        assertTrue(series.hasValues());
    }

    @Test
    void whatMayNotDifferIsRefusedByName() {
        Problems problem = Problems.table(3);
        Optimiser base = LabelNoiseSgd.of(0.01).withLabelNoise(0.2).optimiser();
        Ensemble ensemble = Ensemble.of(problem.objective(), base).withReplicas(1);
        refused(
                "lanes: batches is 2, must be full, as in the other lanes",
                () -> ensemble.runEach(List.of(base.withBatches(Batches.withReplacement(2))), problem.theta(), 3));
        refused(
                "lanes: rule is adam, must be plain, as in the other lanes",
                () -> ensemble.runEach(List.of(base, base.withRule(Rules.adam())), problem.theta(), 3));
        refused(
                "lanes: noiseLaw is GAUSSIAN, must be RADEMACHER, as in the other lanes",
                () -> ensemble.runEach(List.of(base, base.withNoise(Noise.gaussian(1))), problem.theta(), 3));
        refused(
                "Ensemble.runEach: number of settings is 0, must be at least 1",
                () -> ensemble.runEach(List.of(), problem.theta(), 3));
    }

    private static void refused(String text, Runnable action) {
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
