package dev.lowland.theory.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Inequalities: agreement and teeth. */
class BoundRuleTest {

    private static CaseResult judge(double largest, boolean required) {
        return BoundRule.judge("case", largest, 7, 3, 1e-9, List.of(new BoundRule.Tighter("halved", 0.5, required)));
    }

    @Test
    void aBoundThatIsReachedHoldsAndBreaksTheTighterOne() {
        CaseResult result = judge(1 + 5e-10, true);
        assertEquals(Verdict.HOLDS, result.verdict());
        assertTrue(result.falsifications().get(0).rejected());
        assertEquals(7, result.samples());
        assertEquals(3, result.seed());
    }

    @Test
    void aBoundThatIsExceededFails() {
        assertEquals(Verdict.FAILS, judge(1 + 2e-9, true).verdict());
        assertEquals(1, judge(2, true).relativeError(), 1e-15);
        assertEquals(Verdict.FAILS, judge(Double.NaN, true).verdict());
    }

    @Test
    void aBoundThatIsNeverNearDecidesNothingAgainstATighterOne() {
        CaseResult result = judge(0.4, true);
        assertEquals(Verdict.INCONCLUSIVE, result.verdict());
        assertTrue(result.note().contains("halved"), result.note());
        assertEquals(Verdict.INCONCLUSIVE, judge(0.5 + 5e-9, true).verdict());
        assertEquals(Verdict.HOLDS, judge(0.5 + 7e-9, true).verdict());
    }

    @Test
    void aTighterBoundThatIsOnlyReportedHasNoConsequences() {
        CaseResult result = judge(0.4, false);
        assertEquals(Verdict.HOLDS, result.verdict());
        assertFalse(result.falsifications().get(0).rejected());
    }

    @Test
    void aToleranceMustBePositive() {
        assertThrows(IllegalArgumentException.class, () -> BoundRule.judge("case", 1, 1, 1, 0, List.of()));
    }
}
