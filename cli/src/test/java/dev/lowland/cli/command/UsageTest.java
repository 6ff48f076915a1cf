package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.cli.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad usage: status 2, one line on standard error, nothing on standard output. */
class UsageTest {
    @TempDir
    Path folder;

    private void refuses(String message, String... args) {
        CommandRun run = CommandRun.of(args);
        assertEquals(message + System.lineSeparator(), run.err());
        assertEquals("", run.out());
        assertEquals(2, run.status());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            none                                | lowland: COMMAND is missing, must be one of verify, inspect, predict, simulate, train, experiment
            inspekt x.json                      | lowland: COMMAND is 'inspekt', must be one of verify, inspect, predict, simulate, train, experiment; did you mean 'inspect'?
            inspect                             | lowland inspect: PROBLEM.json is missing, must be given
            inspect no.json --jason x           | lowland inspect: option --jason is unknown, must be one of --hessian, --method, --probes, --standard-error, --max-probes, --theta-out, --json, --report, --seed, --threads, -h, --help, -V, --version; did you mean '--json'?
            inspect no.json                     | lowland inspect: no.json: the file is missing, must be a JSON file
            inspect no.json extra               | lowland inspect: 'extra' is an argument too many, must be left out
            inspect no.json --threads 0         | lowland inspect: --threads is 0, must be in [1, 1024]
            inspect no.json --threads two       | lowland inspect: --threads is 'two', must be a whole number that fits 32 bits
            inspect no.json --seed 1.5          | lowland inspect: --seed is '1.5', must be a whole number that fits 64 bits
            inspect no.json --json no/where     | lowland inspect: --json is 'no/where' (its folder does not exist), must be a file that can be written
            inspect no.json --json .            | lowland inspect: --json is '.' (a folder), must be a file that can be written
            predict no.json                     | lowland predict: --steps is missing, must be given
            predict no.json --steps -1          | lowland predict: --steps is -1, must be at least 0
            predict no.json --steps 1 --flow x  | lowland predict: --flow is 'x', must be one of automatic, plain, long
            predict no.json --steps 1 --tolerance 0 | lowland predict: --tolerance is 0.0, must be positive and finite
            inspect no.json --method guess      | lowland inspect: --method is 'guess', must be one of automatic, exact, stochastic
            inspect no.json --standard-error -1 | lowland inspect: --standard-error is -1.0, must be positive and finite
            inspect no.json --max-probes 1      | lowland inspect: --max-probes is 1, must be at least 2
            inspect no.json --probes 1          | lowland inspect: --probes is 1, must be at least 2, for a standard error
            simulate no.json --steps 1          | lowland simulate: --replicas is missing, must be given
            simulate no.json --steps 1 --replicas 1 | lowland simulate: --replicas is 1, must be at least 2, for a standard error
            verify wave                         | lowland verify: CLAIM is 'wave', must be one of
            """)
    void refusesBadUsage(String command, String message) {
        refuses(message, command == null ? new String[0] : command.split(" "));
    }

    @Test
    void refusesABadProblemInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.json"), "{\n\"model\": \n");
        for (String command : new String[] {"inspect", "predict --steps 1", "simulate --steps 1 --replicas 2"}) {
            String[] args = (command + " " + file).split(" ");
            CommandRun run = CommandRun.of(args);
            assertEquals(2, run.status());
            assertEquals("", run.out());
            assertEquals(1, run.err().lines().count());
            assertTrue(
                    run.err().startsWith("lowland " + args[0] + ": " + file + ": line 3, column 1 is no JSON ("),
                    run.err());
        }
    }

    @Test
    void refusesAReportWhereAFileIs() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        refuses(
                "lowland inspect: --report is '" + file + "' (" + file
                        + " is no folder), must be a folder that can be written to",
                "inspect",
                "no.json",
                "--report",
                file.toString());
        refuses(
                "lowland inspect: --report is '" + file + "/deeper' (" + file
                        + " is no folder), must be a folder that can be written to",
                "inspect",
                "no.json",
                "--report",
                file + "/deeper");
    }

    @Test
    void leavesNoFolderWhereTheProblemIsBad() {
        Path report = folder.resolve("report");
        assertEquals(
                2,
                CommandRun.of("inspect", "no.json", "--report", report.toString())
                        .status());
        assertFalse(Files.exists(report));
    }

    @Test
    void saysSoWhereStandardOutputIsLost() {
        Path problem = Problems.write(folder, "linear");
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space");
            }
        });
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream());
        assertEquals(2, Main.run(broken, silent, "inspect", problem.toString()));
        assertEquals(0, Main.run(silent, silent, "inspect", problem.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "verify ", "inspect ", "predict ", "simulate ", "train ", "experiment "})
    void helps(String command) {
        CommandRun run = CommandRun.of((command + "--help").split(" "));
        assertEquals(0, run.status());
        assertTrue(run.out().startsWith("Usage: lowland " + command.strip()), run.out());
        assertEquals("", run.err());
        if (!command.isEmpty()) {
            for (String option : new String[] {"--json", "--report", "--seed", "--threads"}) {
                assertTrue(run.out().contains(option), option);
            }
        }
    }

    @Test
    void tellsTheVersion() {
        CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.status());
        assertTrue(run.out().matches("(?s)Lowland \\d.*Java .*kernels .*"), run.out());
        assertFalse(run.out().contains("$"), run.out());
    }
}
