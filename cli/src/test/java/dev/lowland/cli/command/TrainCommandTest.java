package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lowland.cli.data.Npy;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.cli.train.Training;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.sgd.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training is the run that the library makes, and what is measured on the way is what the library measures. */
@Tag("slow")
class TrainCommandTest {
    static final String PROBLEM = """
            {"model": {"kind": "mlp", "layers": [16, 6, 3], "activation": "tanh"}, "loss": "cross-entropy",
             "data": {"synthetic": "images", "height": 4, "width": 4, "classes": 3, "perClass": 8},
             "test": {"synthetic": "images", "height": 4, "width": 4, "classes": 3, "perClass": 20},
             "init": {"kind": "xavier"},
             "sgd": {"learningRate": 0.2, "batchSize": 5, "batches": "without-replacement", "flipProbability": 0.2}}
            """;

    @TempDir
    Path folder;

    private Path problem(String json) throws IOException {
        return Files.writeString(folder.resolve("problem.json"), json);
    }

    private CommandRun train(String... options) {
        List<String> all =
                new ArrayList<>(List.of("train", folder.resolve("problem.json").toString()));
        all.addAll(Arrays.asList(options));
        return CommandRun.of(all.toArray(new String[0]));
    }

    private static List<JsonNode> lines(Path log) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            rows.add(JsonMapper.builder().build().readTree(line));
        }
        return rows;
    }

    @Test
    void rowsAreWhatTheLibraryMeasures() throws IOException {
        Path file = problem(PROBLEM);
        Path log = folder.resolve("log.jsonl");
        Path theta = folder.resolve("theta.npy");
        CommandRun run = train(
                "--epochs",
                "10",
                "--every",
                "15",
                "--log",
                log.toString(),
                "--theta-out",
                theta.toString(),
                "--json",
                "-");
        assertEquals(0, run.status(), run.err());
        List<JsonNode> rows = lines(log);
        assertEquals(
                List.of(0, 15, 30, 40),
                rows.stream().map(r -> r.get("step").intValue()).toList());
        Problem problem = ProblemReader.read(file);
        Run expected = problem.optimiser(1).run(problem.objective(), problem.theta(), 40);
        DMatrixRMaj end = expected.parameters();
        assertArrayEquals(end.data, Npy.read(theta).values());
        JsonNode last = rows.get(3);
        assertEquals(10, last.get("epoch").doubleValue());
        assertEquals(0.2, last.get("learningRate").doubleValue());
        assertEquals(problem.objective().loss(end), last.get("loss").doubleValue());
        assertEquals(
                problem.heldOutObjective().orElseThrow().loss(end),
                last.get("testLoss").doubleValue());
        DMatrixRMaj hessian = new DMatrixRMaj(end.numRows, end.numRows);
        problem.objective().hessian(end, hessian);
        double trace = 0;
        for (int i = 0; i < end.numRows; i++) {
            trace += hessian.get(i, i);
        }
        double error = last.get("hessianTraceStandardError").doubleValue();
        assertEquals(trace, last.get("hessianTrace").doubleValue(), 5 * error);
        assertEquals(
                Curvature.of(problem.objective()).top(end, 1).values()[0],
                last.get("hessianTopEigenvalue").doubleValue(),
                1e-3);
        assertEquals(
                Regularizer.of(problem.objective(), 0.2, 0).at(end).value(),
                last.get("regularizer").doubleValue(),
                1e-12);
        assertTrue(rows.get(1).get("regularizer").isNull());
        assertTrue(last.get("imagesPerSecond").doubleValue() > 0);
        double accuracy = last.get("testAccuracy").doubleValue() * 60;
        assertEquals(Math.rint(accuracy), accuracy, 1e-9);
        JsonNode json = run.json();
        assertEquals("FINISHED", json.get("status").textValue());
        assertEquals(Training.checksum(end), json.get("thetaSha256").textValue());
        last.properties().forEach(e -> assertEquals(e.getValue(), json.get(e.getKey()), e.getKey()));
    }

    /** (α/σ²)·B·E‖g_noisy − g_clean‖² beside the trace itself, at zero loss where the two are one. */
    @Test
    void bothTracesAgreeWhereEverySampleIsFitted() throws IOException {
        problem("""
                {"model": {"kind": "quadratic"}, "loss": "square",
                 "data": {"inputs": [[1, 0.5], [0.2, -1]], "targets": [1.25, 0.2]},
                 "theta": [1, 0.5, 0, 0.5], "sgd": {"learningRate": 1e-9, "batchSize": 2, "labelNoise": 0.1}}
                """);
        JsonNode row =
                train("--steps", "1", "--trace-batches", "4000", "--json", "-").json();
        double trace = row.get("hessianTrace").doubleValue();
        double noise = row.get("hessianTraceNoise").doubleValue();
        assertEquals(
                trace,
                noise,
                5 * row.get("hessianTraceNoiseStandardError").doubleValue()
                        + 5 * row.get("hessianTraceStandardError").doubleValue());
        assertTrue(noise > 1, "" + noise);
    }

    @Test
    void threadsDoNotMatterAndTheSeedDoes() throws IOException {
        problem(PROBLEM);
        String[] digests = new String[3];
        String[][] options = {{"--threads", "1"}, {"--threads", "2"}, {"--seed", "2"}};
        for (int i = 0; i < 3; i++) {
            CommandRun run = train(options[i][0], options[i][1], "--steps", "30", "--json", "-");
            digests[i] = run.json().get("thetaSha256").textValue();
        }
        assertEquals(digests[0], digests[1]);
        assertFalse(digests[0].equals(digests[2]));
    }

    @Test
    void aFullBatchStartIsTrainedToItsLossWithoutNoise() throws IOException {
        problem(PROBLEM);
        Path log = folder.resolve("log.jsonl");
        CommandRun run = train(
                "--start",
                "full-batch",
                "--start-loss",
                "0.05",
                "--start-rate",
                "0.5",
                "--steps",
                "1",
                "--log",
                log.toString(),
                "--regularizer",
                "never");
        assertEquals(0, run.status(), run.err());
        JsonNode first = lines(log).get(0);
        assertEquals(0, first.get("step").intValue());
        assertEquals(1, first.get("trainAccuracy").doubleValue());
    }

    @Test
    void anAdversarialStartPredictsWorse() throws IOException {
        problem(PROBLEM);
        Path log = folder.resolve("log.jsonl");
        double[] accuracy = new double[2];
        String[] starts = {"full-batch", "adversarial"};
        for (int i = 0; i < 2; i++) {
            CommandRun run = train(
                    "--start",
                    starts[i],
                    "--start-loss",
                    "0.05",
                    "--start-rate",
                    "0.1",
                    "--start-copies",
                    "1",
                    "--start-steps",
                    "20000",
                    "--steps",
                    "1",
                    "--log",
                    log.toString(),
                    "--regularizer",
                    "never");
            assertEquals(0, run.status(), run.err());
            JsonNode first = lines(log).get(0);
            assertEquals(1, first.get("trainAccuracy").doubleValue());
            accuracy[i] = first.get("testAccuracy").doubleValue();
        }
        assertTrue(accuracy[1] < accuracy[0], accuracy[1] + " is not below " + accuracy[0]);
    }

    @Test
    void aRunThatDivergesSaysWhere() throws IOException {
        problem(PROBLEM.replace("\"learningRate\": 0.2", "\"learningRate\": 1e80")
                .replace("\"cross-entropy\"", "\"square\"")
                .replace("\"flipProbability\": 0.2", "\"labelNoise\": 0.2")
                .replace("[16, 6, 3]", "[16, 6, 1]"));
        CommandRun run = train("--steps", "200", "--json", "-");
        assertEquals(1, run.status(), run.err());
        assertEquals("DIVERGED", run.json().get("status").textValue());
        assertTrue(run.json().get("divergedAtStep").longValue() <= 10);
        assertTrue(run.err().contains("the run diverged at step "), run.err());
    }

    @Test
    void thePageIsCompleteAtTheEnd() throws IOException {
        problem(PROBLEM);
        Path report = folder.resolve("report");
        assertEquals(0, train("--steps", "30", "--report", report.toString()).status());
        String page = Files.readString(report.resolve("index.html"));
        assertFalse(page.contains("http-equiv"), "it is loaded again");
        assertTrue(page.contains("--curvature-every 1 --regularizer ends --trace-products 12"), "it can be run again");
        for (String figure : List.of("loss", "accuracy", "trace", "top", "rate")) {
            assertTrue(Files.exists(report.resolve("figures/study/" + figure + ".svg")), figure);
        }
    }

    @Test
    void refusesBadUsage() throws IOException {
        problem(PROBLEM);
        assertRefused("--steps is missing, must be given, or --epochs, or steps or epochs in the problem file");
        assertRefused("--epochs is beside --steps, must be alone", "--steps", "3", "--epochs", "1");
        long most = Long.MAX_VALUE / 4;
        assertRefused("--epochs is " + (most + 1) + ", must be at most " + most, "--epochs", "" + (most + 1));
        assertRefused("--steps is 0, must be at least 1", "--steps", "0");
        assertRefused(
                "--start is 'bad', must be one of given, full-batch, adversarial", "--steps", "1", "--start", "bad");
        assertRefused("--resume is without --checkpoint, must be given with it", "--steps", "1", "--resume");
        assertRefused(
                "--regularizer is 'no', must be one of never, ends, always", "--steps", "1", "--regularizer", "no");
        assertRefused("--trace-products is 5, must be at least 6", "--steps", "1", "--trace-products", "5");
        assertRefused(
                "--log is '" + folder + "' (a folder), must be a file that can be written",
                "--steps",
                "1",
                "--log",
                folder.toString());
        Path there = Files.writeString(folder.resolve("there"), "x");
        assertRefused(
                "--checkpoint is '" + there + "' (it is there already), must be taken up by --resume, or another file",
                "--steps",
                "1",
                "--checkpoint",
                there.toString());
    }

    private void assertRefused(String message, String... options) {
        CommandRun run = train(options);
        assertEquals("lowland train: " + message + System.lineSeparator(), run.err());
        assertEquals(2, run.status());
        assertEquals("", run.out());
    }
}
