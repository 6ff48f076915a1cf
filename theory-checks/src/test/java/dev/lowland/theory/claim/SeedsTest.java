package dev.lowland.theory.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Derived seeds differ. */
class SeedsTest {

    @Test
    void differentPurposesAndSeedsGiveDifferentSeeds() {
        Set<Long> seen = new HashSet<>();
        for (long seed = -50; seed < 50; seed++) {
            for (String purpose : new String[] {"", "drift", "drift 1", "tfird", "second stage"}) {
                seen.add(Seeds.derive(seed, purpose));
            }
        }
        assertEquals(500, seen.size());
    }

    @Test
    void derivationIsAFixedFunction() {
        assertEquals(Seeds.derive(1, "drift"), Seeds.derive(1, "drift"));
    }
}
