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
            none                                | lowland: which command? legal: verify, inspect, predict, simulate
            inspekt x.json                      | lowland: unknown command inspekt; did you mean 'inspect'? legal: verify, inspect, predict, simulate
            inspect                             | lowland inspect: Missing required parameter: 'PROBLEM.json'
            inspect no.json --jason x           | lowland inspect: unknown option --jason; did you mean '--json'? legal: --hessian, --method, --probes, --standard-error, --max-probes, --json, --report, --seed, --threads, -h, --help, -V, --version
            inspect no.json                     | lowland inspect: no.json: the file: does not exist
            inspect no.json extra               | lowland inspect: Unmatched argument at index 2: 'extra'
            inspect no.json --threads 0         | lowland inspect: --threads is 0, must be at least 1
            inspect no.json --threads two       | lowland inspect: Invalid value for option '--threads': 'two' is not an int
            inspect no.json --seed 1.5          | lowland inspect: Invalid value for option '--seed': '1.5' is not a long
            inspect no.json --json no/where     | lowland inspect: --json no/where: its folder does not exist
            inspect no.json --json .            | lowland inspect: --json . is a folder, must be a file
            predict no.json                     | lowland predict: Missing required option: '--steps=T'
            predict no.json --steps -1          | lowland predict: --steps is -1, must be at least 0
            predict no.json --steps 1 --flow x  | lowland predict: --flow is x; legal: automatic, plain, long
            predict no.json --steps 1 --tolerance 0 | lowland predict: --tolerance is 0.0, must be positive
            inspect no.json --method guess      | lowland inspect: --method is guess; legal: automatic, exact, stochastic
            inspect no.json --standard-error -1 | lowland inspect: --standard-error is -1.0, must be positive
            inspect no.json --max-probes 1      | lowland inspect: --max-probes is 1, must be at least 2
            inspect no.json --probes 1          | lowland inspect: --probes is 1, must be at least 2, for a standard error
            simulate no.json --steps 1          | lowland simulate: Missing required option: '--replicas=N'
            simulate no.json --steps 1 --replicas 1 | lowland simulate: --replicas is 1, must be at least 2, for a standard error
            verify wave                         | lowland verify: unknown claim 'wave'; legal:
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
                    run.err().startsWith("lowland " + args[0] + ": " + file + ": line 3, column 1: not valid JSON"),
                    run.err());
        }
    }

    @Test
    void refusesAReportWhereAFileIs() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        refuses(
                "lowland inspect: --report " + file + ": " + file + " is not a folder that can be written to",
                "inspect",
                "no.json",
                "--report",
                file.toString());
        refuses(
                "lowland inspect: --report " + file + "/deeper: " + file + " is not a folder that can be written to",
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
    @ValueSource(strings = {"", "verify ", "inspect ", "predict ", "simulate "})
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
