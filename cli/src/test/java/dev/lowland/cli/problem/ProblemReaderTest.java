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
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
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
        assertEquals(
                LabelNoiseSgd.of(0.1)
                        .withMomentum(0.5)
                        .withBatchSize(2)
                        .withLabelNoise(0.3)
                        .withSeed(9)
                        .optimiser()
                        .toString(),
                problem.optimiser(9).toString());
        assertTrue(problem.settings().steps().isEmpty());
    }

    @Test
    void readsFlipsDefaultsAndFullBatch() throws IOException {
        Problem logistic = read(LOGISTIC);
        assertEquals(0.2, logistic.loss().flipProbability());
        assertEquals(OptionalDouble.of(0.2), logistic.settings().flipProbability());
        assertEquals(
                LabelNoiseSgd.of(0.1).withBatchSize(7).optimiser().toString(),
                logistic.optimiser(1).toString());
        Problem sensing = read(SENSING);
        assertTrue(sensing.optimiser(1).batches().isFull());
        assertEquals("matrix-sensing", sensing.model().kind());
    }

    @Test
    void readsHeldOutData() throws IOException {
        Problem problem = read(swap(MLP, "\"theta\"", "\"test\": {\"inputs\": [[1, 2]], \"targets\": [3]}, \"theta\""));
        assertEquals(1, problem.heldOutObjective().orElseThrow().sampleCount());
        assertTrue(read(MLP).heldOutObjective().isEmpty());
        assertEquals(
                "test is of 1 inputs a row, must be of 2, as data is",
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
            "learningRate": 0.1, | ''                   | sgd.learningRate is missing, must be given
            "learningRate"       | "learningrate"       | sgd.learningrate is unknown, must be one of learningRate, momentum, batchSize, labelNoise, flipProbability, rule, batches, noise, parameterNoise, weightDecay, clipNorm, clipValue, steps, epochs; did you mean 'learningRate'?
            "momentum": 0.5      | "momentum": 1        | sgd.momentum is 1.0, must be at least 0 and less than 1
            "momentum": 0.5      | "momentum": -0.1     | sgd.momentum is -0.1, must be at least 0 and less than 1
            "batchSize": 2       | "batchSize": 0       | sgd.batchSize is 0, must be a whole number of at least 1 that fits 32 bits
            "batchSize": 2       | "batchSize": 1.5     | sgd.batchSize is 1.5, must be a whole number of at least 1 that fits 32 bits
            "batchSize": 2       | "batchSize": 3000000000 | sgd.batchSize is 3000000000, must be a whole number of at least 1 that fits 32 bits
            "batchSize": 2       | "batchSize": "all"   | sgd.batchSize is the string "all", must be a whole number or the word "full"
            "batchSize": 2       | "batchSize": null    | sgd.batchSize is null, must be a number
            "labelNoise": 0.3    | "labelNoise": -1     | sgd.labelNoise is -1.0, must be at least 0
            "labelNoise": 0.3    | "flipProbability": 0.3 | sgd.flipProbability is given, must be left out, for the loss square uses labelNoise
            , "labelNoise": 0.3  | ''                   | sgd.labelNoise is missing, must be given
            "kind": "mlp"        | "kind": "mpl"        | model.kind is 'mpl', must be one of MODELS; did you mean 'mlp'?
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "convnet" | model.channels is missing, must be given
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "convnet", "channels": 1, "height": 1, "width": 2, "outputs": 1, "blocks": [3] | model.blocks[0] is 3, must be an object
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "convnet", "channels": 1, "height": 1, "width": 2, "outputs": 1, "blocks": [{"filters": 2, "kernal": 1}] | model.blocks[0].kernal is unknown, must be one of filters, kernel, stride, padding, groups, channelsPerGroup, pooling; did you mean 'kernel'?
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "convnet", "channels": 1, "height": 1, "width": 2, "outputs": 1, "blocks": [{"filters": 2}] | model.blocks[0].kernel is missing, must be given
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "convnet", "channels": 1, "height": 1, "width": 3, "outputs": 1, "blocks": [] | model.kind is a convnet model of 3 inputs, must be of 2, as a row of the data
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "convnet", "channels": 1, "height": 1, "width": 2, "outputs": 1, "blocks": [{"filters": 4, "kernel": 1, "groups": 3}] | model: convnet: groups is 3 for 4 filters, must be a divisor of the filters
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "resnet", "channels": 1, "height": 1, "width": 2, "outputs": 1, "blocksPerStage": 1, "filters": [2] | model.groups is missing, must be given, or channelsPerGroup
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "resnet", "channels": 1, "height": 1, "width": 2, "outputs": 1, "groups": 1, "channelsPerGroup": 2, "blocksPerStage": 1, "filters": [2] | model.groups is beside channelsPerGroup, must be alone
            "kind": "mlp", "layers": [2, 3, 1], "activation": "tanh" | "kind": "resnet", "channels": 1, "height": 1, "width": 2, "outputs": 1, "groups": 1, "blocksPerStage": 1, "filters": [] | model.filters is empty, must be a number a stage, one stage at least
            "kind": "mlp"        | "kind": 3            | model.kind is 3, must be a string
            "activation": "tanh" | "activation": "tahn" | model.activation is 'tahn', must be one of tanh, softplus, sigmoid, identity, relu, gelu, silu; did you mean 'tanh'?
            , "activation": "tanh" | ''                 | model.activation is missing, must be given
            [2, 3, 1]            | [3, 3, 1]            | model.layers[0] is 3, must be 2, the inputs in a row of the data
            [2, 3, 1]            | [2, 3, 2]            | model.layers[2] is 2, must be 1, the targets in a row of the data
            [2, 3, 1]            | [2]                  | model.layers is of length 1, must be of length at least 2, for the inputs and the outputs
            [2, 3, 1]            | [2, 0, 1]            | model.layers[1] is 0, must be a whole number of at least 1 that fits 32 bits
            [2, 3, 1]            | [2, 100000, 100000, 1] | model: mlp: number of parameters is 10000500001, must be at most 2147483639
            "square"             | "squared"            | loss is 'squared', must be one of LOSSES; did you mean 'square'?
            "square"             | "cross-entropy"      | data.targets[0] is 0.5 (row 1), must be a class, a whole number of at least 0 for the loss cross-entropy
            "square"             | "logistic"           | data.targets[0] is 0.5 (row 1), must be 1 or -1 for the loss logistic
            [0.3, 0.4]           | [0.3, NaN]           | data.inputs[1][1] is NaN in row 2, must be finite
            [0.3, 0.4]           | [0.3, -Infinity]     | data.inputs[1][1] is -Infinity in row 2, must be finite
            [0.3, 0.4]           | [0.3, "NaN"]         | data.inputs[1][1] is the string "NaN" in row 2, must be a number
            [0.3, 0.4]           | [0.3]                | data.inputs[1] is of length 1 (row 2), must be of length 2, as row 1 is
            [0.3, 0.4]           | 0.3                  | data.inputs[1] is 0.3 in row 2, must be a list of numbers
            [[0.1, 0.2], [0.3, 0.4]] | []               | data.inputs is empty, must be at least one row
            [[0.1, 0.2], [0.3, 0.4]] | [[], []]         | data.inputs[0] is empty (row 1), must be at least one number
            [0.5, -0.5]          | [0.5]                | data.targets is of length 1, must be of length 2, one for each row of inputs
            [0.5, -0.5]          | [0.5, NaN]           | data.targets[1] is NaN in row 2, must be finite
            "targets"            | "target"             | data.target is unknown, must be one of inputs, targets; did you mean 'targets'?
            {"inputs": [[0.1, 0.2], [0.3, 0.4]], "targets": [0.5, -0.5]} | {"cifar10": "x", "y": 1} | data.y is unknown, must be one of cifar10, split, perClass, pool, normalize
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] | [1, 2, 3] | theta is of length 3, must be of length 13: layer 1 (2×3 + 3), layer 2 (3 + 1)
            [1, 2, 3, 4          | [1, 2, NaN, 4        | theta[2] is NaN, must be finite
            "theta"              | "thetas"             | thetas is unknown, must be one of model, loss, data, test, theta, init, sgd; did you mean 'theta'?
            "theta": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], | '' | theta is missing, must be given, or init
            "theta"              | "init": {"kind": "zeros"}, "theta" | theta is beside init, must be alone
            "theta": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] | "init": {"kind": "gauss"} | init.kind is 'gauss', must be one of INITIALISERS; did you mean 'gaussian'?
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
            [1, -1]                | [1, 0]                | data.targets[1] is 0.0 (row 2), must be 1 or -1 for the loss logistic
            "flipProbability": 0.2 | "flipProbability": 0.5 | sgd.flipProbability is 0.5, must be more than 0 and less than 0.5
            "flipProbability": 0.2 | "flipProbability": 0  | sgd.flipProbability is 0.0, must be more than 0 and less than 0.5
            "flipProbability": 0.2 | "labelNoise": 0.2     | sgd.labelNoise is given, must be left out, for the loss logistic uses flipProbability
            , "flipProbability": 0.2 | ''                  | sgd.flipProbability is missing, must be given
            "kind": "linear"       | "kind": "linear", "activation": "tanh" | model.activation is unknown, must be one of kind
            "kind": "linear"       | "kind": "quadratic"   | theta is of length 2, must be of length 4: u (2), v (2)
            "theta": [0.25, 0.5]   | "init": {"kind": "xavier"} | init.kind is 'xavier', which is for models with layers, must be another, for the model linear has none
            """)
    void refusesWhatDoesNotSuitFlippedLabels(String from, String to, String message) throws IOException {
        assertEquals(message, refusal(swap(LOGISTIC, from, to)));
    }

    @Test
    void readsClasses() throws IOException {
        String json =
                swap(swap(swap(MLP, "square", "cross-entropy"), "[0.5, -0.5]", "[2, 0]"), "[2, 3, 1]", "[2, 2, 3]");
        String flips = swap(
                swap(json, "\"labelNoise\": 0.3", "\"flipProbability\": 0.3"),
                "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]",
                "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]");
        Problem problem = read(flips);
        assertEquals("cross-entropy(3, 0.3)", problem.loss().toString());
        assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0}, problem.data().targets().data);
        assertEquals(
                "data.targets[0] is 3.0 (row 1), must be a class below 3, the outputs of the model",
                refusal(swap(flips, "[2, 0]", "[3, 0]")));
        assertEquals(
                "model is of one output, must be of one a class, two at least, for the loss cross-entropy",
                refusal(swap(swap(flips, "[2, 2, 3]", "[2, 2, 1]"), "[2, 0]", "[0, 0]")));
    }

    @Test
    void refusesAMatrixThatIsNotTheInput() throws IOException {
        assertEquals(
                "model.rows × cols is 2 × 2 = 4, must be 2, the inputs in a row of the data",
                refusal(swap(SENSING, "\"rows\": 1", "\"rows\": 2")));
        assertEquals(
                "theta is of length 3, must be of length 6: U (2), V (2×2)",
                refusal(swap(SENSING, "\"rank\": 1", "\"rank\": 2")));
    }

    @Test
    void refusesWhatIsNotAProblemFile() throws IOException {
        assertEquals("the file is empty, must be one JSON object", refusal(""));
        assertEquals("the file is a list, must be one JSON object", refusal("[1]"));
        assertTrue(refusal("{\"model\": ").startsWith("line 1, column 11 is no JSON (Unexpected end-of-input"));
        assertTrue(refusal(swap(MLP, "\"loss\"", "\"loss\": \"square\", \"loss\""))
                .startsWith("line 2, column 26 is no JSON (Duplicate"));
        assertTrue(refusal(MLP + "{}").contains(" is no JSON ("));
        assertTrue(refusal("\u0000").contains(" is no JSON ("));
        ProblemException missing =
                assertThrows(ProblemException.class, () -> ProblemReader.read(Path.of("no", "such.json")));
        assertEquals(Path.of("no", "such.json") + ": the file is missing, must be a JSON file", missing.getMessage());
        ProblemException isFolder = assertThrows(ProblemException.class, () -> ProblemReader.read(folder));
        assertEquals(folder + ": the file is a folder, must be a JSON file", isFolder.getMessage());
    }
}
