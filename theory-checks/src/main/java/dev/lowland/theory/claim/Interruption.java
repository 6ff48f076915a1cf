package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;

/**
 * How a check ends early: whoever works for long looks from time to time whether the thread that checks was
 * interrupted, and then goes on no further. Thread-safe, without state.
 */
public final class Interruption {
    private Interruption() {}

    /**
     * Ends the work where the calling thread was interrupted.
     *
     * @throws IllegalStateException if it was; the interrupt is left set
     */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw Checks.outOfTurn("go on", "the thread", "interrupted", "left alone");
        }
    }
}
