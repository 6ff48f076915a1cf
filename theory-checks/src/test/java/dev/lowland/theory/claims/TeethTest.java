package dev.lowland.theory.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claim.Verdict;
import dev.lowland.theory.claims.coupling.Coupling;
import dev.lowland.theory.claims.coupling.Descent;
import dev.lowland.theory.claims.coupling.StationaryPoint;
import dev.lowland.theory.claims.drift.Controls;
import dev.lowland.theory.claims.drift.Drift;
import dev.lowland.theory.claims.drift.Momentum;
import dev.lowland.theory.claims.landscape.KlExponents;
import dev.lowland.theory.claims.landscape.RegularizerGradient;
import dev.lowland.theory.claims.landscape.RegularizerLimits;
import dev.lowland.theory.claims.limit.DeepLinearLimit;
import dev.lowland.theory.claims.limit.Lasso;
import dev.lowland.theory.claims.limit.ManifoldLimit;
import dev.lowland.theory.claims.noise.FluctuationCovariance;
import dev.lowland.theory.claims.noise.LossFloor;
import dev.lowland.theory.claims.noise.NoiseCovariance;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A theory that is made wrong on purpose is refused; the right one holds. */
@Tag("slow")
class TeethTest {

    private static final Theory WITHOUT_HALF = Theory.paper().withGradientFactor(2);
    private static final Theory MORE = Theory.paper().withLambdaFactor(1.05);
    private static final Theory LESS = Theory.paper().withLambdaFactor(0.95);

    private static ClaimResult check(Claim claim, Theory theory) {
        return claim.check(ClaimContext.of(11, 2).withTheory(theory));
    }

    private static void refuses(Claim claim, Theory theory) {
        ClaimResult result = check(claim, theory);
        assertEquals(Verdict.FAILS, result.verdict(), result.summary());
        for (CaseResult c : result.cases()) {
            assertTrue(c.verdict() == Verdict.FAILS || c.predicted() == 0, c.caseName() + " accepts the wrong theory");
        }
    }

    private static void holds(Claim claim) {
        ClaimResult result = check(claim, Theory.paper());
        assertEquals(Verdict.HOLDS, result.verdict(), result.summary());
    }

    @Test
    void theIdentitiesHold() {
        holds(new RegularizerGradient());
        holds(new RegularizerLimits());
        holds(new KlExponents());
    }

    @Test
    @Tag("long")
    void theStatisticsHold() {
        holds(new NoiseCovariance());
        holds(new FluctuationCovariance());
        holds(new Drift());
        holds(new Coupling());
        holds(new Descent());
        holds(new StationaryPoint());
        holds(new LossFloor());
        holds(new Momentum());
        holds(new Controls());
        holds(new Lasso());
        holds(new DeepLinearLimit());
        holds(new ManifoldLimit());
    }

    @Test
    void theGradientWithoutItsFactorHalfIsRefused() {
        refuses(new RegularizerGradient(), WITHOUT_HALF);
    }

    @Test
    @Tag("long")
    void lambdaOffByFivePercentIsRefusedByTheNoise() {
        refuses(new NoiseCovariance(), MORE);
        refuses(new NoiseCovariance(), LESS);
    }

    @Test
    @Tag("long")
    void lambdaOffByFivePercentIsRefusedByTheFluctuations() {
        refuses(new FluctuationCovariance(), MORE);
        refuses(new FluctuationCovariance(), LESS);
    }

    @Test
    @Tag("long")
    void theGradientWithoutItsFactorHalfIsRefusedByTheDrift() {
        refuses(new Drift(), WITHOUT_HALF);
    }

    @Test
    @Tag("long")
    void lambdaOffByFivePercentIsRefusedByTheDrift() {
        refuses(new Drift(), MORE);
        refuses(new Drift(), LESS);
    }

    @Test
    @Tag("long")
    void lambdaOffByFivePercentIsRefusedByTheFloorOfTheLoss() {
        refuses(new LossFloor(), MORE);
        refuses(new LossFloor(), LESS);
    }

    @Test
    @Tag("long")
    void lambdaOffByFivePercentIsRefusedByMomentum() {
        refuses(new Momentum(), MORE);
    }

    @Test
    @Tag("long")
    void theGradientWithoutItsFactorHalfIsRefusedByTheCoupling() {
        ClaimResult result = check(new Coupling(), WITHOUT_HALF);
        assertEquals(Verdict.FAILS, result.verdict(), result.summary());
        for (CaseResult c : result.cases()) {
            assertTrue(c.verdict() == Verdict.FAILS || c.caseName().contains("B = 1"), c.caseName() + " accepts it");
        }
    }

    @Test
    @Tag("long")
    void aWrongRateIsRefusedByTheDescent() {
        refuses(new Descent(), WITHOUT_HALF);
        refuses(new Descent(), MORE);
        refuses(new Descent(), LESS);
    }

    @Test
    @Tag("long")
    void theTraceWithoutItsFactorQuarterIsRefusedByTheLimitOfSmallSteps() {
        refuses(new ManifoldLimit(), WITHOUT_HALF);
        refuses(new ManifoldLimit(), Theory.paper().withGradientFactor(0.5));
        refuses(new ManifoldLimit(), MORE);
    }

    /** Twice the strength moves the coefficients on the support; off it both theories have zeros. */
    @Test
    @Tag("long")
    void aLassoOfTwiceTheStrengthIsRefused() {
        ClaimResult result = check(new Lasso(), WITHOUT_HALF);
        assertEquals(Verdict.FAILS, result.verdict(), result.summary());
        List<CaseResult> onTheSupport = result.cases().stream()
                .filter(c -> c.caseName().endsWith("w_1") || c.caseName().endsWith("w_2"))
                .toList();
        assertEquals(4, onTheSupport.size(), result.summary());
        for (CaseResult c : onTheSupport) {
            assertEquals(Verdict.FAILS, c.verdict(), c.caseName() + " accepts the wrong theory");
        }
    }
}
