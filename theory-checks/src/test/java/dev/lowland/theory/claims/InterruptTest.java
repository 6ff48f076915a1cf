package dev.lowland.theory.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.ledger.Ledger;
import dev.lowland.theory.ledger.LedgerRun;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every claim of the ledger ends early where the thread that checks it is interrupted. */
@Tag("slow")
class InterruptTest {

    /** In milliseconds, while classes are loaded, programs compiled, runs under way. */
    private static final long[] MOMENTS = {50, 200, 500, 1_000, 2_000};

    private static final long WARM_UP = 3_000;

    /** Of an interrupt, in milliseconds. */
    private static final long LATEST = 100;

    /** What a piece of work takes the first time, in code that is not compiled yet, is not how seldom it looks up. */
    private static final int ATTEMPTS = 3;

    static Stream<String> claims() {
        return Ledger.standard().names().stream();
    }

    /** A cold JVM loads classes for some tenths of a second before it looks up. */
    private static void warmUp() throws InterruptedException {
        Thread thread = new Thread(() -> {
            try {
                Ledger.standard().claims().get(0).check(ClaimContext.of(2, 1));
            } catch (IllegalStateException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        thread.join(WARM_UP);
        thread.interrupt();
        thread.join();
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

    /** In the processor time of the thread that checks, which does not depend on what else the machine does. */
    @ParameterizedTest
    @MethodSource("claims")
    @Tag("long")
    @Tag("once")
    void anInterruptAtAnyMomentEndsTheClaimSoon(String name) throws InterruptedException {
        Claim claim = Ledger.standard().select(List.of(name)).claims().get(0);
        ThreadMXBean times = ManagementFactory.getThreadMXBean();
        List<String> late = new ArrayList<>();
        warmUp();
        for (long moment : MOMENTS) {
            long least = Long.MAX_VALUE;
            for (int attempt = 0; attempt < ATTEMPTS && least > LATEST; attempt++) {
                least = Math.min(least, lateness(claim, moment, times));
            }
            if (least > LATEST) {
                late.add(least + " ms after an interrupt at " + moment + " ms");
            }
        }
        assertEquals(List.of(), late);
    }

    /** Milliseconds from an interrupt to the end; 0 if the claim had ended before. */
    private static long lateness(Claim claim, long moment, ThreadMXBean times) throws InterruptedException {
        AtomicLong end = new AtomicLong();
        Thread thread = new Thread(() -> {
            try {
                claim.check(ClaimContext.of(1, 1));
            } catch (IllegalStateException e) {
                end.set(times.getCurrentThreadCpuTime());
            }
        });
        thread.start();
        thread.join(moment);
        long start = times.getThreadCpuTime(thread.getId());
        thread.interrupt();
        thread.join();
        return end.get() == 0 ? 0 : (end.get() - start) / 1_000_000;
    }
}
