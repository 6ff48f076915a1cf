package dev.lowland.theory.claims.coupling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The wrong potential has other stationary points, and is refused. */
class StationaryPointTest {

    /** A factor on R or on λ moves no stationary point; the wrong potential does. */
    @Test
    @Tag("long")
    void stationarityForTheQuarterTraceIsRefused() {
        ClaimResult result = new StationaryPoint(StationaryPoint::quarterTrace).check(ClaimContext.of(11, 2));
        assertEquals(Verdict.FAILS, result.verdict(), result.summary());
        for (StationaryCase subject : StationaryCase.all()) {
            boolean refused = result.cases().stream()
                    .anyMatch(c -> c.verdict() == Verdict.FAILS && c.caseName().startsWith(subject.name()));
            assertTrue(refused, subject.name() + " accepts ¼ tr H");
        }
    }
}
