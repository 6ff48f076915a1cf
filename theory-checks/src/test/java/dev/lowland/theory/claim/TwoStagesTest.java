package dev.lowland.theory.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A miss is believed only when an independent second stage repeats it. */
class TwoStagesTest {

    private static final double SE = 0.001;

    private static List<Expectation> expectations(int count) {
        List<Expectation> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Expectation("case " + i, 1, 0, 1, List.of(Expectation.Alternative.mustReject("far", 2))));
        }
        return all;
    }

    private static List<CaseResult> judge(double[]... stages) {
        List<Long> seeds = new ArrayList<>();
        List<CaseResult> result = TwoStages.judge(3, expectations(stages[0].length), seed -> {
            double[] values = stages[seeds.size()];
            seeds.add(seed);
            List<Estimate> estimates = new ArrayList<>();
            for (double value : values) {
                estimates.add(new Estimate(value, SE, 1000, seed));
            }
            return estimates;
        });
        assertEquals(stages.length, seeds.size());
        assertEquals(3, seeds.get(0));
        if (seeds.size() > 1) {
            assertNotEquals(seeds.get(0), seeds.get(1));
        }
        return result;
    }

    @Test
    void agreementIsNotMeasuredAgain() {
        assertEquals(Verdict.HOLDS, judge(new double[] {1, 1.001}).get(1).verdict());
    }

    @Test
    void aMissThatIsNotConfirmedHoldsAndSaysSo() {
        List<CaseResult> result = judge(new double[] {1, 1.1}, new double[] {1.1, 1});
        assertEquals(Verdict.HOLDS, result.get(0).verdict());
        assertEquals(1, result.get(0).measured(), "the first stage had decided this case");
        assertEquals(Verdict.HOLDS, result.get(1).verdict());
        assertEquals(1, result.get(1).measured());
        assertTrue(
                result.get(1).note().contains("did not confirm"), result.get(1).note());
    }

    @Test
    void aMissInBothStagesFails() {
        List<CaseResult> result = judge(new double[] {1, 1.1}, new double[] {1, 1.05});
        assertEquals(Verdict.HOLDS, result.get(0).verdict());
        assertEquals(Verdict.FAILS, result.get(1).verdict());
        assertTrue(result.get(1).note().contains("Both"), result.get(1).note());
    }

    @Test
    void everyStatisticNeedsAnEstimate() {
        assertThrows(
                IllegalArgumentException.class,
                () -> TwoStages.judge(1, expectations(2), seed -> List.of(new Estimate(1, SE, 10, seed))));
    }

    /** 100 statistics in 5,000 ledgers: the first stage misses about 32 times, the second confirms none. */
    @Test
    void aCorrectLedgerNeverFails() {
        Random random = new Random(99);
        List<Expectation> expectations = expectations(100);
        int[] stages = new int[1];
        int failures = 0;
        int ledgers = 5_000;
        for (int i = 0; i < ledgers; i++) {
            for (CaseResult c : TwoStages.judge(i, expectations, seed -> draw(random, 100, 0, seed, stages))) {
                failures += c.verdict() == Verdict.FAILS ? 1 : 0;
            }
        }
        assertEquals(0, failures);
        assertTrue(stages[0] > ledgers + 8 && stages[0] < ledgers + 70, "stages: " + stages[0]);
    }

    /**
     * A theory that is wrong by 8 standard errors is missed by one stage with probability 3e-5, by either with 6e-5.
     */
    @Test
    void aWrongTheoryFails() {
        Random random = new Random(17);
        int caught = 0;
        int trials = 5_000;
        for (int i = 0; i < trials; i++) {
            CaseResult c = TwoStages.judge(i, expectations(1), seed -> draw(random, 1, 8, seed, new int[1]))
                    .get(0);
            caught += c.verdict() == Verdict.FAILS ? 1 : 0;
        }
        assertTrue(caught >= trials - 5, "caught: " + caught);
    }

    private static List<Estimate> draw(Random random, int count, double shift, long seed, int[] stages) {
        stages[0]++;
        List<Estimate> estimates = new ArrayList<>(count);
        for (int j = 0; j < count; j++) {
            estimates.add(new Estimate(1 + SE * (shift + random.nextGaussian()), SE, 1000, seed));
        }
        return estimates;
    }
}
