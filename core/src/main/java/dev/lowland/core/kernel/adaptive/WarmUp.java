package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.kernel.contract.KernelSet;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs the vector code of kernels that are much used on arrays of its own, until the JVM has compiled it, and opens
 * their gates then.
 *
 * <p>This happens in one daemon thread, which begins when something is asked for and ends when nothing is left. It
 * takes what is asked for in turns of about a millisecond, since the compiler works on several pieces meanwhile, and
 * rests between the rounds, to leave the processor to the compiler. Code counts as compiled when it takes no longer,
 * several turns in a row, than scalar code is known to take about, on a machine as fast as a plain loop shows this one
 * to be: until then it takes a hundred times as long. (The scalar code itself is not run here: on shapes that callers
 * do not have, it would lose what the JVM has compiled for theirs.)
 *
 * <p>Thread safe.
 */
final class WarmUp {
    private static final System.Logger LOGGER = System.getLogger("dev.lowland.core.kernel.Kernels");

    /** So many turns in a row it must be so fast. */
    private static final int TURNS = 3;

    private static final long TURN_NANOS = 1_000_000;

    /** While one waits for the compiler, the next one runs. */
    private static final int AT_ONCE = 2;

    /** So many calls bring code to the first compiler; they may do little. */
    private static final int FIRST_TRIES = 250;

    /** So many bring it to the second compiler; then it waits for that, which needs the processor too. */
    private static final int TRIES_TO_WAIT = 5500;

    private static final long REST_MILLIS = 2;

    /** A kernel that is not compiled after so long stays with plain Java. */
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final Supplier<Optional<KernelSet>> loader;
    private final List<Rehearsal> waiting = new ArrayList<>();
    private boolean running;
    private boolean refused;

    /**
     * Nothing is asked for yet.
     *
     * @param loader finds the vector twin, or empty where it should not be used; called once, in the thread
     */
    WarmUp(Supplier<Optional<KernelSet>> loader) {
        this.loader = loader;
    }

    /** Takes up work; returns at once. */
    synchronized void ask(Rehearsed work) {
        if (refused) {
            work.giveUp();
            return;
        }
        waiting.add(work.isUrgent() ? 0 : waiting.size(), new Rehearsal(work));
        if (!running) {
            running = start();
        }
    }

    private boolean start() {
        // Inherits nothing from the thread that happens to call.
        Thread thread = new Thread(null, this::run, "lowland-warm-up", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(WarmUp.class.getClassLoader());
        try {
            thread.start();
            return true;
        } catch (OutOfMemoryError e) {
            LOGGER.log(Level.DEBUG, "kernels: no thread to warm up in", e);
            return false;
        }
    }

    private void run() {
        KernelSet vector = loader.get().orElse(null);
        if (vector == null) {
            refuse();
            return;
        }
        Stage stage = Stage.make();
        Stage first = stage.shortened();
        double pace = MachineSpeed.factor();
        for (List<Rehearsal> turn = next(); !turn.isEmpty(); turn = next()) {
            boolean waits = true;
            for (Rehearsal rehearsal : turn) {
                boolean early = rehearsal.tries < FIRST_TRIES;
                if (rehearsal.isDone(vector, early ? first : stage, pace)) {
                    remove(rehearsal);
                }
                waits &= rehearsal.tries > TRIES_TO_WAIT;
            }
            if (waits) {
                rest();
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(REST_MILLIS);
        } catch (InterruptedException e) {
            // Nobody has this thread to interrupt it; a rest that is shorter does no harm.
        }
    }

    private synchronized void refuse() {
        refused = true;
        waiting.forEach(rehearsal -> rehearsal.work.giveUp());
        waiting.clear();
    }

    /** What asked first comes first, so that some gates open early. */
    private synchronized List<Rehearsal> next() {
        running = !waiting.isEmpty();
        boolean alone = running && waiting.get(0).work.isUrgent();
        return List.copyOf(waiting.subList(0, alone ? 1 : Math.min(AT_ONCE, waiting.size())));
    }

    private synchronized void remove(Rehearsal rehearsal) {
        waiting.remove(rehearsal);
    }

    /** One piece of work and how far it is. */
    private static final class Rehearsal {
        private final Rehearsed work;
        private final long start = System.nanoTime();
        private int tries;
        private int fastTurns;
        private boolean prepared;

        Rehearsal(Rehearsed work) {
            this.work = work;
        }

        /** Takes a turn; returns whether it was the last. */
        boolean isDone(KernelSet vector, Stage stage, double pace) {
            if (!prepared) {
                work.prepare(vector);
                prepared = true;
            }
            fastTurns = isFast(vector, stage, pace) ? fastTurns + 1 : 0;
            long passed = System.nanoTime() - start;
            if (fastTurns == TURNS) {
                work.open(vector);
                LOGGER.log(Level.DEBUG, "kernels: {0} uses vectors after {1} ms", work.name(), passed / 1_000_000);
                return true;
            }
            if (passed > PATIENCE_NANOS) {
                work.giveUp();
                return true;
            }
            return false;
        }

        /** The best try of a turn counts, as others may have had the processor during the rest. */
        private boolean isFast(KernelSet vector, Stage stage, double pace) {
            long begin = System.nanoTime();
            boolean fast = false;
            do {
                fast |= work.isFast(vector, stage, pace);
                tries++;
            } while (System.nanoTime() - begin < TURN_NANOS);
            return fast;
        }
    }
}
