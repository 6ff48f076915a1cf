package dev.lowland.cli.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.part.PartKind;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.schedule.Schedules;
import dev.lowland.optim.sgd.Optimiser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every part of a step by its name in a problem file: it is the part that the library makes, and runs as that one. */
class SgdReaderTest {
    private static final String SQUARE = """
            {"model": {"kind": "mlp", "layers": [2, 3, 1], "activation": "tanh"}, "loss": "square",
             "data": {"inputs": [[0.1, 0.2], [0.3, 0.4], [0.5, 0.1], [0.2, 0.9], [0.6, 0.3]],
                      "targets": [0.5, -0.5, 0.1, 0.3, 0]},
             "init": {"kind": "xavier"}, "sgd": {SGD}}
            """;
    private static final String CLASSES = """
            {"model": {"kind": "mlp", "layers": [2, 3, 2], "activation": "tanh"}, "loss": "LOSS",
             "data": {"inputs": [[0.1, 0.2], [0.3, 0.4], [0.5, 0.1], [0.2, 0.9], [0.6, 0.3]],
                      "targets": [0, 1, 0, 1, 1]},
             "init": {"kind": "xavier"}, "sgd": {SGD}}
            """;
    private static final String REST = "\"learningRate\": 0.1, \"batchSize\": 2, \"labelNoise\": 0.3";

    @TempDir
    Path folder;

    private Problem read(String json) throws IOException {
        return ProblemReader.read(Files.writeString(folder.resolve("problem.json"), json));
    }

    private Problem square(String sgd) throws IOException {
        return read(SQUARE.replace("SGD", sgd));
    }

    private String refusal(String json) {
        ProblemException e = assertThrows(ProblemException.class, () -> read(json));
        return e.getMessage().substring((folder.resolve("problem.json") + ": ").length());
    }

    /** That the file's optimiser is this one, and takes its steps. */
    private static void assertSame(Optimiser expected, Problem problem) {
        Optimiser found = problem.optimiser(3);
        Optimiser wanted = expected.withSeed(3);
        assertEquals(wanted.toString(), found.toString());
        assertEquals(wanted.rule(), found.rule());
        assertArrayEquals(
                wanted.run(problem.objective(), problem.theta(), 12).parameters().data,
                found.run(problem.objective(), problem.theta(), 12).parameters().data);
    }

    private static Optimiser plain() {
        return Optimiser.of(Rules.plain(), 0.1)
                .withBatches(Batches.withReplacement(2))
                .withNoise(Noise.byLoss(0.3));
    }

    static Stream<PartKind<UpdateRule>> rules() {
        return Rules.kinds().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleIsKnownByItsName(PartKind<UpdateRule> kind) throws IOException {
        boolean moves = PartReader.has(kind, "momentum");
        boolean decays = PartReader.has(kind, "weightDecay");
        String around = (moves ? ", \"momentum\": 0.5" : "") + (decays ? ", \"weightDecay\": 0.02" : "");
        Problem problem = square(REST + around + ", \"rule\": \"" + kind.name() + "\"");
        String object = "{\"kind\": \"" + kind.name() + "\"" + around + "}";
        assertEquals(kind.name(), problem.optimiser(1).rule().name());
        assertSame(plain().withRule(problem.optimiser(1).rule()), square(REST + ", \"rule\": " + object));
        assertTrue(problem.optimiser(1).regularization().isNone(), "weight decay is the rule's own");
    }

    @Test
    void rulesHaveNumbersOfTheirOwn() throws IOException {
        assertSame(
                plain().withRule(Rules.adam(0.8, 0.95, 1e-4)),
                square(REST + ", \"rule\": {\"kind\": \"adam\", \"beta1\": 0.8, \"beta2\": 0.95, \"epsilon\": 1e-4}"));
        assertSame(plain().withRule(Rules.sam(0.2)), square(REST + ", \"rule\": {\"kind\": \"sam\", \"rho\": 0.2}"));
        assertSame(plain().withRule(Rules.nesterov(0.9)), square(REST + ", \"rule\": \"nesterov\", \"momentum\": 0.9"));
    }

    @Test
    void schedulesTakeTheirLengthFromTheTraining() throws IOException {
        String cosine = "\"batchSize\": 2, \"labelNoise\": 0.3, \"learningRate\": {\"kind\": \"cosine\", \"peak\": 0.2,"
                + " \"warmUp\": 3}, \"epochs\": 4";
        Problem problem = square(cosine);
        assertEquals(OptionalLong.of(12), problem.settings().steps());
        assertSame(plain().withSchedule(Schedules.cosine(0.2, 0, 9).withWarmUp(3)), problem);
        assertEquals(
                OptionalLong.of(8),
                square(cosine + ", \"batches\": \"without-replacement\"")
                        .settings()
                        .steps());
        assertEquals(
                OptionalLong.of(12),
                square(cosine + ", \"batches\": {\"kind\": \"without-replacement\", \"keepShort\": true}")
                        .settings()
                        .steps());
        assertSame(
                plain().withSchedule(Schedules.exponential(0.2, 0.01, 7)),
                square(
                        "\"batchSize\": 2, \"labelNoise\": 0.3, \"learningRate\": {\"kind\": \"exponential\", \"peak\": 0.2,"
                                + " \"final\": 0.01, \"steps\": 7}, \"steps\": 100"));
        assertSame(
                plain().withSchedule(Schedules.steps(0.2, 0.5, 3)),
                square("\"batchSize\": 2, \"labelNoise\": 0.3, \"learningRate\": {\"kind\": \"steps\", \"peak\": 0.2,"
                        + " \"factor\": 0.5, \"every\": 3}"));
    }

    static Stream<PartKind<BatchLaw>> laws() {
        return Batches.kinds().stream();
    }

    @ParameterizedTest
    @MethodSource("laws")
    void everyLawOfBatchesIsKnownByItsName(PartKind<BatchLaw> kind) throws IOException {
        String size = kind.name().equals("full") ? "" : "\"batchSize\": 2, ";
        Problem problem =
                square(size + "\"learningRate\": 0.1, \"labelNoise\": 0.3, \"batches\": \"" + kind.name() + "\"");
        assertEquals(kind.name(), problem.optimiser(1).batches().name());
    }

    @Test
    void batchesAreThoseOfTheLibrary() throws IOException {
        String rest = "\"learningRate\": 0.1, \"labelNoise\": 0.3, ";
        assertSame(
                plain().withBatches(Batches.withoutReplacement(2)),
                square(rest + "\"batchSize\": 2, \"batches\": \"without-replacement\""));
        assertSame(
                plain().withBatches(Batches.withoutReplacementKeepingShort(2)),
                square(rest
                        + "\"batches\": {\"kind\": \"without-replacement\", \"batchSize\": 2, \"keepShort\": true}"));
        assertSame(plain().withBatches(Batches.full()), square(rest + "\"batches\": \"full\""));
        assertSame(
                plain().withBatches(Batches.given(new int[][] {{0, 4}, {2, 2}, {1}})),
                square(rest + "\"batches\": {\"kind\": \"given\", \"indices\": [[0, 4], [2, 2], [1]]}"));
    }

    @Test
    void lawsOfNoiseAreThoseOfTheLibrary() throws IOException {
        String rest = "\"learningRate\": 0.1, \"batchSize\": 2, ";
        assertSame(
                plain().withNoise(Noise.gaussian(0.3)), square(rest + "\"labelNoise\": 0.3, \"noise\": \"gaussian\""));
        assertSame(plain().withNoise(Noise.byLoss(0).withDeviations(0.3)), square(rest + "\"labelNoise\": [0.3]"));
        assertSame(plain().withNoise(Noise.byLoss(0).withLaw(NoiseLaw.NONE)), square(rest + "\"noise\": \"none\""));
        assertSame(
                plain().withNoise(Noise.antiCorrelated(0.01)),
                square(rest + "\"noise\": \"anti-correlated\", \"parameterNoise\": 0.01"));
        String flips = CLASSES.replace("LOSS", "cross-entropy");
        assertSame(plain().withNoise(Noise.byLoss(0)), read(flips.replace("SGD", rest + "\"flipProbability\": 0.2")));
        assertSame(
                plain().withNoise(Noise.transitions(new DMatrixRMaj(new double[][] {{0.9, 0.1}, {0.3, 0.7}}))),
                read(flips.replace(
                        "SGD",
                        rest + "\"flipProbability\": 0.2, \"noise\": {\"kind\": \"transition\", \"matrix\":"
                                + " [[0.9, 0.1], [0.3, 0.7]]}")));
        String linear = """
                {"model": {"kind": "linear"}, "loss": "square",
                 "data": {"inputs": [[0.1, 0.2]], "targets": [1]}, "theta": [0.25, 0.5],
                 "sgd": {"learningRate": 0.1, "batchSize": 2,
                         "noise": {"kind": "explicit", "covariance": [[2, 1], [1, 1]], "strength": 0.01}}}
                """;
        DMatrixRMaj covariance = new DMatrixRMaj(new double[][] {{2, 1}, {1, 1}});
        assertSame(
                plain().withNoise(Noise.byLoss(0)
                        .withOnParameters(ParameterNoise.ofCovariance(0.01, covariance))
                        .withLaw(NoiseLaw.EXPLICIT)),
                read(linear));
    }

    @Test
    void plainCrossEntropyHasNoFlips() throws IOException {
        Problem problem = read(CLASSES.replace("LOSS", "plain-cross-entropy")
                .replace("SGD", "\"learningRate\": 0.1, \"batchSize\": 2"));
        assertFalse(problem.loss().flipsLabels());
        assertEquals("plain-cross-entropy", problem.loss().name());
        assertSame(plain().withNoise(Noise.byLoss(0).withLaw(NoiseLaw.NONE)), problem);
    }

    @Test
    void gradientsAreRegularizedAsTheFileSays() throws IOException {
        Regularization clipped = Regularization.none().withClipNorm(0.5).withClipValue(0.25);
        String clip = REST + ", \"clipNorm\": 0.5, \"clipValue\": 0.25";
        assertSame(plain().withRegularization(clipped), square(clip));
        assertSame(plain().withRegularization(clipped.withWeightDecay(0.02)), square(clip + ", \"weightDecay\": 0.02"));
        assertSame(
                plain().withRegularization(clipped.withDecoupledWeightDecay(0.02)),
                square(clip + ", \"weightDecay\": {\"value\": 0.02, \"decoupled\": true}"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            "rule": "adamm" | sgd.rule is 'adamm', must be one of plain, heavy-ball, nesterov, rmsprop, adam, adamw, normalised, sam, sign; did you mean 'adam' or 'adamw'?
            "rule": 3 | sgd.rule is 3, must be a string
            "rule": {"kind": "adam", "beta": 0.9} | sgd.rule.beta is unknown, must be one of kind, beta1, beta2, epsilon; did you mean 'beta1' or 'beta2'?
            "rule": {"kind": "adam", "beta1": 1} | sgd.rule: adam: beta1 is 1.0, must be in [0.0, 1.0)
            "rule": "heavy-ball" | sgd.rule: heavy-ball: momentum is missing, must be given
            "rule": "adam", "momentum": 0.9 | sgd.momentum is 0.9, must be left out, for the rule adam has none
            "batches": "without" | sgd.batches is 'without', must be one of full, with-replacement, distinct, without-replacement; did you mean 'without-replacement'?
            "batches": "full" | sgd.batchSize is 2, must be left out, or the word "full", for batches of all samples
            "batches": {"kind": "given", "indices": [[0], [1]]} | sgd.batchSize is given, must be left out, for the batches are given
            "noise": "gauss" | sgd.noise is 'gauss', must be one of none, rademacher, gaussian, label-flip, transition, explicit, anti-correlated; did you mean 'gaussian'?
            "noise": "none" | sgd.labelNoise is given, must be left out, for the noise none has none
            "noise": "label-flip" | sgd.labelNoise is given, must be left out, for the noise label-flip has none
            "parameterNoise": 1 | sgd.parameterNoise is given, must be given with noise anti-correlated
            "weightDecay": -1 | sgd.weightDecay is -1.0, must be at least 0
            "weightDecay": {"value": 1, "coupled": true} | sgd.weightDecay.coupled is unknown, must be one of value, decoupled; did you mean 'decoupled'?
            "clipNorm": 0 | sgd.clipNorm is 0.0, must be positive
            "steps": 3, "epochs": 2 | sgd.steps is beside epochs, must be alone
            "steps": 0 | sgd.steps is 0, must be at least 1
            "epochs": 1.5 | sgd.epochs is 1.5, must be a whole number of at least 1 that fits 32 bits
            """)
    void refusesAndSaysWhy(String more, String message) {
        assertEquals(message, refusal(SQUARE.replace("SGD", REST + ", " + more)));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            "learningRate": {"kind": "cosine", "peak": 1} | sgd.learningRate: cosine: steps is missing, must be given
            "learningRate": {"kind": "linear", "peak": 1} | sgd.learningRate.kind is 'linear', must be one of constant, steps, cosine, exponential
            "learningRate": {"kind": "cosine", "peak": 1, "steps": 1.5} | sgd.learningRate: Schedule: steps is 1.5, must be a whole number of steps, ≥ 0
            "learningRate": 0.1, "batches": {"kind": "given", "indices": [[0], [5]]} | sgd: given: sample of a batch is 5, must be in [0, 5)
            "learningRate": 0.1, "batches": {"kind": "given", "indices": [[0], 5]} | sgd.batches.indices[1] is 5, must be a list of whole numbers
            "learningRate": 0.1, "batches": "without-replacement" | sgd.batches: without-replacement: batchSize is missing, must be given
            "learningRate": 0.1, "batchSize": 6, "batches": "distinct" | sgd: distinct: batchSize is 6, must be at most 5
            "learningRate": 0.1, "batchSize": "full", "batches": "distinct" | sgd.batchSize is the string "full", must be a number, for batches distinct
            """)
    void refusesBatchesAndSchedules(String sgd, String message) {
        String rest = sgd.contains("batch") ? "" : ", \"batchSize\": 2";
        assertEquals(message, refusal(SQUARE.replace("SGD", sgd + rest + ", \"labelNoise\": 0.3")));
    }

    @Test
    void refusesNoiseThatDoesNotSuitTheLoss() {
        String flips = CLASSES.replace("LOSS", "cross-entropy");
        String rest = "\"learningRate\": 0.1, \"batchSize\": 2, \"flipProbability\": 0.2, ";
        assertEquals(
                "sgd.noise: Optimiser: noiseLaw is GAUSSIAN with the cross-entropy loss, must be one of NONE, LABEL_FLIP,"
                        + " TRANSITION, EXPLICIT, ANTI_CORRELATED",
                refusal(flips.replace("SGD", rest + "\"labelNoise\": 1, \"noise\": \"gaussian\"")));
        assertEquals(
                "sgd.noise is the string \"transition\", must be an object with matrix",
                refusal(flips.replace("SGD", rest + "\"noise\": \"transition\"")));
        assertEquals(
                "sgd.noise.matrix[1] is of length 1, must be of length 2, a square",
                refusal(flips.replace(
                        "SGD", rest + "\"noise\": {\"kind\": \"transition\", \"matrix\": [[1, 0], [1]]}")));
    }
}
