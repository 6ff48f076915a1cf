package dev.lowland.theory.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How cases add up to a claim. */
class ClaimResultTest {

    private static final Claim CLAIM = new FixedClaim("example", List.of("wrong"));

    private static CaseResult identity(double measured, List<Expectation.Alternative> wrong) {
        return ToleranceRule.judge("case", 1, measured, 1e-9, wrong);
    }

    private static final Expectation.Alternative WRONG = Expectation.Alternative.mustReject("wrong", 2);

    @Test
    void theWorstCaseDecides() {
        ClaimResult result = ClaimResult.of(
                CLAIM, "fine", List.of(identity(1, List.of(WRONG)), identity(1.1, List.of(WRONG))), List.of());
        assertEquals(Verdict.FAILS, result.verdict());
        assertTrue(result.summary().contains("1 of 2"), result.summary());
    }

    @Test
    void aClaimHoldsWithItsTeeth() {
        ClaimResult result = ClaimResult.of(CLAIM, "fine", List.of(identity(1, List.of(WRONG))), List.of());
        assertEquals(Verdict.HOLDS, result.verdict());
        assertEquals("fine", result.summary());
    }

    @Test
    void aWrongTheoryThatNoCaseRefusesMakesItInconclusive() {
        assertEquals(
                Verdict.INCONCLUSIVE,
                ClaimResult.of(CLAIM, "fine", List.of(identity(1, List.of())), List.of())
                        .verdict());
        List<Expectation.Alternative> onlyReported = List.of(Expectation.Alternative.reported("wrong", 2));
        assertEquals(
                Verdict.INCONCLUSIVE,
                ClaimResult.of(CLAIM, "fine", List.of(identity(1, onlyReported)), List.of())
                        .verdict());
    }

    @Test
    void nothingCheckedProvesNothing() {
        assertEquals(
                Verdict.INCONCLUSIVE,
                ClaimResult.of(CLAIM, "fine", List.of(), List.of()).verdict());
    }
}
