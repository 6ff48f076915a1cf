package dev.lowland.theory.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pilot, plan, stages and verdict, on a mean that is known: that of normal numbers around 1. */
class ExperimentTest {

    private final List<Long> seeds = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    private List<Estimate> measure(long seed, int samples) {
        seeds.add(seed);
        sizes.add(samples);
        RunningEstimate mean = new RunningEstimate();
        RandomStream stream = RandomStream.of(seed, 0, Purpose.TEST);
        for (int i = 0; i < samples; i++) {
            mean.add(1 + 0.1 * stream.gaussian(i));
        }
        return List.of(mean.estimate(seed));
    }

    private Experiment experiment(double predicted, Alternative... wrong) {
        return Experiment.of(List.of(new Expectation("mean", predicted, 0, 1, List.of(wrong))), this::measure);
    }

    @Test
    void aTrueStatementHoldsWithSeedsOfItsOwnForPilotAndMeasurement() {
        Experiment.Outcome outcome =
                experiment(1, Alternative.mustReject("1.03", 1.03)).pilot(100).run(5);
        assertEquals(Verdict.HOLDS, outcome.verdict(), outcome::toString);
        assertEquals(2, new HashSet<>(seeds).size());
        assertEquals(List.of(100, (int) outcome.plan().samples()), sizes);
        assertTrue(outcome.cases().get(0).falsifications().get(0).distance() >= 6);
        assertTrue(outcome.toString().startsWith("HOLDS, seed 5\nmean: HOLDS: predicted 1.00000"), outcome::toString);
    }

    @Test
    void aFalseStatementFailsInTwoStages() {
        Experiment.Outcome outcome = experiment(1.05).run(5);
        assertEquals(Verdict.FAILS, outcome.verdict(), outcome::toString);
        assertEquals(3, new HashSet<>(seeds).size());
        assertTrue(outcome.toString().contains("Both independent stages miss"), outcome::toString);
    }

    @Test
    void theSameSeedReplays() {
        Experiment experiment = experiment(1, Alternative.mustReject("1.03", 1.03));
        assertEquals(experiment.run(9), experiment.run(9));
    }

    @Test
    void aPlanBeyondTheLimitIsNotCarriedOut() {
        Experiment.Outcome outcome = experiment(1, Alternative.mustReject("1.0001", 1.0001))
                .atMost(1000)
                .run(5);
        assertEquals(Verdict.INCONCLUSIVE, outcome.verdict());
        assertTrue(outcome.cases().isEmpty());
        assertEquals(1, seeds.size());
        assertTrue(outcome.toString().contains("refusing \"1.0001\""), outcome::toString);
    }

    @Test
    void sizesOutOfRangeAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> experiment(1).pilot(1));
        assertThrows(IllegalArgumentException.class, () -> experiment(1).atMost(10));
    }
}
