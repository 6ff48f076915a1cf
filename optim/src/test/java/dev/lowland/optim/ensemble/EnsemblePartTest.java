package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.state.SavedState;
import dev.lowland.optim.state.StateSettings;
import dev.lowland.optim.state.States;
import dev.lowland.optim.support.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Parts add up to the whole, bit for bit, however they are cut and wherever they have been. */
class EnsemblePartTest {

    /** 47 blocks of 64 lanes: two strips and most of a third. */
    private static final int REPLICAS = 3_000;

    private static final double RATE_TO_DIVERGE = 0.5;

    private static final long[] CHECKPOINTS = {0, 7, 20};

    private final Objective objective =
            Problems.unfitted(Models.quadratic(2), 3, 1).objective();
    private final LabelNoiseSgd sgd =
            LabelNoiseSgd.of(0.02).withSeed(17).withLabelNoise(0.2).withBatchSize(1);
    private final DMatrixRMaj theta = new DMatrixRMaj(new double[][] {{0.7}, {0.4}, {0.2}, {0.1}});

    private Ensemble ensemble(LabelNoiseSgd of) {
        DMatrixRMaj directions = new DMatrixRMaj(new double[][] {{1, 0}, {1, 2}, {0, 1}, {-1, 0}});
        return Ensemble.of(objective, of)
                .withReplicas(REPLICAS)
                .withMoments(MomentKind.full().withDirections(directions))
                .withStatistic(ReplicaStatistics.loss(objective), StepSchedule.every(0, 5, 20))
                .withValues(ReplicaStatistics.squaredDistance("away", theta), StepSchedule.every(10, 5, 20));
    }

    @Test
    void anyCutGivesTheBitsOfTheWhole() {
        Ensemble ensemble = ensemble(sgd);
        EnsembleResult whole = ensemble.run(theta, CHECKPOINTS);
        assertEquals(RunStatus.FINISHED, whole.status());
        assertEquals(REPLICAS, whole.checkpoints().get(2).count());
        EnsemblePart part = EnsemblePart.of(ensemble, theta, CHECKPOINTS);
        assertEquals(3, part.count());
        for (int seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            List<PartialMoments> found = new ArrayList<>();
            for (int from = 0; from < 3; ) {
                int count = 1 + random.nextInt(3 - from);
                found.add(EnsemblePart.of(ensemble.withThreads(1 + random.nextInt(2)), theta, CHECKPOINTS)
                        .strips(from, count)
                        .run()
                        .orElseThrow());
                from += count;
            }
            Collections.shuffle(found, random);
            sameBits(whole, part.result(found));
            sameBits(whole, part.result(found));
        }
    }

    @Test
    void partsGoThroughBytes() throws IOException {
        Ensemble ensemble = ensemble(sgd);
        EnsemblePart part = EnsemblePart.of(ensemble, theta, CHECKPOINTS);
        StateSettings settings = StateSettings.of(sgd, objective);
        List<PartialMoments> found = new ArrayList<>();
        for (int s = 0; s < part.count(); s++) {
            byte[] bytes =
                    States.of(part.strips(s, 1).run().orElseThrow(), settings).toBytes();
            found.add(States.partial(SavedState.of(bytes), settings, part));
        }
        sameBits(ensemble.run(theta, CHECKPOINTS), part.result(found));
        StateSettings others = StateSettings.of(sgd.withSeed(18), objective);
        SavedState saved = States.of(found.get(0), settings);
        assertThrows(IllegalArgumentException.class, () -> States.partial(saved, others, part));
    }

    /** The rate is so large that some replicas diverge, those of every strip at steps of their own. */
    @Test
    void theEarliestDivergenceIsThatOfTheWhole() {
        Ensemble ensemble = Ensemble.of(
                        objective,
                        LabelNoiseSgd.of(RATE_TO_DIVERGE)
                                .withSeed(17)
                                .withLabelNoise(2)
                                .withBatchSize(1))
                .withReplicas(REPLICAS);
        long[] checkpoints = {0, 2, 400};
        EnsembleResult whole = ensemble.run(theta, checkpoints);
        assertEquals(RunStatus.DIVERGED, whole.status());
        EnsemblePart part = EnsemblePart.of(ensemble, theta, checkpoints);
        List<PartialMoments> found = new ArrayList<>();
        for (int s = part.count() - 1; s >= 0; s--) {
            found.add(part.strips(s, 1).run().orElseThrow());
        }
        EnsembleResult together = part.result(found);
        assertEquals(RunStatus.DIVERGED, together.status());
        assertEquals(whole.divergedAtStep(), together.divergedAtStep());
        assertEquals(whole.divergedReplica(), together.divergedReplica());
        assertEquals(whole.checkpoints().size(), together.checkpoints().size());
    }

    @Test
    void whatIsMissingOrThereTwiceIsRefused() {
        EnsemblePart part = EnsemblePart.of(ensemble(sgd), theta, CHECKPOINTS);
        PartialMoments first = part.strips(0, 1).run().orElseThrow();
        PartialMoments rest = part.strips(1, 2).run().orElseThrow();
        assertThrows(IllegalArgumentException.class, () -> part.result(List.of()));
        assertThrows(IllegalArgumentException.class, () -> part.result(List.of(rest)));
        assertThrows(IllegalArgumentException.class, () -> part.result(List.of(first, first, rest)));
        assertEquals(
                "EnsemblePart.result: parts is [strip 0], must be each strip from 0 to 2 once",
                assertThrows(IllegalArgumentException.class, () -> part.result(List.of(first)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> part.strips(3, 1));
        assertThrows(IllegalArgumentException.class, () -> part.strips(2, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> EnsemblePart.of(ensemble(sgd).withStates(true), theta, CHECKPOINTS));
    }

    @Test
    void alteredNumbersAndArraysAreRefused() {
        EnsemblePart part = EnsemblePart.of(ensemble(sgd), theta, CHECKPOINTS);
        PartialMoments found = part.strips(0, 1).run().orElseThrow();
        Map<String, Long> numbers = found.numbers();
        Map<String, double[]> arrays = found.arrays();
        assertEquals(numbers, part.partial(numbers, arrays).numbers());
        for (String name : numbers.keySet()) {
            Map<String, Long> fewer = new LinkedHashMap<>(numbers);
            fewer.remove(name);
            assertThrows(IllegalArgumentException.class, () -> part.partial(fewer, arrays), name);
            Map<String, Long> other = new LinkedHashMap<>(numbers);
            other.put(name, -1L);
            assertThrows(IllegalArgumentException.class, () -> part.partial(other, arrays), name);
        }
        for (String name : arrays.keySet()) {
            Map<String, double[]> other = new LinkedHashMap<>(arrays);
            other.put(name, new double[1]);
            assertThrows(IllegalArgumentException.class, () -> part.partial(numbers, other), name);
            other.remove(name);
            assertThrows(IllegalArgumentException.class, () -> part.partial(numbers, other), name);
        }
    }

    @Test
    void whatIsToldToStopFindsNothing() {
        Ensemble ensemble = ensemble(sgd).withStop(() -> true);
        assertTrue(EnsemblePart.of(ensemble, theta, CHECKPOINTS).run().isEmpty());
    }

    private static void sameBits(EnsembleResult expected, EnsembleResult found) {
        assertEquals(expected.status(), found.status());
        assertEquals(expected.replicas(), found.replicas());
        assertEquals(expected.checkpoints().size(), found.checkpoints().size());
        for (int c = 0; c < expected.checkpoints().size(); c++) {
            sameBits(expected.checkpoints().get(c), found.checkpoints().get(c));
            sameBits(
                    expected.checkpoints().get(c).projections().orElseThrow(),
                    found.checkpoints().get(c).projections().orElseThrow());
        }
        for (int i = 0; i < expected.statistics().size(); i++) {
            StatisticSeries one = expected.statistics().get(i);
            StatisticSeries other = found.statistics().get(i);
            assertEquals(one.name(), other.name());
            assertEquals(one.timeMean(), other.timeMean());
            assertEquals(one.timeMeanStandardError(), other.timeMeanStandardError());
            for (int k = 0; k < one.schedule().count(); k++) {
                assertEquals(one.mean(k), other.mean(k));
                assertEquals(one.standardDeviation(k), other.standardDeviation(k));
                if (one.hasValues()) {
                    assertArrayEquals(one.values(k), other.values(k));
                }
            }
        }
    }

    private static void sameBits(Moments expected, Moments found) {
        assertEquals(expected.step(), found.step());
        assertEquals(expected.count(), found.count());
        assertArrayEquals(expected.mean().data, found.mean().data);
        assertArrayEquals(
                expected.covariance().orElseThrow().data, found.covariance().orElseThrow().data);
    }
}
