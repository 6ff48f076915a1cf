package dev.lowland.theory.claims.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bounds hold, and tighter ones do not. */
@Tag("slow")
class SmoothnessBoundsTest {

    @Test
    void theBoundsHold() {
        ClaimResult result = new SmoothnessBounds().check(ClaimContext.of(3, 2));
        assertEquals(Verdict.HOLDS, result.verdict(), result.summary());
    }

    @Test
    void tighterBoundsAreRefused() {
        for (double factor : new double[] {0.5, 0.999}) {
            ClaimResult result = new SmoothnessBounds(factor).check(ClaimContext.of(3, 2));
            assertEquals(Verdict.FAILS, result.verdict(), result.summary());
            for (CaseResult c : result.cases()) {
                assertTrue(
                        c.verdict() == Verdict.FAILS
                                || !c.falsifications().get(0).required(),
                        c.caseName());
            }
        }
    }

    /** f = x·w₁w₂w₃ at x = 2, w = (1, 3, 5). */
    @Test
    void derivativesOfAProduct() {
        SampleDerivatives.Sizes sizes =
                new SampleDerivatives(Models.deepLinear(1, 1, 1, 1)).at(new double[] {1, 3, 5}, new double[] {2});
        assertEquals(2 * Math.sqrt(15 * 15 + 5 * 5 + 3 * 3), sizes.slope(), 1e-12);
        assertEquals(2 * Math.sqrt(2), sizes.third(), 1e-12);
        double largest = sizes.curvature() / 2;
        assertEquals(0, largest * largest * largest - 35 * largest - 30, 1e-9);
        assertTrue(largest > 5);
    }
}
