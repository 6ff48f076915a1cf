package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.problem.ProblemReader;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerSettings;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** {@code lowland inspect} against 50-digit arithmetic, and where R is undefined. */
@Tag("slow")
class InspectCommandTest {
    private static final List<String> GOLDEN = Problems.GOLDEN;

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("GOLDEN")
    void agreesWithFiftyDigits(String name) throws IOException {
        CommandRun run = CommandRun.of("inspect", Problems.write(folder, name).toString(), "--json", "-");
        assertEquals("", run.err());
        assertEquals(0, run.status());
        JsonNode found = run.json();
        JsonNode expected = Problems.golden(name).get("expected");
        assertEquals(11, expected.size());
        for (var field : expected.properties()) {
            double[] want = flat(field.getValue());
            double[] got = flat(found.get(field.getKey()));
            assertEquals(want.length, got.length, field.getKey());
            double error = 0;
            double scale = 0;
            for (int i = 0; i < want.length; i++) {
                error += (got[i] - want[i]) * (got[i] - want[i]);
                scale += want[i] * want[i];
            }
            scale = Math.sqrt(scale) > 1e-12 ? Math.sqrt(scale) : 1;
            assertTrue(Math.sqrt(error) <= 1e-9 * scale, field.getKey() + " is off by " + Math.sqrt(error) / scale);
        }
        assertEquals("DEFINED", found.get("regularizerStatus").textValue());
        assertEquals("exact", found.get("method").textValue());
    }

    private static double[] flat(JsonNode node) {
        List<Double> numbers = new ArrayList<>();
        flatten(node, numbers);
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void flatten(JsonNode node, List<Double> into) {
        if (node.isArray()) {
            node.forEach(entry -> flatten(entry, into));
        } else {
            assertTrue(node.isNumber(), "not a number: " + node);
            into.add(node.doubleValue());
        }
    }

    @Test
    void saysWhereTheRegularizerIsUndefined() throws IOException {
        Path problem = Problems.writeWith(folder, "linear", "learningRate", 0.75);
        CommandRun run = CommandRun.of("inspect", problem.toString(), "--json", "-");
        assertEquals(0, run.status());
        JsonNode found = run.json();
        assertEquals("UNDEFINED", found.get("regularizerStatus").textValue());
        assertEquals(2 - 0.75 * 2.824634126584286, found.get("margin").doubleValue(), 1e-12);
        for (String key : List.of("regularizer", "regularizerGradient", "regularizedLoss", "stationarity")) {
            assertTrue(found.get(key).isNull(), key);
        }
        assertEquals(0.75 * 0.25 / 4, found.get("lambda").doubleValue(), 1e-15);
        CommandRun table = CommandRun.of("inspect", problem.toString());
        assertEquals(0, table.status());
        assertTrue(table.out().contains("undefined"), table.out());
    }

    @Test
    void hasNoStationarityWithoutNoise() throws IOException {
        Path problem = Problems.writeWith(folder, "linear", "labelNoise", 0);
        JsonNode found =
                CommandRun.of("inspect", problem.toString(), "--json", "-").json();
        assertEquals(0.0, found.get("lambda").doubleValue());
        assertTrue(found.get("stationarity").isNull());
        assertTrue(found.get("regularizer").isNumber());
    }

    @Test
    void writesTheHessianOfALargePointWhenAsked() throws IOException {
        ObjectNode problem = (ObjectNode) Problems.golden("mlp-tanh").get("problem");
        ((ObjectNode) problem.get("model")).putArray("layers").add(2).add(16).add(1);
        problem.remove("theta");
        problem.putObject("init").put("kind", "xavier").put("scale", 0.5);
        Path file = Problems.write(folder, "large", problem);
        assertFalse(
                CommandRun.of("inspect", file.toString(), "--json", "-").json().has("hessian"));
        JsonNode hessian = CommandRun.of("inspect", file.toString(), "--json", "-", "--hessian")
                .json()
                .get("hessian");
        assertEquals(65, hessian.size());
        assertEquals(65, hessian.get(64).size());
    }

    @Test
    void refusesAPointWhereTheLossOverflows() throws IOException {
        ObjectNode problem = (ObjectNode) Problems.golden("linear").get("problem");
        problem.putArray("theta").add(1e200).add(0).add(0).add(0).add(0).add(0);
        Path file = Problems.write(folder, "far", problem);
        CommandRun run = CommandRun.of("inspect", file.toString());
        assertEquals(2, run.status());
        assertEquals("", run.out());
        assertEquals(
                "lowland inspect: " + file + ": theta is a point where the loss of sample 0 or one of its derivatives"
                        + " overflows, must be one where they are finite",
                run.err().strip());
    }

    /** The second sample's derivative is too large for its square; the first one's unit is at rest. */
    @Test
    void namesTheSampleThatOverflows() throws IOException {
        ObjectNode problem = (ObjectNode) Problems.golden("mlp-tanh").get("problem");
        ((ObjectNode) problem.get("model"))
                .put("activation", "relu")
                .putArray("layers")
                .add(1)
                .add(1)
                .add(1);
        ObjectNode data = problem.putObject("data");
        data.putArray("inputs").add(number(-1e160)).add(number(1e160)).add(number(1));
        data.putArray("targets").add(1).add(1).add(1);
        problem.putArray("theta").add(1e-170).add(0).add(1).add(0);
        Path file = Problems.write(folder, "second", problem);
        CommandRun run = CommandRun.of("inspect", file.toString());
        assertEquals(2, run.status());
        assertTrue(
                run.err().contains("theta is a point where the loss of sample 1 or one of its derivatives overflows"),
                run.err());
    }

    private static ArrayNode number(double value) {
        return JsonNodeFactory.instance.arrayNode().add(value);
    }

    /** λ is 10¹⁵⁹ with this σ and too large a number with its square, and ‖∇L/λ‖ has no square with the other. */
    @Test
    void noiseOfAnySizeIsTakenOrRefusedInOneLine() throws IOException {
        ObjectNode problem = (ObjectNode) Problems.golden("linear").get("problem");
        ObjectNode sgd = (ObjectNode) problem.get("sgd");
        for (String command : new String[] {"inspect", "predict", "simulate"}) {
            List<String> line = new ArrayList<>(List.of(command, ""));
            if (!command.equals("inspect")) {
                line.addAll(List.of("--steps", "2"));
            }
            if (command.equals("simulate")) {
                line.addAll(List.of("--replicas", "2"));
            }
            for (double noise : new double[] {1e160, 1e-170}) {
                sgd.put("labelNoise", noise);
                Path file = Problems.write(folder, "noise", problem);
                line.set(1, file.toString());
                CommandRun run = CommandRun.of(line.toArray(new String[0]));
                assertEquals(2, run.status());
                assertEquals("", run.out());
                assertEquals(
                        "lowland " + command + ": " + file + ": sgd.labelNoise is " + noise
                                + ", of which λ = ησ²/(B(1−β)) is too "
                                + (noise > 1 ? "large a number, must be smaller" : "small a number, must be larger"),
                        run.err().strip());
            }
        }
        sgd.put("labelNoise", 1e-90);
        JsonNode small = CommandRun.of(
                        "inspect", Problems.write(folder, "small", problem).toString(), "--json", "-")
                .json();
        double strength = small.get("lambda").doubleValue();
        double slope = 0;
        for (JsonNode entry : small.get("gradient")) {
            slope = Math.hypot(slope, entry.doubleValue());
        }
        assertEquals(1, small.get("stationarity").doubleValue() / (slope / strength), 1e-12);
    }

    @Test
    void writesTheSameJsonToAFile() throws IOException {
        String problem = Problems.write(folder, "quadratic").toString();
        Path json = folder.resolve("out.json");
        CommandRun table = CommandRun.of("inspect", problem, "--json", json.toString());
        assertEquals(CommandRun.of("inspect", problem, "--json", "-").out(), Files.readString(json));
        assertTrue(table.out().contains("‖∇L/λ + ∇R‖₂"), table.out());
        assertTrue(table.out().contains("0.7939856"), table.out());
    }

    @Test
    void reportsHeldOutLoss() throws IOException {
        ObjectNode problem = (ObjectNode) Problems.golden("linear").get("problem");
        problem.set("test", problem.get("data"));
        Path file = Problems.write(folder, "tested", problem);
        JsonNode found =
                CommandRun.of("inspect", file.toString(), "--json", "-").json();
        assertEquals(found.get("loss"), found.get("heldOutLoss"));
    }

    /**
     * Beyond 2,000 parameters each spectral number is an estimate with its standard error, and right within a few of
     * them.
     */
    @Test
    void estimatesWithStandardErrorsBeyondTheExactSize() throws IOException {
        Path file = Problems.writeLarge(folder, 2200);
        CommandRun run = CommandRun.of("inspect", file.toString(), "--json", "-", "--threads", "2");
        assertEquals(0, run.status());
        JsonNode found = run.json();
        assertEquals("stochastic", found.get("method").textValue());
        assertEquals("DEFINED", found.get("regularizerStatus").textValue());
        assertEquals(2200, found.get("regularizerGradient").size());
        assertEquals(2200, found.get("regularizerGradientStandardError").size());
        assertFalse(found.has("hessian"));
        Problem problem = ProblemReader.read(file);
        Regularizer regularizer = Regularizer.of(problem.objective(), problem.optimiser(1));
        DMatrixRMaj gradient = new DMatrixRMaj(2200, 1);
        DMatrixRMaj error = new DMatrixRMaj(2200, 1);
        PotentialValue value = regularizer
                .withSettings(RegularizerSettings.standard())
                .evaluator()
                .evaluate(problem.theta(), gradient, error);
        assertEquals(value.value(), found.get("regularizer").doubleValue());
        assertEquals(
                value.standardError(), found.get("regularizerStandardError").doubleValue());
        // tr H = 4 Σ c_j θ_j² + 2 Σ r x at the point, and its estimate is good to its standard error
        DMatrixRMaj unit = new DMatrixRMaj(2200, 1);
        DMatrixRMaj column = new DMatrixRMaj(2200, 1);
        ObjectiveEvaluator evaluator = problem.objective().evaluator();
        double trace = 0;
        for (int j = 0; j < 2200; j++) {
            unit.data[j] = 1;
            evaluator.hessianVector(problem.theta(), unit, column);
            unit.data[j] = 0;
            trace += column.data[j];
        }
        assertEquals(
                trace,
                found.get("hessianTrace").doubleValue(),
                5 * found.get("hessianTraceStandardError").doubleValue());
        for (String key : List.of("hessianTopEigenvalue", "margin", "regularizedLoss", "stationarity")) {
            assertTrue(found.get(key).isNumber(), key);
            assertTrue(found.get(key + "StandardError").isNumber(), key);
        }
        assertEquals(
                run.out(),
                CommandRun.of("inspect", file.toString(), "--json", "-", "--threads", "1")
                        .out());
        JsonNode other = CommandRun.of("inspect", file.toString(), "--json", "-", "--seed", "2")
                .json();
        double both = found.get("regularizerStandardError").doubleValue()
                + other.get("regularizerStandardError").doubleValue();
        assertEquals(
                found.get("regularizer").doubleValue(), other.get("regularizer").doubleValue(), 4 * both);
        CommandRun table = CommandRun.of("inspect", file.toString());
        assertTrue(table.out().contains(" ± "), table.out());
        assertTrue(table.out().contains("stochastic"), table.out());
    }

    /** Dense matrices stay bounded. */
    @Test
    void refusesTheHessianOfAVeryLargePoint() throws IOException {
        Path file = Problems.writeLarge(folder, 4002);
        CommandRun run = CommandRun.of("inspect", file.toString(), "--hessian");
        assertEquals(2, run.status());
        assertTrue(run.err().contains("4002"), run.err());
    }
}
