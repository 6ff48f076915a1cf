package dev.lowland.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lowland.cli.data.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of images with classes go through every command; inspect says how flat each layer is. */
@Tag("slow")
class NetworksTest {
    private static final Map<String, String> MODELS = Map.of(
            "mlp", "{\"kind\": \"mlp\", \"layers\": [16, 5, 4, 3], \"activation\": \"tanh\"}",
            "convnet",
                    "{\"kind\": \"convnet\", \"channels\": 1, \"height\": 4, \"width\": 4, \"outputs\": 3, \"blocks\": ["
                            + "{\"filters\": 4, \"kernel\": 3, \"groups\": 2, \"pooling\": \"average\"}, "
                            + "{\"filters\": 4, \"kernel\": 1, \"channelsPerGroup\": 2, \"pooling\": \"global\"}]}",
            "resnet",
                    "{\"kind\": \"resnet\", \"channels\": 1, \"height\": 4, \"width\": 4, \"outputs\": 3,"
                            + " \"channelsPerGroup\": 2, \"blocksPerStage\": 1, \"filters\": [2, 2], \"activation\": \"silu\"}");

    @TempDir
    Path folder;

    private Path problem(String model, String theta) throws IOException {
        return Files.writeString(folder.resolve("problem.json"), """
                {"model": MODEL, "loss": "cross-entropy",
                 "data": {"synthetic": "images", "height": 4, "width": 4, "classes": 3, "perClass": 1},
                 "test": {"synthetic": "images", "height": 4, "width": 4, "classes": 3, "perClass": 1},
                 THETA, "sgd": {"learningRate": 0.01, "batchSize": 3, "flipProbability": 0.2}}
                """.replace("MODEL", MODELS.get(model))
                .replace("THETA", theta));
    }

    private Path started(String model) throws IOException {
        return problem(model, "\"init\": {\"kind\": \"xavier\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "convnet", "resnet"})
    void inspectSaysHowFlatEachLayerIs(String model) throws IOException {
        JsonNode found = CommandRun.of("inspect", started(model).toString(), "--json", "-")
                .json();
        JsonNode layers = found.get("layers");
        assertEquals(model.equals("resnet") ? 4 : 3, layers.size());
        double trace = 0;
        double share = 0;
        double regularizer = 0;
        double top = 0;
        for (JsonNode layer : layers) {
            trace += layer.get("hessianTrace").doubleValue();
            share += layer.get("hessianTraceShare").doubleValue();
            regularizer += layer.get("regularizer").doubleValue();
            top = Math.max(top, layer.get("hessianTopEigenvalue").doubleValue());
            assertEquals("DEFINED", layer.get("regularizerStatus").textValue());
            assertEquals(0, layer.get("regularizerStandardError").doubleValue());
        }
        assertEquals(found.get("hessianTrace").doubleValue(), trace, 1e-10 * Math.abs(trace));
        assertEquals(1, share, 1e-12);
        assertTrue(regularizer < found.get("regularizer").doubleValue(), "Fischer's inequality");
        assertTrue(top <= found.get("hessianTopEigenvalue").doubleValue());
        assertEquals(3, found.get("predictions").size());
        assertEquals(3, found.get("predictions").get(2).size());
        assertEquals(found.get("accuracy").doubleValue(), right(found.get("predictions")) / 3.0);
        assertTrue(found.get("heldOutAccuracy").isNumber());
    }

    /** Image i is of class i mod 3. */
    private static int right(JsonNode predictions) {
        int right = 0;
        for (int i = 0; i < predictions.size(); i++) {
            int best = 0;
            for (int k = 1; k < 3; k++) {
                best = predictions.get(i).get(k).doubleValue()
                                > predictions.get(i).get(best).doubleValue()
                        ? k
                        : best;
            }
            right += best == i % 3 ? 1 : 0;
        }
        return right;
    }

    @Test
    void theTableIsInTheTextAndOnThePage() throws IOException {
        Path report = folder.resolve("report");
        CommandRun run = CommandRun.of("inspect", started("mlp").toString(), "--report", report.toString());
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("layer    parameters"), run.out());
        assertTrue(run.out().lines().anyMatch(l -> l.startsWith("layer 2 ")), run.out());
        String page = Files.readString(report.resolve("index.html"));
        assertTrue(page.contains("<h2>By layer</h2>"));
        assertTrue(page.contains(">predicted class</th>"));
        assertTrue(Files.exists(report.resolve("figures/study/layers.svg")));
    }

    @Test
    void estimatesOfLayersHaveStandardErrors() throws IOException {
        String wide = "{\"kind\": \"mlp\", \"layers\": [16, 12, 11, 3], \"activation\": \"tanh\"}";
        Path problem = started("mlp");
        Files.writeString(problem, Files.readString(problem).replace(MODELS.get("mlp"), wide));
        JsonNode exact =
                CommandRun.of("inspect", problem.toString(), "--json", "-").json();
        JsonNode found = CommandRun.of("inspect", problem.toString(), "--json", "-", "--method", "stochastic")
                .json();
        for (int i = 0; i < 2; i++) {
            JsonNode layer = found.get("layers").get(i);
            for (String name : new String[] {"hessianTrace", "hessianTraceShare", "regularizer"}) {
                double error = layer.get(name + "StandardError").doubleValue();
                assertTrue(error > 0, name);
                assertEquals(
                        exact.get("layers").get(i).get(name).doubleValue(),
                        layer.get(name).doubleValue(),
                        5 * error,
                        name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "convnet", "resnet"})
    void theOtherCommandsTakeThemToo(String model) throws IOException {
        Path theta = folder.resolve("theta.npy");
        String file = started(model).toString();
        CommandRun predict =
                CommandRun.of("predict", file, "--steps", "2", "--json", "-", "--theta-out", theta.toString());
        assertEquals(0, predict.status(), predict.err());
        double[] end = numbers(predict.json().get("theta"));
        assertArrayEquals(end, Npy.read(theta).values());
        CommandRun simulate = CommandRun.of(
                "simulate", file, "--steps", "2", "--replicas", "3", "--json", "-", "--theta-out", theta.toString());
        assertEquals(0, simulate.status(), simulate.err());
        assertArrayEquals(numbers(simulate.json().get("mean")), Npy.read(theta).values());
    }

    /** Moments have no covariance then, and R is estimated. */
    @Test
    void simulateTakesThousandsOfParameters() throws IOException {
        Path problem = started("mlp");
        String wide = "{\"kind\": \"mlp\", \"layers\": [16, 250, 3], \"activation\": \"tanh\"}";
        Files.writeString(problem, Files.readString(problem).replace(MODELS.get("mlp"), wide));
        JsonNode found = CommandRun.of("simulate", problem.toString(), "--steps", "1", "--replicas", "2", "--json", "-")
                .json();
        assertEquals(5003, found.get("mean").size());
        assertEquals(5003, found.get("standardError").size());
        assertTrue(found.get("difference").doubleValue()
                < 5 * found.get("standardErrorNorm").doubleValue());
    }

    @Test
    void aPointThatWasWrittenIsRead() throws IOException {
        Path theta = folder.resolve("theta.npy");
        JsonNode before = CommandRun.of(
                        "inspect", started("mlp").toString(), "--json", "-", "--theta-out", theta.toString())
                .json();
        Path again = problem("mlp", "\"theta\": {\"npy\": \"theta.npy\"}");
        JsonNode after =
                CommandRun.of("inspect", again.toString(), "--json", "-").json();
        assertEquals(before, after);
        CommandRun refused = CommandRun.of("inspect", again.toString(), "--theta-out", folder.toString());
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("--theta-out is '" + folder + "' (a folder), must be a file"), refused.err());
    }

    @Test
    void aModelOfOneBlockHasNoTable() throws IOException {
        CommandRun run =
                CommandRun.of("inspect", Problems.write(folder, "linear").toString(), "--json", "-");
        assertFalse(run.json().has("layers"));
    }

    private static double[] numbers(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }
}
