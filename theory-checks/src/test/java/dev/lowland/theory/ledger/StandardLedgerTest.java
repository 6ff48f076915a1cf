package dev.lowland.theory.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Falsification;
import dev.lowland.theory.claim.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ledger as it is shipped. */
class StandardLedgerTest {

    @Test
    void claimsAreInOrderAndSayWhatTheyAre() {
        int number = 0;
        for (Claim claim : Ledger.standard().claims()) {
            assertTrue(claim.number() > number, claim.name());
            number = claim.number();
            assertTrue(claim.name().matches("[a-z]+(-[a-z]+)*"), claim.name());
            for (String text : List.of(claim.statement(), claim.formula(), claim.source(), claim.method())) {
                assertTrue(text.length() > 10, claim.name());
            }
            assertTrue(!claim.mustReject().isEmpty(), claim.name());
        }
    }

    /** Every claim, every seed: a false alarm would show that the stated level of 1e-6 a run is wrong. */
    @Test
    @Tag("long")
    void tenSeedsInARowHold() {
        List<String> complaints = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            LedgerRun run = LedgerRun.run(Ledger.standard(), ClaimContext.of(seed, 2), new LedgerRun.Listener() {});
            for (LedgerRun.Entry entry : run.entries()) {
                if (entry.result().verdict() != Verdict.HOLDS) {
                    complaints.add("seed " + seed + ", " + entry.result().name() + ": "
                            + entry.result().summary());
                }
                check(entry);
            }
        }
        assertEquals(List.of(), complaints);
    }

    private static void check(LedgerRun.Entry entry) {
        ClaimResult result = entry.result();
        Set<String> names = new HashSet<>();
        for (CaseResult c : result.cases()) {
            assertTrue(names.add(c.caseName()), "two cases are named " + c.caseName());
            for (Falsification f : c.falsifications()) {
                assertTrue(
                        !f.required() || entry.claim().mustReject().contains(f.name()),
                        c.caseName() + " refuses an undeclared " + f.name());
            }
        }
    }
}
