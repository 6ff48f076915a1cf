package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that lay the theory beside a problem refuse optimisers that it says nothing of, and take all others. */
@Tag("slow")
class TheoryRefusalsTest {
    private static final String[] COMMANDS = {"inspect", "predict --steps 3", "simulate --steps 3 --replicas 4"};

    @TempDir
    Path folder;

    private Path problem(String loss, String targets, String sgd) throws IOException {
        return Files.writeString(
                folder.resolve("problem.json"), """
                {"model": {"kind": "mlp", "layers": [2, 2, OUT], "activation": "tanh"}, "loss": "LOSS",
                 "data": {"inputs": [[0.1, 0.2], [0.3, 0.4], [0.5, 0.7]], "targets": TARGETS},
                 "init": {"kind": "xavier"}, "sgd": {SGD}}
                """.replace("OUT", loss.contains("entropy") ? "2" : "1")
                        .replace("LOSS", loss)
                        .replace("TARGETS", targets)
                        .replace("SGD", sgd));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            square | "rule": "adam", "labelNoise": 0.1, "learningRate": 0.1 | rule is adam, must be plain or heavy-ball, which it has a theory for
            square | "rule": "sam", "labelNoise": 0.1, "learningRate": 0.1 | rule is sam, must be plain or heavy-ball, which it has a theory for
            square | "labelNoise": 0.1, "learningRate": {"kind": "constant", "peak": 0.1, "warmUp": 5} | must be constant, which it has a theory for
            square | "learningRate": 0.1, "noise": "anti-correlated", "parameterNoise": 0.1 | sgd.noise is noise on the parameters, must be noise in the labels, which R belongs to
            plain-cross-entropy | "learningRate": 0.1 | none, as no label flips, must be asked for only where labels flip with p > 0
            """)
    void refusesWhatHasNoTheory(String loss, String sgd, String message) throws IOException {
        String targets = loss.contains("entropy") ? "[0, 1, 0]" : "[0.5, -0.5, 0.1]";
        Path file = problem(loss, targets, sgd + ", \"batchSize\": 1");
        for (String command : COMMANDS) {
            CommandRun run = CommandRun.of((command + " " + file).split(" "));
            assertEquals(2, run.status(), run.err());
            assertEquals("", run.out());
            assertEquals(1, run.err().lines().count(), run.err());
            assertEquals(message, run.err().strip().substring(run.err().strip().length() - message.length()));
        }
    }

    /** R does not ask how batches are drawn; S does, and says that it is not there. */
    @Test
    void batchesOfEpochsHaveNoFluctuations() throws IOException {
        String sgd = "\"learningRate\": 0.1, \"batchSize\": 2, \"labelNoise\": 0.1";
        Path file = problem("square", "[0.5, -0.5, 0.1]", sgd);
        JsonNode drawn =
                CommandRun.of("inspect", file.toString(), "--json", "-").json();
        problem("square", "[0.5, -0.5, 0.1]", sgd + ", \"batches\": \"without-replacement\"");
        JsonNode epochs =
                CommandRun.of("inspect", file.toString(), "--json", "-").json();
        assertEquals(drawn.get("regularizer"), epochs.get("regularizer"));
        assertEquals(drawn.get("lambda"), epochs.get("lambda"));
        assertEquals("NO_THEORY", epochs.get("fluctuationStatus").textValue());
        JsonNode predicted = CommandRun.of("predict", file.toString(), "--steps", "3", "--json", "-")
                .json();
        assertEquals("NO_THEORY", predicted.get("predictedOwnDriftStatus").textValue());
        assertEquals(
                0,
                CommandRun.of("simulate", file.toString(), "--steps", "3", "--replicas", "4")
                        .status());
    }
}
