package dev.lowland.theory.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lowland.theory.claim.ClaimContext;
import org.junit.jupiter.api.Test;

/** Results are functions of the seed. */
class ThreadsTest {

    @Test
    void theNumberOfThreadsChangesNothing() {
        FluctuationCovariance claim = new FluctuationCovariance();
        assertEquals(
                claim.check(ClaimContext.of(5, 1)).cases(),
                claim.check(ClaimContext.of(5, 3)).cases());
    }

    @Test
    void theSeedChangesTheMeasurements() {
        FluctuationCovariance claim = new FluctuationCovariance();
        assertNotEquals(
                claim.check(ClaimContext.of(5, 2)).cases(),
                claim.check(ClaimContext.of(6, 2)).cases());
    }
}
