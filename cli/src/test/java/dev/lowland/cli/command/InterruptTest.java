package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.cli.report.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt of the thread ends a command: status 130, one line, and nothing is written. */
class InterruptTest {
    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        assertFalse(Thread.interrupted(), "the test left the interrupt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify good", "inspect F", "predict F --steps 5", "simulate F --steps 5 --replicas 64"})
    void endsTheCommand(String command) {
        Path problem = Problems.write(folder, "mlp-tanh");
        Path json = folder.resolve("out.json");
        Path report = folder.resolve("report");
        List<String> args =
                new ArrayList<>(List.of(command.replace("F", problem.toString()).split(" ")));
        args.addAll(List.of("--json", json.toString(), "--report", report.toString()));
        Thread.currentThread().interrupt();
        CommandRun run = CommandRun.of(Samples.ledger(), args.toArray(String[]::new));
        assertTrue(Thread.interrupted(), "the interrupt is left set");
        assertEquals("lowland: interrupted" + System.lineSeparator(), run.err());
        assertEquals("", run.out());
        assertEquals(130, run.status());
        assertFalse(Files.exists(json));
        assertFalse(Files.exists(report));
    }
}
