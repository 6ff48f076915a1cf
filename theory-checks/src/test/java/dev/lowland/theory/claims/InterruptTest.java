package dev.lowland.theory.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.ledger.Ledger;
import dev.lowland.theory.ledger.LedgerRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every claim of the ledger ends early where the thread that checks it is interrupted. */
@Tag("slow")
class InterruptTest {

    static Stream<String> claims() {
        return Ledger.standard().names().stream();
    }

    @AfterEach
    void forget() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void anInterruptEndsTheClaim(String name) {
        List<String> events = new ArrayList<>();
        LedgerRun.Listener listener = new LedgerRun.Listener() {
            @Override
            public void advanced(Claim claim, double fraction, String activity) {
                Thread.currentThread().interrupt();
                events.add("advanced");
            }

            @Override
            public void finished(LedgerRun.Entry entry, int index, int count) {
                events.add("finished");
            }
        };
        Ledger one = Ledger.standard().select(List.of(name));
        assertThrows(IllegalStateException.class, () -> LedgerRun.run(one, ClaimContext.of(1, 1), listener));
        assertTrue(Thread.interrupted(), "the interrupt is left set");
        assertEquals(List.of("advanced"), events, "it went on");
    }
}
