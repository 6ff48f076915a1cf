package dev.lowland.theory.claims.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each exponent is found, and no other is accepted. */
@Tag("slow")
class KlExponentsTest {

    private static final ClaimContext CONTEXT = ClaimContext.of(4, 1);

    @Test
    void everyMinimumHasItsExponentAndNoOther() {
        KlExponents claim = new KlExponents();
        for (KlExponents.Subject subject : KlExponents.subjects()) {
            for (int inverse : new int[] {1, 3, 5}) {
                CaseResult result = claim.check(subject, inverse, CONTEXT).get(0);
                Verdict expected = inverse == subject.inverse() ? Verdict.HOLDS : Verdict.FAILS;
                assertEquals(expected, result.verdict(), result.caseName() + " against 1/" + inverse + result.note());
            }
        }
    }

    /** Without the reduction the stiff directions hide the degenerate ones. */
    @Test
    void anApproachThatDoesNotSettleSeesOnlyTheStiffDirections() {
        KlExponents.Subject subject = KlExponents.subjects().get(4);
        Approach straight = new Approach(subject.setting(), false);
        straight.along(1, 0);
        assertEquals(2, straight.exponent(), 0.01);
        Approach settled = new Approach(subject.setting(), true);
        settled.along(1, 0);
        assertEquals(4.0 / 3, settled.exponent(), 1e-6);
    }

    @Test
    void theBiasIsFarBelowTheDistanceBetweenExponents() {
        assertTrue(Approach.bias() > 0 && Approach.bias() < 0.01, "bias: " + Approach.bias());
    }
}
