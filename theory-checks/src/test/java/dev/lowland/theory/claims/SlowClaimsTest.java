package dev.lowland.theory.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claim.Verdict;
import dev.lowland.theory.claims.classification.Classification;
import dev.lowland.theory.claims.drift.ArbitraryCovariance;
import dev.lowland.theory.claims.drift.MiniBatch;
import dev.lowland.theory.claims.drift.ScalingRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The claims on classification, scaling, mini-batches and arbitrary noise: the right theory holds, a wrong one is
 * refused by every statistic.
 */
@Tag("long")
class SlowClaimsTest {

    static Stream<Claim> claims() {
        return Stream.of(new Classification(), new ScalingRule(), new MiniBatch(), new ArbitraryCovariance());
    }

    @ParameterizedTest
    @MethodSource("claims")
    void theTheoryHolds(Claim claim) {
        ClaimResult result = claim.check(ClaimContext.of(11, 2));
        assertEquals(Verdict.HOLDS, result.verdict(), result.summary());
    }

    @ParameterizedTest
    @MethodSource("claims")
    void lambdaOffByFivePercentIsRefused(Claim claim) {
        refuses(claim, Theory.paper().withLambdaFactor(1.05));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void aDriftWithoutItsFactorHalfIsRefused(Claim claim) {
        ClaimResult result =
                claim.check(ClaimContext.of(11, 2).withTheory(Theory.paper().withGradientFactor(2)));
        assertEquals(Verdict.FAILS, result.verdict(), result.summary());
    }

    private static void refuses(Claim claim, Theory theory) {
        ClaimResult result = claim.check(ClaimContext.of(11, 2).withTheory(theory));
        assertEquals(Verdict.FAILS, result.verdict(), result.summary());
        for (CaseResult c : result.cases()) {
            boolean statistical = c.standardError() > 0 && !c.caseName().endsWith("gap");
            assertTrue(
                    !statistical || c.verdict() == Verdict.FAILS || c.caseName().endsWith("along y"),
                    c.caseName() + " accepts the wrong theory");
        }
    }
}
