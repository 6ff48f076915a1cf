package dev.lowland.cli.command;

import dev.lowland.cli.problem.NearestNames;
import dev.lowland.cli.problem.OneLine;
import dev.lowland.cli.problem.ProblemException;
import dev.lowland.theory.ledger.Ledger;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
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
    /** What an argument of a type must be. */
    private static final Map<Class<?>, String> RULES = Map.of(
            int.class, "a whole number that fits 32 bits",
            long.class, "a whole number that fits 64 bits",
            double.class, "a number",
            Double.class, "a number",
            boolean.class, "given without a value",
            Path.class, "the name of a file or folder");

    private Program() {}

    /**
     * Runs the program within a process.
     *
     * @param out results
     * @param err progress, warnings and errors
     * @param columns width of a live display on {@code err}; 0 for none
     * @param args the command line
     * @return the exit status; {@value ExitStatus#INTERRUPTED} if the thread is interrupted, which ends the work within
     *     a tenth of a second and stays set
     */
    public static int run(PrintStream out, PrintStream err, int columns, String... args) {
        return run(Ledger.standard(), new Console(out, err, columns), args);
    }

    static int run(Ledger ledger, Console console, String... args) {
        CommandLine line = new CommandLine(new Program())
                .addSubcommand("verify", new VerifyCommand(console, ledger))
                .addSubcommand("inspect", new InspectCommand(console))
                .addSubcommand("predict", new PredictCommand(console))
                .addSubcommand("simulate", new SimulateCommand(console))
                .addSubcommand("train", new TrainCommand(console))
                .addSubcommand("experiment", new ExperimentCommand(console));
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        line.setUsageHelpWidth(100);
        line.setExpandAtFiles(false); // a file may be called @out.json
        line.registerConverter(Path.class, Program::path);
        line.setParameterExceptionHandler((e, given) -> badUsage(console, e));
        line.setExecutionExceptionHandler((e, command, parsed) -> failure(console, command, e));
        try {
            return line.execute(args);
        } catch (Error e) {
            return fault(console, e);
        }
    }

    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("an empty name");
        }
        return Path.of(text);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static int badUsage(Console console, ParameterException e) {
        CommandLine command = e.getCommandLine();
        return refuse(console, command, usage(command, e).getMessage());
    }

    private static Throwable usage(CommandLine command, ParameterException e) {
        List<String> commands = List.copyOf(command.getSubcommands().keySet());
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            if (first.startsWith("-")) {
                List<String> options =
                        List.copyOf(command.getCommandSpec().optionsMap().keySet());
                return new UsageException("option " + first, "unknown", NearestNames.rule(first, options));
            }
            return commands.isEmpty()
                    ? new UsageException("'" + first + "'", "an argument too many", "left out")
                    : new UsageException("COMMAND", "'" + first + "'", NearestNames.rule(first, commands));
        }
        if (!commands.isEmpty()) {
            return new UsageException("COMMAND", "missing", NearestNames.rule("", commands));
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            boolean value = String.valueOf(e.getMessage()).contains("arameter for option");
            return new UsageException(
                    name(missing.getMissing().get(0)),
                    value ? "without a value" : "missing",
                    value ? "given one" : "given");
        }
        if (e instanceof OverwrittenOptionException twice && twice.getOverwritten() != null) {
            return new UsageException(name(twice.getOverwritten()), "given twice", "given once");
        }
        if (e.getArgSpec() != null && e.getValue() != null) {
            String rule = RULES.getOrDefault(e.getArgSpec().type(), "something else");
            return new UsageException(name(e.getArgSpec()), "'" + e.getValue() + "'", rule);
        }
        return e;
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static int failure(Console console, CommandLine command, Exception e) {
        return e instanceof ProblemException || e instanceof UsageException
                ? refuse(console, command, e.getMessage())
                : fault(console, e);
    }

    private static int refuse(Console console, CommandLine command, @Nullable String text) {
        console.err().println(OneLine.of(command.getCommandSpec().qualifiedName() + ": " + text));
        return ExitStatus.BAD_INPUT;
    }

    private static int fault(Console console, Throwable e) {
        if (Thread.currentThread().isInterrupted()) {
            console.warn("interrupted");
            return ExitStatus.INTERRUPTED;
        }
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
}
