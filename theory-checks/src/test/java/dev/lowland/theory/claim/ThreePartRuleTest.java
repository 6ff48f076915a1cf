package dev.lowland.theory.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The three parts one by one, and their error rates on synthetic data where the truth is known. */
class ThreePartRuleTest {

    private static final Expectation.Alternative FAR = Expectation.Alternative.mustReject("far", 2);

    private static CaseResult judge(double predicted, double measured, double standardError, double bias) {
        return judge(predicted, measured, standardError, bias, FAR);
    }

    private static CaseResult judge(
            double predicted, double measured, double standardError, double bias, Expectation.Alternative... wrong) {
        return ThreePartRule.judge(
                new Expectation("case", predicted, bias, 1, List.of(wrong)),
                new Estimate(measured, standardError, 1000, 1));
    }

    @Test
    void agreementEndsAtFourStandardErrorsAndTheBias() {
        assertEquals(Verdict.HOLDS, judge(1, 1.0059, 0.001, 0.002).verdict());
        assertEquals(Verdict.HOLDS, judge(1, 0.9941, 0.001, 0.002).verdict());
        assertEquals(Verdict.FAILS, judge(1, 1.0061, 0.001, 0.002).verdict());
        assertEquals(Verdict.FAILS, judge(1, 0.9939, 0.001, 0.002).verdict());
    }

    @Test
    void precisionIsTwoPercentOfTheEffect() {
        assertEquals(Verdict.HOLDS, judge(1, 1, 0.004, 0.0039).verdict());
        assertEquals(Verdict.INCONCLUSIVE, judge(1, 1, 0.004, 0.0041).verdict());
        CaseResult small = ThreePartRule.judge(
                new Expectation("case", 1, 0, 0.1, List.of(FAR)), new Estimate(1, 0.00051, 1000, 1));
        assertEquals(Verdict.INCONCLUSIVE, small.verdict());
        assertTrue(small.note().contains("precise"), small.note());
    }

    @Test
    void anExponentMayTakeAFifthOfTheDistanceToTheNearestWrongOne() {
        Expectation.Alternative half = Expectation.Alternative.mustReject("½", 0.5);
        Expectation.Alternative one = Expectation.Alternative.mustReject("1", 1);
        Expectation slope = Expectation.ofExponent("slope", 0.7, 0.01, List.of(half, one));
        assertEquals(0.2, slope.effect(), 1e-15);
        assertEquals(
                Verdict.HOLDS,
                ThreePartRule.judge(slope, new Estimate(0.7, 0.0074, 1000, 1)).verdict());
        assertEquals(
                Verdict.INCONCLUSIVE,
                ThreePartRule.judge(slope, new Estimate(0.7, 0.0076, 1000, 1)).verdict());
    }

    @Test
    void teethNeedSixStandardErrorsBeyondTheBias() {
        Expectation.Alternative near = Expectation.Alternative.mustReject("near", 1.02);
        CaseResult bites = judge(1, 1, 0.003, 0.0019, near);
        assertEquals(Verdict.HOLDS, bites.verdict());
        assertEquals((0.02 - 0.0019) / 0.003, bites.falsifications().get(0).distance(), 1e-9);
        CaseResult blunt = judge(1, 1, 0.003, 0.0021, near);
        assertEquals(Verdict.INCONCLUSIVE, blunt.verdict());
        assertFalse(blunt.falsifications().get(0).rejected());
        assertTrue(blunt.note().contains("near"), blunt.note());
    }

    @Test
    void aReportedAlternativeNeedsNoDistance() {
        CaseResult result = judge(1, 1, 0.003, 0, FAR, Expectation.Alternative.reported("twin", 1));
        assertEquals(Verdict.HOLDS, result.verdict());
        assertEquals(0, result.falsifications().get(1).distance());
    }

    @Test
    void aMissComesBeforeEverythingElse() {
        assertEquals(Verdict.FAILS, judge(1, 5.1, 1, 0).verdict());
    }

    @Test
    void valuesThatAreNotFiniteNeverHold() {
        assertEquals(Verdict.INCONCLUSIVE, judge(Double.NaN, 1, 0.001, 0).verdict());
        assertEquals(Verdict.FAILS, judge(1, Double.NaN, 0.001, 0).verdict());
        assertEquals(Verdict.FAILS, judge(1, Double.POSITIVE_INFINITY, 0.001, 0).verdict());
        assertEquals(
                Verdict.INCONCLUSIVE, judge(1, 1, Double.POSITIVE_INFINITY, 0).verdict());
        assertEquals(
                Verdict.INCONCLUSIVE,
                judge(1, 1, 0.001, 0, Expectation.Alternative.mustReject("undefined", Double.NaN))
                        .verdict());
    }

    @Test
    void aMeasurementWithoutScatterRefusesFromAnyDistance() {
        CaseResult result = judge(1, 1, 0, 0);
        assertEquals(Verdict.HOLDS, result.verdict());
        assertEquals(Double.POSITIVE_INFINITY, result.falsifications().get(0).distance());
    }

    @Test
    void relativeErrorIsRelativeToTheEffect() {
        CaseResult result =
                ThreePartRule.judge(new Expectation("case", 0, 0, 0.5, List.of()), new Estimate(0.001, 0.001, 1000, 1));
        assertEquals(0.002, result.relativeError(), 1e-15);
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Expectation("case", 1, -1, 1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Expectation("case", 1, 0, 0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Expectation("case", 1, Double.NaN, 1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Expectation("case", 1, 0, 1, 1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Expectation("case", 1, 0, 1, 0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> Expectation.ofExponent("case", 1, 0, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Estimate(1, -1, 10, 1));
    }

    /** A correct statistic misses with probability 6.33e-5: 32 of half a million, standard deviation 6. */
    @Test
    void aTrueTheoryMissesAsOftenAsTheNormalLawSays() {
        Random random = new Random(20210611);
        int misses = 0;
        for (int i = 0; i < 500_000; i++) {
            misses += judge(1, 1 + 0.001 * random.nextGaussian(), 0.001, 0).verdict() == Verdict.FAILS ? 1 : 0;
        }
        assertTrue(Math.abs(misses - 31.7) < 24, "misses: " + misses);
    }

    /**
     * Standard errors come from data too: means of 1,000 exponential numbers, whose skewness is 2, still miss rarely.
     */
    @Test
    void anEstimatedStandardErrorOfSkewedDataIsGoodEnough() {
        Random random = new Random(7);
        int misses = 0;
        int trials = 4_000;
        for (int t = 0; t < trials; t++) {
            double sum = 0;
            double squares = 0;
            int n = 1000;
            for (int i = 0; i < n; i++) {
                double x = -Math.log1p(-random.nextDouble());
                sum += x;
                squares += x * x;
            }
            double mean = sum / n;
            double standardError = Math.sqrt((squares / n - mean * mean) / (n - 1));
            misses += Math.abs(mean - 1) > ThreePartRule.AGREEMENT * standardError ? 1 : 0;
        }
        assertTrue(misses <= 4, "misses: " + misses);
    }
}
