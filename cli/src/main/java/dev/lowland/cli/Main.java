package dev.lowland.cli;

import dev.lowland.cli.command.Program;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program {@code lowland} in a process of its own. */
public final class Main {
    private Main() {}

    /**
     * Runs the program and ends the process with its exit status.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int columns = Boolean.getBoolean("lowland.terminal") ? Integer.getInteger("lowland.columns", 80) : 0;
        int status = Program.run(out, err, columns, args);
        out.flush();
        System.exit(status);
    }

    /**
     * Runs the program within a process, without a live display.
     *
     * @param out results
     * @param err warnings and errors
     * @param args the command line
     * @return the exit status
     */
    public static int run(PrintStream out, PrintStream err, String... args) {
        return Program.run(out, err, 0, args);
    }
}
