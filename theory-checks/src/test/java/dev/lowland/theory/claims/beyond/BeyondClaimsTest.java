package dev.lowland.theory.claims.beyond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claim.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The claims beyond the paper: the right theory holds, and every case refuses one that is off by 5 %. */
@Tag("long")
class BeyondClaimsTest {

    static Stream<Claim> claims() {
        return Stream.of(
                new AntiPgd(),
                new Sam(),
                new NormalisedGd(),
                new LabelNoiseRmsProp(),
                new MeanSquareStability(),
                new EdgeCentralFlow(),
                new WeightDecay(),
                new UnequalLabelNoise());
    }

    @ParameterizedTest
    @MethodSource("claims")
    void theTheoryHolds(Claim claim) {
        ClaimResult result = claim.check(ClaimContext.of(11, 2));
        assertEquals(Verdict.HOLDS, result.verdict(), result.summary());
        assertTrue(result.figures().size() >= 2, claim.name() + " has no pictures");
    }

    @ParameterizedTest
    @MethodSource("claims")
    void offByFivePercentIsRefused(Claim claim) {
        ClaimResult result =
                claim.check(ClaimContext.of(11, 2).withTheory(Theory.paper().withLambdaFactor(1.05)));
        assertEquals(Verdict.FAILS, result.verdict(), result.summary());
        for (CaseResult c : result.cases()) {
            assertTrue(c.verdict() == Verdict.FAILS || c.predicted() == 0, c.caseName() + " accepts the wrong theory");
        }
    }
}
