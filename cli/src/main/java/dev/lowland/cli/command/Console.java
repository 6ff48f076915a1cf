package dev.lowland.cli.command;

import dev.lowland.optim.flatness.RegularizerCost;
import java.io.PrintStream;

/**
 * Where a command speaks.
 *
 * @param out results
 * @param err progress, warnings and errors
 * @param columns width of a live display on {@code err}; 0 for none
 */
record Console(PrintStream out, PrintStream err, int columns) {
    /** Work of so many seconds is announced. */
    private static final double WORTH_A_WORD = 20;

    /** Prints one line to {@code err}. */
    void warn(String line) {
        err.println("lowland: " + line);
        err.flush();
    }

    /** Warns of work that takes long: "the work takes", what it takes, and what to do instead. */
    void warnIfLong(String work, RegularizerCost cost, String instead) {
        if (cost.seconds() > WORTH_A_WORD) {
            warn(work + " " + cost + "; " + instead);
        }
    }
}
