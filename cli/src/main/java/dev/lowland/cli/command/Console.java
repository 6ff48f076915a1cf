package dev.lowland.cli.command;

import java.io.PrintStream;

/**
 * Where a command speaks.
 *
 * @param out results
 * @param err progress, warnings and errors
 * @param columns width of a live display on {@code err}; 0 for none
 */
record Console(PrintStream out, PrintStream err, int columns) {

    /** Prints one line to {@code err}. */
    void warn(String line) {
        err.println("lowland: " + line);
        err.flush();
    }
}
