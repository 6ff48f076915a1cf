package dev.lowland.theory.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.FixedClaim;
import dev.lowland.theory.claim.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Choosing claims and running them. */
class LedgerTest {

    private static final Claim FIRST = new FixedClaim("first", List.of("wrong"));
    private static final Claim SECOND = new FixedClaim("second", List.of());
    private static final Ledger BOTH = Ledger.of(List.of(FIRST, SECOND));

    @Test
    void selectionKeepsTheOrderOfTheLedger() {
        assertEquals(
                List.of("first", "second"),
                BOTH.select(List.of("second", "first")).names());
        assertEquals(List.of("second"), BOTH.select(List.of("second")).names());
        assertEquals(BOTH.names(), BOTH.select(List.of()).names());
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThatExist() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> BOTH.select(List.of("third")));
        assertEquals("select claims: a name is third, must be one of first, second", error.getMessage());
    }

    @Test
    void namesAreUnique() {
        assertThrows(IllegalArgumentException.class, () -> Ledger.of(List.of(FIRST, FIRST)));
    }

    @Test
    void aRunTellsWhatHappens() {
        List<String> events = new ArrayList<>();
        LedgerRun run = LedgerRun.run(BOTH, ClaimContext.of(1, 1), new LedgerRun.Listener() {
            @Override
            public void started(Claim claim, int index, int count) {
                events.add("started " + claim.name() + " " + index + "/" + count);
            }

            @Override
            public void advanced(Claim claim, double fraction, String activity) {
                events.add(activity + " of " + claim.name());
            }

            @Override
            public void finished(LedgerRun.Entry entry, int index, int count) {
                events.add("finished " + entry.claim().name());
            }
        });
        assertEquals(
                List.of(
                        "started first 0/2",
                        "half way of first",
                        "finished first",
                        "started second 1/2",
                        "half way of second",
                        "finished second"),
                events);
        assertEquals(Verdict.HOLDS, run.verdict());
        assertEquals(Verdict.INCONCLUSIVE, new LedgerRun(1, List.of()).verdict());
    }

    @Test
    void anInterruptEndsTheRun() {
        List<String> events = new ArrayList<>();
        LedgerRun.Listener listener = new LedgerRun.Listener() {
            @Override
            public void started(Claim claim, int index, int count) {
                events.add("started " + claim.name());
            }

            @Override
            public void finished(LedgerRun.Entry entry, int index, int count) {
                Thread.currentThread().interrupt();
                events.add("finished " + entry.claim().name());
            }
        };
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> LedgerRun.run(BOTH, ClaimContext.of(1, 1), listener));
        assertTrue(Thread.interrupted(), "the interrupt is left set");
        assertEquals("go on: the thread is interrupted, must be left alone", e.getMessage());
        assertEquals(List.of("started first", "finished first", "started second"), events);
    }
}
