package dev.lowland.optim.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EarliestDivergenceTest {

    @Test
    void keepsTheEarliestStepAndOfThoseTheLowestReplica() {
        EarliestDivergence divergence = new EarliestDivergence();
        assertFalse(divergence.found());
        assertEquals(Long.MAX_VALUE, divergence.step());
        divergence.report(10, 5);
        divergence.report(11, 1);
        divergence.report(10, 7);
        assertTrue(divergence.found());
        assertEquals(10, divergence.step());
        assertEquals(5, divergence.replica());
        divergence.report(10, 3);
        assertEquals(3, divergence.replica());
        divergence.report(9, 8);
        assertEquals(9, divergence.step());
        assertEquals(8, divergence.replica());
    }
}
