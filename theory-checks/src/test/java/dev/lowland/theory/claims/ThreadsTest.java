package dev.lowland.theory.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claims.noise.FluctuationCovariance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A claim's result is a function of its seed, whatever the number of threads. */
class ThreadsTest {

    @Test
    @Tag("long")
    void aWholeClaimDoesNotDependOnThreads() {
        FluctuationCovariance claim = new FluctuationCovariance();
        assertEquals(
                claim.check(ClaimContext.of(5, 1)).cases(),
                claim.check(ClaimContext.of(5, 3)).cases());
    }
}
