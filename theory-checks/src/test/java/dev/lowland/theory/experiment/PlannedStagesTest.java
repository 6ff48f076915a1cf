package dev.lowland.theory.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimProgress;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claim.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many samples the ledger takes, on the mean of normal numbers around 1. */
class PlannedStagesTest {

    private static final int USUAL = 1024;

    private final List<Long> seeds = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    private List<CaseResult> judge(double predicted, double deviation, boolean thorough) {
        ClaimContext context = new ClaimContext(1, 1, thorough, ClaimProgress.silent(), Theory.paper());
        List<Expectation> expectations = List.of(new Expectation("mean", predicted, 0, 1, List.of()));
        return PlannedStages.judge(context, 5, USUAL, expectations, (seed, samples) -> {
            seeds.add(seed);
            sizes.add(samples);
            RunningEstimate mean = new RunningEstimate();
            RandomStream stream = RandomStream.of(seed, 0, Purpose.TEST);
            for (int i = 0; i < samples; i++) {
                mean.add(1 + deviation * stream.gaussian(i));
            }
            Estimate estimate = mean.estimate(seed);
            return List.of(new Estimate(estimate.value(), estimate.standardError(), 2L * samples, seed));
        });
    }

    /** 4·0.1/√1024 is 1.25 % where 2 % is asked. */
    @Test
    void theUsualNumberIsTheLeast() {
        assertEquals(Verdict.HOLDS, judge(1, 0.1, false).get(0).verdict());
        assertEquals(List.of(USUAL / 8, USUAL), sizes);
        assertEquals(5L, seeds.get(1));
        assertEquals(2, new HashSet<>(seeds).size());
    }

    /**
     * 4·0.2/√1024 is 2.5 %: at least 1,600 are needed, and up to half as many again for what the pilot does not know.
     */
    @Test
    void aNoisierStatisticGetsMore() {
        assertEquals(Verdict.HOLDS, judge(1, 0.2, false).get(0).verdict());
        assertTrue(sizes.get(1) > 1600 && sizes.get(1) < 2 * 1600 * 1.3, sizes::toString);
    }

    @Test
    void whatIsOutOfReachIsNotPaidFor() {
        assertEquals(Verdict.INCONCLUSIVE, judge(1, 1, false).get(0).verdict());
        assertEquals(List.of(USUAL / 8, USUAL), sizes);
    }

    @Test
    void thoroughIsEightTimesAsMuchButForThePilot() {
        judge(1, 0.1, true);
        assertEquals(List.of(USUAL / 8, 8 * USUAL), sizes);
    }

    @Test
    void aMissIsConfirmedWithAsManyAgain() {
        assertEquals(Verdict.FAILS, judge(1.05, 0.1, false).get(0).verdict());
        assertEquals(List.of(USUAL / 8, USUAL, USUAL), sizes);
        assertEquals(3, new HashSet<>(seeds).size());
    }

    @Test
    void tooFewAreNamed() {
        ClaimContext context = ClaimContext.of(1, 1);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> PlannedStages.judge(context, 1, 32, List.of(), (seed, samples) -> List.of()));
        assertTrue(refused.getMessage().contains("usual"), refused::getMessage);
    }
}
