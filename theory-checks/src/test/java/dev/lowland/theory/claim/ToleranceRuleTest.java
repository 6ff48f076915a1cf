package dev.lowland.theory.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Identities: tolerance and teeth. */
class ToleranceRuleTest {

    private static final Expectation.Alternative DOUBLE = Expectation.Alternative.mustReject("double", 4);

    @Test
    void theToleranceIsRelative() {
        assertEquals(
                Verdict.HOLDS,
                ToleranceRule.judge("case", 2, 2 * (1 + 0.9e-9), 1e-9, List.of(DOUBLE))
                        .verdict());
        assertEquals(
                Verdict.FAILS,
                ToleranceRule.judge("case", 2, 2 * (1 + 1.1e-9), 1e-9, List.of(DOUBLE))
                        .verdict());
        assertEquals(
                Verdict.FAILS,
                ToleranceRule.judge("case", 2, Double.NaN, 1e-9, List.of(DOUBLE))
                        .verdict());
    }

    @Test
    void aWrongTheoryWithinSixTolerancesIsNotRefused() {
        CaseResult result = ToleranceRule.judge("case", 2, 2, 0.2, List.of(DOUBLE));
        assertEquals(Verdict.INCONCLUSIVE, result.verdict());
        assertEquals(5, result.falsifications().get(0).distance(), 1e-12);
        assertEquals(
                Verdict.HOLDS,
                ToleranceRule.judge("case", 2, 2, 0.16, List.of(DOUBLE)).verdict());
    }

    @Test
    void vectorsAreComparedInTheEuclideanNorm() {
        double[] predicted = {3, 4};
        double[] measured = {3, 4 + 5e-3};
        List<ToleranceRule.Wrong> wrong = List.of(ToleranceRule.Wrong.mustReject("turned", new double[] {4, 3}));
        CaseResult result = ToleranceRule.judge("case", predicted, measured, 5, 1.1e-3, wrong);
        assertEquals(Verdict.HOLDS, result.verdict());
        assertEquals(5, result.predicted(), 1e-15);
        assertEquals(1e-3, result.relativeError(), 1e-12);
        assertEquals(
                Verdict.FAILS,
                ToleranceRule.judge("case", predicted, measured, 5, 0.9e-3, wrong)
                        .verdict());
    }

    @Test
    void lengthsMustAgree() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ToleranceRule.judge("case", new double[2], new double[3], 1, 1e-9, List.of()));
    }
}
