package dev.lowland.cli.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.autodiff.nn.ModelKind;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.LossKind;
import dev.lowland.optim.objective.Losses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule of a problem file: what is legal is read, what is not is refused by name. */
class ProblemReaderTest {
    private static final String MLP = """
            {"model": {"kind": "mlp", "layers": [2, 3, 1], "activation": "tanh"},
             "loss": "square",
             "data": {"inputs": [[0.1, 0.2], [0.3, 0.4]], "targets": [0.5, -0.5]},
             "theta": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
             "sgd": {"learningRate": 0.1, "momentum": 0.5, "batchSize": 2, "labelNoise": 0.3}}
            """;
    private static final String LOGISTIC = """
            {"model": {"kind": "linear"},
             "loss": "logistic",
             "data": {"inputs": [[0.1, 0.2], [0.3, 0.4]], "targets": [1, -1]},
             "theta": [0.25, 0.5],
             "sgd": {"learningRate": 0.1, "batchSize": 7, "flipProbability": 0.2}}
            """;
    private static final String SENSING = """
            {"model": {"kind": "matrix-sensing", "rows": 1, "cols": 2, "rank": 1},
             "loss": "square",
             "data": {"inputs": [[0.1, 0.2]], "targets": [1]},
             "theta": [0.25, 0.5, 0.75],
             "sgd": {"learningRate": 0.1, "batchSize": "full", "labelNoise": 0}}
            """;

    @TempDir
    Path folder;

    private Problem read(String json) throws IOException {
        Path file = folder.resolve("problem.json");
        Files.writeString(file, json);
        return ProblemReader.read(file);
    }

    private String refusal(String json) throws IOException {
        Path file = folder.resolve("problem.json");
        Files.writeString(file, json);
        ProblemException e = assertThrows(ProblemException.class, () -> ProblemReader.read(file));
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        return e.getMessage().substring((file + ": ").length());
    }

    private static String swap(String json, String from, String to) {
        assertTrue(json.contains(from), "the problem has no " + from);
        return json.replace(from, to);
    }

    @Test
    void readsEveryField() throws IOException {
        Problem problem = read(MLP);
        assertEquals("mlp", problem.model().kind());
        assertEquals("square", problem.loss().name());
        assertEquals(2, problem.data().size());
        assertEquals(0.4, problem.data().inputs().get(1, 1));
        assertEquals(-0.5, problem.data().targets().get(1));
        assertEquals(13, problem.theta().getNumElements());
        assertEquals(13.0, problem.theta().get(12));
        assertEquals(new SgdSettings(0.1, 0.5, OptionalInt.of(2), 0.3, OptionalDouble.empty()), problem.settings());
        assertEquals(9, problem.sgd(9).seed());
    }

    @Test
    void readsFlipsDefaultsAndFullBatch() throws IOException {
        Problem logistic = read(LOGISTIC);
        assertEquals(0.2, logistic.loss().flipProbability());
        assertEquals(new SgdSettings(0.1, 0.0, OptionalInt.of(7), 0.0, OptionalDouble.of(0.2)), logistic.settings());
        Problem sensing = read(SENSING);
        assertTrue(sensing.sgd(1).isFullBatch());
        assertEquals("matrix-sensing", sensing.model().kind());
    }

    @Test
    void readsHeldOutData() throws IOException {
        Problem problem = read(swap(MLP, "\"theta\"", "\"test\": {\"inputs\": [[1, 2]], \"targets\": [3]}, \"theta\""));
        assertEquals(1, problem.heldOutObjective().orElseThrow().sampleCount());
        assertTrue(read(MLP).heldOutObjective().isEmpty());
        assertEquals(
                "test has 1 inputs a row, and data has 2, must agree",
                refusal(swap(MLP, "\"theta\"", "\"test\": {\"inputs\": [[1]], \"targets\": [3]}, \"theta\"")));
    }

    @Test
    void thetaIsACopy() throws IOException {
        Problem problem = read(LOGISTIC);
        problem.theta().set(0, 99);
        assertEquals(0.25, problem.theta().get(0));
    }

    @Test
    void initialisesTheSameWayEveryTime() throws IOException {
        String init =
                MLP.replaceAll("\"theta\": \\[[^]]*]", "\"init\": {\"kind\": \"KIND\", \"seed\": 3, \"scale\": 2}");
        double[] gaussian = read(swap(init, "KIND", "gaussian")).theta().data;
        assertArrayEquals(gaussian, read(swap(init, "KIND", "gaussian")).theta().data);
        assertNotEquals(
                gaussian[0],
                read(swap(swap(init, "KIND", "gaussian"), "\"seed\": 3", "\"seed\": 4"))
                        .theta()
                        .data[0]);
        assertEquals(
                gaussian[5] / 2,
                read(swap(swap(init, "KIND", "gaussian"), ", \"scale\": 2", "")).theta().data[5],
                1e-15);
        double[] xavier = read(swap(init, "KIND", "xavier")).theta().data;
        assertEquals(gaussian[0] * Math.sqrt(2.0 / 5), xavier[0], 1e-15);
        for (int bias : new int[] {6, 7, 8, 12}) {
            assertEquals(0.0, xavier[bias]);
        }
        assertNotEquals(0.0, xavier[9]);
        assertArrayEquals(new double[13], read(swap(init, "KIND", "zeros")).theta().data);
        for (Initialiser initialiser : Initialiser.values()) {
            Problem problem = read(swap(init, "KIND", initialiser.label()));
            assertArrayEquals(initialiser.theta(problem.model(), 3, 2).data, problem.theta().data);
        }
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            "learningRate": 0.1  | "learningRate": -0.1 | sgd.learningRate is -0.1, must be positive
            "learningRate": 0.1  | "learningRate": 0    | sgd.learningRate is 0.0, must be positive
            "learningRate": 0.1  | "learningRate": 1e999 | sgd.learningRate is Infinity, must be finite
            "learningRate": 0.1  | "learningRate": "0.1" | sgd.learningRate is the string "0.1", must be a number
            "learningRate": 0.1, | ''                   | sgd.learningRate is missing; it is required
            "learningRate"       | "learningrate"       | sgd.learningrate: unknown field; did you mean 'learningRate'? legal: learningRate, momentum, batchSize, labelNoise, flipProbability
            "momentum": 0.5      | "momentum": 1        | sgd.momentum is 1.0, must be at least 0 and less than 1
            "momentum": 0.5      | "momentum": -0.1     | sgd.momentum is -0.1, must be at least 0 and less than 1
            "batchSize": 2       | "batchSize": 0       | sgd.batchSize is 0, must be a whole number of at least 1 that fits 32 bits
            "batchSize": 2       | "batchSize": 1.5     | sgd.batchSize is 1.5, must be a whole number of at least 1 that fits 32 bits
            "batchSize": 2       | "batchSize": 3000000000 | sgd.batchSize is 3000000000, must be a whole number of at least 1 that fits 32 bits
            "batchSize": 2       | "batchSize": "all"   | sgd.batchSize is "all", must be a whole number or the word "full"
            "batchSize": 2       | "batchSize": null    | sgd.batchSize is null, must be a number
            "labelNoise": 0.3    | "labelNoise": -1     | sgd.labelNoise is -1.0; a standard deviation is at least 0
            "labelNoise": 0.3    | "flipProbability": 0.3 | sgd.flipProbability: does not belong to the loss square, which uses labelNoise
            , "labelNoise": 0.3  | ''                   | sgd.labelNoise is missing; it is required
            "kind": "mlp"        | "kind": "mpl"        | model.kind: unknown model 'mpl'; did you mean 'mlp'? legal: MODELS
            "kind": "mlp"        | "kind": "resnet"     | model.kind: 'resnet' is not in this version; it has MODELS
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "convnet" | model.kind: 'convnet' is not in this version; it has MODELS
            "kind": "mlp"        | "kind": 3            | model.kind is 3, must be a string
            "activation": "tanh" | "activation": "tahn" | model.activation: unknown activation 'tahn'; did you mean 'tanh'? legal: tanh, softplus, sigmoid, identity, relu, gelu, silu
            , "activation": "tanh" | ''                 | model.activation is missing; it is required
            [2, 3, 1]            | [3, 3, 1]            | model.layers[0] is 3, and the data have 2 inputs a row, must agree
            [2, 3, 1]            | [2, 3, 2]            | model.layers[2] is 2; the last layer must have 1 output
            [2, 3, 1]            | [2]                  | model.layers has 1 sizes; it needs at least 2, of the inputs and of the output
            [2, 3, 1]            | [2, 0, 1]            | model.layers[1] is 0, must be a whole number of at least 1 that fits 32 bits
            [2, 3, 1]            | [2, 100000, 100000, 1] | model: mlp: number of parameters is 10000500001, must be at most 2147483639
            "square"             | "squared"            | loss: unknown loss 'squared'; did you mean 'square'? legal: LOSSES
            "square"             | "cross-entropy"      | loss: 'cross-entropy' is not in this version; it has LOSSES
            "square"             | "logistic"           | data.targets[0] is 0.5, must be 1 or -1 for the loss logistic (row 1)
            [0.3, 0.4]           | [0.3, NaN]           | data.inputs[1][1] is NaN in row 2, must be finite
            [0.3, 0.4]           | [0.3, -Infinity]     | data.inputs[1][1] is -Infinity in row 2, must be finite
            [0.3, 0.4]           | [0.3, "NaN"]         | data.inputs[1][1] is the string "NaN" in row 2, must be a number
            [0.3, 0.4]           | [0.3]                | data.inputs[1]: row 2 has 1 numbers, and row 1 has 2, must agree
            [0.3, 0.4]           | 0.3                  | data.inputs[1] is 0.3 in row 2, must be a list of numbers
            [[0.1, 0.2], [0.3, 0.4]] | []               | data.inputs is empty, must have at least one row
            [[0.1, 0.2], [0.3, 0.4]] | [[], []]         | data.inputs[0]: row 1 is empty, must have at least one number
            [0.5, -0.5]          | [0.5]                | data.targets has 1 numbers, and inputs has 2 rows, must agree
            [0.5, -0.5]          | [0.5, NaN]           | data.targets[1] is NaN in row 2, must be finite
            "targets"            | "target"             | data.target: unknown field; did you mean 'targets'? legal: inputs, targets
            {"inputs": [[0.1, 0.2], [0.3, 0.4]], "targets": [0.5, -0.5]} | {"cifar10": "x"} | data.cifar10 is not in this version; give inline data or a csv
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] | [1, 2, 3] | theta has 3 numbers, needs 13: layer 1 (2×3 + 3), layer 2 (3 + 1)
            [1, 2, 3, 4          | [1, 2, NaN, 4        | theta[2] is NaN, must be finite
            "theta"              | "thetas"             | thetas: unknown field; did you mean 'theta'? legal: model, loss, data, test, theta, init, sgd
            "theta": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], | '' | theta is missing; give theta or init
            "theta"              | "init": {"kind": "zeros"}, "theta" | theta: stands beside init; only one of them may
            "theta": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] | "init": {"kind": "gauss"} | init.kind: unknown initialisation 'gauss'; did you mean 'gaussian'? legal: INITIALISERS
            "theta": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] | "init": {"kind": "gaussian", "scale": 0} | init.scale is 0.0, must be positive
            "theta": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] | "init": {"kind": "gaussian", "seed": 1.5} | init.seed is 1.5, must be a whole number of at most 64 bits
            """)
    void refusesAndSaysWhy(String from, String to, String message) throws IOException {
        String legal = message.replace("MODELS", names(Models.kinds(), ModelKind::name))
                .replace("LOSSES", names(Losses.kinds(), LossKind::name))
                .replace("INITIALISERS", names(List.of(Initialiser.values()), Initialiser::label));
        assertEquals(legal, refusal(swap(MLP, from, to)));
    }

    private static <T> String names(List<T> kinds, Function<T, String> name) {
        return kinds.stream().map(name).collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            [1, -1]                | [1, 0]                | data.targets[1] is 0.0, must be 1 or -1 for the loss logistic (row 2)
            "flipProbability": 0.2 | "flipProbability": 0.5 | sgd.flipProbability is 0.5, must be more than 0 and less than 0.5
            "flipProbability": 0.2 | "flipProbability": 0  | sgd.flipProbability is 0.0, must be more than 0 and less than 0.5
            "flipProbability": 0.2 | "labelNoise": 0.2     | sgd.labelNoise: does not belong to the loss logistic, which uses flipProbability
            , "flipProbability": 0.2 | ''                  | sgd.flipProbability is missing; it is required
            "kind": "linear"       | "kind": "linear", "activation": "tanh" | model.activation: unknown field; legal: kind
            "kind": "linear"       | "kind": "quadratic"   | theta has 2 numbers, needs 4: u (2), v (2)
            "theta": [0.25, 0.5]   | "init": {"kind": "xavier"} | init.kind: 'xavier' needs a model with layers; the model linear has none
            """)
    void refusesWhatDoesNotSuitFlippedLabels(String from, String to, String message) throws IOException {
        assertEquals(message, refusal(swap(LOGISTIC, from, to)));
    }

    @Test
    void refusesAMatrixThatIsNotTheInput() throws IOException {
        assertEquals(
                "model.rows: rows × cols is 2 × 2 = 4, and the data have 2 inputs a row, must agree",
                refusal(swap(SENSING, "\"rows\": 1", "\"rows\": 2")));
        assertEquals(
                "theta has 3 numbers, needs 6: U (2), V (2×2)", refusal(swap(SENSING, "\"rank\": 1", "\"rank\": 2")));
    }

    @Test
    void refusesWhatIsNotAProblemFile() throws IOException {
        assertEquals("the file is empty, must hold one JSON object", refusal(""));
        assertEquals("the file is a list, must hold one JSON object", refusal("[1]"));
        assertTrue(refusal("{\"model\": ").startsWith("line 1, column 11: not valid JSON: Unexpected end-of-input"));
        assertTrue(refusal(swap(MLP, "\"loss\"", "\"loss\": \"square\", \"loss\""))
                .startsWith("line 2, column 26: not valid JSON: Duplicate"));
        assertTrue(refusal(MLP + "{}").contains("not valid JSON"));
        assertTrue(refusal("\u0000").contains("not valid JSON"));
        ProblemException missing =
                assertThrows(ProblemException.class, () -> ProblemReader.read(Path.of("no", "such.json")));
        assertEquals(Path.of("no", "such.json") + ": the file: does not exist", missing.getMessage());
        ProblemException isFolder = assertThrows(ProblemException.class, () -> ProblemReader.read(folder));
        assertEquals("is a folder, must be a JSON file", isFolder.rule());
    }
}
