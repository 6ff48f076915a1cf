package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.stationarity.Stationarity;
import dev.lowland.optim.stationarity.StationarityResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code inspect} and {@code predict} say beyond R, and how they say it was got: at a point of zero loss, and
 * where it cannot be had.
 */
@Tag("slow")
class MethodsTest {
    private static final Path STEEP = Path.of("..", "theory-checks", "examples", "steep.json");
    /** Settings, statuses and counts. */
    private static final Set<String> PLAIN =
            Set.of("method", "methods", "reasons", "steps", "status", "stepsTaken", "flow", "longSteps", "plainSteps");

    @TempDir
    Path folder;

    private Path steep(String field, Object value) throws IOException {
        ObjectNode problem = (ObjectNode) JsonMapper.builder().build().readTree(Files.readString(STEEP));
        ((ObjectNode) problem.get("sgd")).putPOJO(field, value);
        return Problems.write(folder, "steep-" + field, problem);
    }

    private static JsonNode run(String... args) throws IOException {
        CommandRun run = CommandRun.of(args);
        assertEquals(0, run.status(), run.err());
        assertFalse(run.out().contains("NaN"));
        JsonNode found = run.json();
        for (var field : found.properties()) {
            String name = field.getKey();
            if (PLAIN.contains(name) || name.endsWith("Status")) {
                assertFalse(field.getValue().isNull(), name);
                continue;
            }
            boolean there = !field.getValue().isNull();
            assertEquals(there, found.get("methods").has(name), name + " says how");
            assertEquals(!there, found.get("reasons").has(name), name + " says why not");
            String words = found.get(there ? "methods" : "reasons").get(name).textValue();
            assertFalse(words.isBlank(), name);
        }
        for (String object : List.of("methods", "reasons")) {
            found.get(object).fieldNames().forEachRemaining(name -> assertTrue(found.has(name), name));
        }
        return found;
    }

    private static JsonNode inspect(Path file, String... more) throws IOException {
        return run(join(List.of("inspect", file.toString(), "--json", "-"), more));
    }

    private static JsonNode predict(Path file, long steps, String... more) throws IOException {
        return run(join(List.of("predict", file.toString(), "--json", "-", "--steps", String.valueOf(steps)), more));
    }

    private static String[] join(List<String> first, String... more) {
        String[] all = Arrays.copyOf(first.toArray(new String[0]), first.size() + more.length);
        System.arraycopy(more, 0, all, first.size(), more.length);
        return all;
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    /** S with the noise of drawing batches of one, in the words of the library and not in those of the paper. */
    @Test
    void inspectsTheFluctuationsOfTheProblemsOwnBatches() throws IOException {
        Path file = steep("batchSize", 1);
        ObjectNode slower = (ObjectNode) JsonMapper.builder().build().readTree(Files.readString(file));
        ((ObjectNode) slower.get("sgd")).put("learningRate", 0.05);
        file = Problems.write(folder, "one", slower);
        JsonNode found = inspect(file);
        Problem problem = ProblemReader.read(file);
        int size = problem.theta().numRows;
        DMatrixRMaj expected = new DMatrixRMaj(size, size);
        Fluctuations fluctuations = Fluctuations.of(problem.objective(), problem.optimiser(1));
        fluctuations.at(problem.theta()).covariance(expected);
        assertEquals("STABLE", found.get("fluctuationStatus").textValue());
        assertEquals(3, found.get("fluctuationRank").intValue());
        double trace = 0;
        for (int i = 0; i < size; i++) {
            assertArrayEquals(
                    Arrays.copyOfRange(expected.data, i * size, (i + 1) * size),
                    numbers(found.get("fluctuationCovariance").get(i)));
            double deviation = found.get("fluctuationStandardDeviations").get(i).doubleValue();
            assertEquals(expected.get(i, i), deviation * deviation, 1e-12 * expected.get(i, i) + 1e-20);
            trace += expected.get(i, i);
        }
        assertEquals(trace, found.get("fluctuationTrace").doubleValue(), 1e-12 * trace);
        double top = SymmetricEigen.of(expected).values()[size - 1];
        assertEquals(top, found.get("fluctuationTopEigenvalue").doubleValue(), 1e-12 * top);
        DMatrixRMaj paper = new DMatrixRMaj(size, size);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.05)
                .withBatchSize(1)
                .withLabelNoise(problem.optimiser(1).noise().deviation());
        Fluctuations.inPaper(problem.objective(), sgd).at(problem.theta()).covariance(paper);
        double paperTrace = 0;
        for (int i = 0; i < size; i++) {
            paperTrace += paper.get(i, i);
        }
        assertTrue(trace > 1.02 * paperTrace, trace + " is more than " + paperTrace);
        assertTrue(found.get("driftDifferenceShare").doubleValue() > 0.02);
        assertEquals(
                "Lyapunov equation, sampling included",
                found.get("methods").get("drift").textValue());
        DMatrixRMaj drift = new DMatrixRMaj(size, 1);
        fluctuations.drift().evaluator().field(problem.theta(), drift);
        for (int i = 0; i < size; i++) {
            assertEquals(drift.data[i], found.get("drift").get(i).doubleValue(), 1e-12 * Math.abs(drift.data[i]));
        }
    }

    /** Over the full batch the drift is ∇R along the valley, and both are there whichever way R goes. */
    @ParameterizedTest
    @CsvSource({"exact, exact", "stochastic, 'stochastic, 64 probes'"})
    void tellsHowTheDriftDiffersFromTheRegularizer(String method, String words) throws IOException {
        JsonNode found = inspect(STEEP, "--method", method, "--probes", "64");
        assertEquals(words, found.get("methods").get("regularizer").textValue());
        assertEquals(
                "Lyapunov equation, full batch, less ∇R " + words,
                found.get("methods").get("driftDifference").textValue());
        double share = found.get("driftDifferenceShare").doubleValue();
        assertTrue(method.equals("exact") ? share < 1e-12 : share < 0.5, "share " + share);
        assertEquals(method.equals("stochastic"), found.has("nearbyEpsilonNoise"));
        String table = CommandRun.of("inspect", STEEP.toString(), "--method", method, "--probes", "64")
                .out();
        assertTrue(table.contains("Newton across the valley, ∇R " + words), table);
    }

    @Test
    void addsProbesUntilAStandardError() throws IOException {
        Path file = Problems.write(folder, "mlp-tanh");
        JsonNode found = inspect(file, "--method", "stochastic", "--standard-error", "0.01");
        assertEquals("REACHED", found.get("precisionStatus").textValue());
        double error = found.get("regularizerStandardError").doubleValue();
        assertTrue(error <= 0.01 * Math.abs(found.get("regularizer").doubleValue()), "error " + error);
        JsonNode few = inspect(file, "--method", "stochastic", "--standard-error", "1e-12", "--max-probes", "20");
        assertEquals("NOT_REACHED", few.get("precisionStatus").textValue());
        assertEquals(
                "stochastic, 20 probes", few.get("methods").get("regularizer").textValue());
    }

    @Test
    void findsTheStationaryPointNearBy() throws IOException {
        JsonNode found = inspect(STEEP);
        Problem problem = ProblemReader.read(STEEP);
        StationarityResult near =
                Stationarity.of(problem.objective(), problem.optimiser(1)).near(problem.theta());
        assertEquals("FOUND", found.get("nearbyStatus").textValue());
        assertEquals(near.epsilon(), found.get("nearbyEpsilon").doubleValue());
        assertEquals(near.distance(), found.get("nearbyGamma").doubleValue());
        assertArrayEquals(near.parameters().data, numbers(found.get("nearbyPoint")));
        assertTrue(near.distance() > 0, "the floor is not at zero loss");
    }

    @Test
    void saysWhyThereAreNoFluctuations() throws IOException {
        JsonNode far = inspect(Problems.write(folder, "mlp-momentum"));
        assertEquals("NOT_AT_ZERO_LOSS", far.get("fluctuationStatus").textValue());
        assertTrue(far.get("fluctuationTrace").isNull());
        assertTrue(far.get("reasons").get("drift").textValue().contains("valley floor"));
        JsonNode still = inspect(steep("labelNoise", 0));
        assertEquals("NO_NOISE", still.get("fluctuationStatus").textValue());
        assertEquals("NO_NOISE", still.get("nearbyStatus").textValue());
        assertEquals("λ is 0", still.get("reasons").get("stationarity").textValue());
        JsonNode unstable = inspect(steep("learningRate", 0.5));
        assertEquals("UNSTABLE", unstable.get("fluctuationStatus").textValue());
        assertEquals("UNDEFINED", unstable.get("nearbyStatus").textValue());
        assertEquals("UNDEFINED", unstable.get("regularizerStatus").textValue());
        assertTrue(unstable.get("reasons").get("regularizer").textValue().startsWith("R is undefined"));
        inspect(steep("learningRate", 0.5), "--method", "stochastic");
        CommandRun table = CommandRun.of("inspect", steep("learningRate", 0.5).toString());
        assertTrue(table.out().contains("UNSTABLE"), table.out());
    }

    @Test
    void predictsAlongEveryDrift() throws IOException {
        Path file = steep("batchSize", 2);
        ObjectNode slower = (ObjectNode) JsonMapper.builder().build().readTree(Files.readString(file));
        ((ObjectNode) slower.get("sgd")).put("learningRate", 0.1);
        file = Problems.write(folder, "two", slower);
        JsonNode found = predict(file, 300);
        Problem problem = ProblemReader.read(file);
        SlowFlow flow = SlowFlow.of(problem.objective(), problem.optimiser(1));
        DMatrixRMaj own = flow.withDrift(Fluctuations.of(problem.objective(), problem.optimiser(1))
                        .drift())
                .run(problem.theta(), 300)
                .parameters();
        DMatrixRMaj quarter = flow.withDrift(QuarterTrace.of(problem.objective()))
                .run(problem.theta(), 300)
                .parameters();
        assertArrayEquals(own.data, numbers(found.get("predictedOwnDrift")));
        assertArrayEquals(quarter.data, numbers(found.get("predictedQuarterTrace")));
        double moved = found.get("displacement").doubleValue();
        assertTrue(found.get("differenceOwnDrift").doubleValue() > 0.02 * moved);
        assertTrue(found.get("differenceQuarterTrace").doubleValue() > 0.02 * moved);
        assertEquals("plain", found.get("flow").textValue());
        assertEquals(0.0, found.get("errorEstimate").doubleValue());
        assertEquals(300, found.get("plainSteps").intValue());
        assertEquals("plain steps, ∇R exact", found.get("methods").get("theta").textValue());
    }

    @Test
    void predictsInLongStepsWithTheirError() throws IOException {
        long steps = 12_000;
        double tolerance = 1e-5;
        JsonNode found = predict(STEEP, steps, "--flow", "long", "--tolerance", "1e-5");
        assertEquals("long", found.get("flow").textValue());
        assertEquals("long steps, ∇R exact", found.get("methods").get("theta").textValue());
        assertTrue(found.get("longSteps").intValue() > 0);
        assertTrue(found.get("plainSteps").intValue() < steps);
        Problem problem = ProblemReader.read(STEEP);
        SlowFlowResult plain =
                SlowFlow.of(problem.objective(), problem.optimiser(1)).run(problem.theta(), steps);
        double error = 0;
        for (int i = 0; i < problem.theta().numRows; i++) {
            error += Math.pow(
                    plain.parameters().data[i] - found.get("theta").get(i).doubleValue(), 2);
        }
        assertTrue(Math.sqrt(error) <= 2 * found.get("errorEstimate").doubleValue(), "the error is stated");
        assertTrue(Math.sqrt(error) <= tolerance, "and within the tolerance");
        assertTrue(found.get("errorEstimateOwnDrift").doubleValue() > 0);
        assertEquals("long", predict(STEEP, 20_001).get("flow").textValue());
        String table = CommandRun.of("predict", STEEP.toString(), "--steps", "12000", "--flow", "long")
                .out();
        assertTrue(table.contains(" ± ") && table.contains("long steps, ∇R exact"), table);
    }

    @Test
    void saysWhyAFlowHasNoEnd() throws IOException {
        JsonNode found = predict(steep("learningRate", 0.5), 10);
        assertEquals("UNDEFINED", found.get("status").textValue());
        assertEquals("UNDEFINED", found.get("predictedOwnDriftStatus").textValue());
        assertTrue(found.get("reasons").get("theta").textValue().startsWith("R is undefined"));
    }

    @Test
    void predictsWithAnEstimatedRegularizer() throws IOException {
        JsonNode found = predict(STEEP, 20, "--method", "stochastic", "--probes", "64");
        assertEquals(
                "plain steps, ∇R stochastic, 64 probes",
                found.get("methods").get("theta").textValue());
        assertEquals(
                "plain steps, ∇tr H stochastic, 64 probes",
                found.get("methods").get("predictedQuarterTrace").textValue());
        assertEquals(
                "plain steps, S from the Lyapunov equation",
                found.get("methods").get("predictedOwnDrift").textValue());
    }

    @Test
    void writesThemIntoTheReport() throws IOException {
        Path report = folder.resolve("report");
        CommandRun.of("inspect", STEEP.toString(), "--report", report.toString());
        String page = Files.readString(report.resolve("index.html"));
        assertTrue(page.contains("Lyapunov equation, full batch"), "method");
        assertTrue(page.contains("Newton across the valley"), "nearby point");
        CommandRun.of("predict", STEEP.toString(), "--steps", "30", "--report", report.toString());
        page = Files.readString(report.resolve("index.html"));
        assertTrue(page.contains("along the drift of S") && page.contains("plain steps, ∇R exact"), "flows");
    }

    /**
     * A unit that is saturated by a huge input, at a point that fits to the last digits: ∇²L is half made of rounding.
     */
    @Test
    void saysHowExactIsWhatIsMadeOfRounding() throws IOException {
        Path file = folder.resolve("nanosecond.json");
        Files.writeString(file, """
                {"model": {"kind": "mlp", "layers": [1, 1, 1], "activation": "tanh"}, "loss": "square",
                 "data": {"inputs": [[1.7e18]], "targets": [1.0]}, "theta": [1e-17, 0.0, 1.0, 0.0],
                 "sgd": {"learningRate": 1e-9, "momentum": 0.0, "batchSize": "full", "labelNoise": 0.1}}
                """);
        JsonNode found = inspect(file);
        double share = found.get("hessianTopEigenvalueRounding").doubleValue();
        double top = found.get("hessianTopEigenvalue").doubleValue();
        assertTrue(Math.abs(top / 271_658_346.69101164 - 1) <= share && share < 0.05, "" + share);
        for (String name : List.of("hessianTopEigenvalue", "regularizer", "hessianTrace", "margin", "hessian")) {
            assertEquals("exact to about 1.7 %", found.get("methods").get(name).textValue(), name);
        }
        assertEquals(
                "exact but for the rounding of predictions",
                found.get("methods").get("gradient").textValue());
        String page = CommandRun.of("inspect", file.toString()).out();
        assertTrue(page.contains("the residuals f − y are at the level of rounding"), page);
    }

    /** Residuals of 0.1 are no rounding, however strongly the prediction is bent, and zeros are honest ones. */
    @Test
    void saysNothingOfRoundingWhereItDoesNotMatter() throws IOException {
        Path seconds = folder.resolve("seconds.json");
        Files.writeString(seconds, """
                {"model": {"kind": "mlp", "layers": [1, 1, 1], "activation": "tanh"}, "loss": "square",
                 "data": {"inputs": [[1700000000.0], [1700000360.0]], "targets": [0.9, 1.1]},
                 "theta": [6e-9, 0.0, 1.0, 0.0],
                 "sgd": {"learningRate": 0.01, "momentum": 0.0, "batchSize": "full", "labelNoise": 0.1}}
                """);
        for (Path file : List.of(seconds, STEEP)) {
            JsonNode found = inspect(file);
            assertTrue(found.get("hessianTopEigenvalueRounding").doubleValue() < 1e-9);
            assertEquals(
                    "exact", found.get("methods").get("hessianTopEigenvalue").textValue());
            assertEquals("exact", found.get("methods").get("regularizer").textValue());
            String page = CommandRun.of("inspect", file.toString()).out();
            assertFalse(page.contains("level of rounding"), page);
        }
    }

    /** At zero loss and without noise nothing moves. */
    @Test
    void saysWhereAFlowCameToRest() throws IOException {
        Path still = steep("labelNoise", 0.0);
        JsonNode found = run("predict", still.toString(), "--steps", "1000000", "--json", "-");
        assertTrue(found.get("restStep").isIntegralNumber(), found::toString);
        assertTrue(found.get("restStep").longValue() < 1_000_000);
        assertTrue(found.get("restStepQuarterTrace").isIntegralNumber());
        assertTrue(CommandRun.of("predict", still.toString(), "--steps", "1000000")
                .out()
                .contains("at rest after step"));
        JsonNode moving = run("predict", STEEP.toString(), "--steps", "100", "--json", "-");
        assertTrue(moving.get("restStep").isNull());
    }
}
