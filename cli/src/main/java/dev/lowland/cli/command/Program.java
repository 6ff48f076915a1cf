package dev.lowland.cli.command;

import dev.lowland.cli.problem.NearestNames;
import dev.lowland.cli.problem.ProblemException;
import dev.lowland.theory.ledger.Ledger;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code lowland}. */
@Command(
        name = "lowland",
        description =
                "Label-noise SGD and the flat minimisers that it prefers: what the theory says, and whether it is so.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "lowland COMMAND --help says more. Exit status: 0 all is well; 1 a claim does not hold or a run",
            "diverged; 2 bad input or bad usage; 3 a fault of the program."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Program {
    private Program() {}

    /**
     * Runs the program within a process.
     *
     * @param out results
     * @param err progress, warnings and errors
     * @param columns width of a live display on {@code err}; 0 for none
     * @param args the command line
     * @return the exit status
     */
    public static int run(PrintStream out, PrintStream err, int columns, String... args) {
        return run(Ledger.standard(), new Console(out, err, columns), args);
    }

    static int run(Ledger ledger, Console console, String... args) {
        CommandLine line = new CommandLine(new Program())
                .addSubcommand("verify", new VerifyCommand(console, ledger))
                .addSubcommand("inspect", new InspectCommand(console))
                .addSubcommand("predict", new PredictCommand(console))
                .addSubcommand("simulate", new SimulateCommand(console));
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler((e, given) -> badUsage(console, e));
        line.setExecutionExceptionHandler((e, command, parsed) -> failure(console, command, e));
        try {
            return line.execute(args);
        } catch (Error e) {
            return fault(console, e);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static int badUsage(Console console, ParameterException e) {
        CommandLine command = e.getCommandLine();
        String text = e.getMessage();
        List<String> commands = List.copyOf(command.getSubcommands().keySet());
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            if (first.startsWith("-")) {
                List<String> options =
                        command.getCommandSpec().optionsMap().keySet().stream().toList();
                text = "unknown option " + first + "; " + NearestNames.advice(first, options);
            } else if (!commands.isEmpty()) {
                text = "unknown command " + first + "; " + NearestNames.advice(first, commands);
            }
        } else if (!commands.isEmpty()) {
            text = "which command? legal: " + String.join(", ", commands);
        }
        console.err().println(oneLine(command.getCommandSpec().qualifiedName() + ": " + text));
        return ExitStatus.BAD_INPUT;
    }

    private static int failure(Console console, CommandLine command, Exception e) {
        if (e instanceof ProblemException || e instanceof UsageException) {
            console.err().println(oneLine(command.getCommandSpec().qualifiedName() + ": " + e.getMessage()));
            return ExitStatus.BAD_INPUT;
        }
        return fault(console, e);
    }

    private static int fault(Console console, Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                console.warn("not enough memory; LOWLAND_JAVA_OPTIONS=-Xmx8g in the environment allows 8 GB");
                return ExitStatus.BAD_INPUT;
            }
        }
        console.warn("a fault of the program itself:");
        e.printStackTrace(console.err());
        return ExitStatus.FAULT;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
