package dev.lowland.theory.claims.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claim.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the definitions of the losses give is what every pattern of flips gives. */
@Tag("slow")
class FlipIdentitiesTest {

    @Test
    void identitiesHoldAndAWrongVarianceIsRefused() {
        for (CaseResult result : FlipIdentities.check(Theory.paper())) {
            assertEquals(Verdict.HOLDS, result.verdict(), result.caseName() + ": " + result.note());
        }
        long refused = FlipIdentities.check(Theory.paper().withLambdaFactor(1 + 1e-6)).stream()
                .filter(result -> result.verdict() == Verdict.FAILS)
                .count();
        assertEquals(16, refused);
    }
}
