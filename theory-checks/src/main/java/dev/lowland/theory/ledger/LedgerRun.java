package dev.lowland.theory.ledger;

import dev.lowland.core.check.Checks;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimProgress;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claim.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a ledger.
 *
 * @param seed seed of the run
 * @param entries one a claim, in the ledger's order
 */
public record LedgerRun(long seed, List<Entry> entries) {

    public LedgerRun {
        Checks.noNulls("ledger run", "entries", entries);
        entries = List.copyOf(entries);
    }

    /**
     * A checked claim.
     *
     * @param claim the claim
     * @param result its result
     * @param seconds wall-clock time of the check
     */
    public record Entry(Claim claim, ClaimResult result, double seconds) {
        /** Refuses null. */
        public Entry {
            Checks.notNull("ledger entry", "claim", claim);
            Checks.notNull("ledger entry", "result", result);
        }
    }

    /** Told what happens, from the thread that runs the ledger. */
    public interface Listener {

        /** A claim is about to be checked; {@code index} counts from 0. */
        default void started(Claim claim, int index, int count) {}

        /** The check of a claim has come to {@code fraction} of its work. */
        default void advanced(Claim claim, double fraction, String activity) {}

        /** A claim has been checked. */
        default void finished(Entry entry, int index, int count) {}
    }

    /**
     * Checks the claims one after the other; each may use all the threads.
     *
     * @param ledger which claims
     * @param context seed, threads, effort and theory; its progress is told about each claim from 0 to 1
     * @param listener told what happens
     * @throws IllegalStateException if the thread is interrupted, within a tenth of a second; the interrupt is left set
     */
    public static LedgerRun run(Ledger ledger, ClaimContext context, Listener listener) {
        Checks.notNull("run", "ledger", ledger);
        Checks.notNull("run", "context", context);
        Checks.notNull("run", "listener", listener);
        List<Claim> claims = ledger.claims();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            listener.started(claim, i, claims.size());
            ClaimProgress outer = context.progress();
            ClaimContext inner = context.withProgress((fraction, activity) -> {
                Interruption.check();
                outer.advance(fraction, activity);
                listener.advanced(claim, fraction, activity);
            });
            long start = System.nanoTime();
            ClaimResult result = claim.check(inner);
            Interruption.check();
            Entry entry = new Entry(claim, result, (System.nanoTime() - start) * 1e-9);
            entries.add(entry);
            listener.finished(entry, i, claims.size());
        }
        return new LedgerRun(context.seed(), entries);
    }

    /** The worst verdict of all claims; INCONCLUSIVE if there are none. */
    public Verdict verdict() {
        List<Verdict> verdicts = new ArrayList<>();
        entries.forEach(e -> verdicts.add(e.result().verdict()));
        return Verdict.worst(verdicts);
    }
}
