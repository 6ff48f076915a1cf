package dev.lowland.cli.problem;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.LossKind;
import dev.lowland.optim.objective.Losses;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Reads a problem file, strictly. Thread-safe, without state.
 *
 * <pre>{@code
 * {
 *   "model": {"kind": "mlp", "layers": [2, 3, 1], "activation": "tanh"},
 *   "loss":  "square",
 *   "data":  {"inputs": [[0.1, 0.2], [0.3, 0.4]], "targets": [0.5, -0.5]},
 *   "theta": [0.1, 0.2, ...],
 *   "sgd":   {"learningRate": 0.1, "momentum": 0.0, "batchSize": 2, "labelNoise": 0.3}
 * }
 * }</pre>
 *
 * <p>In place of {@code theta} there may be {@code "init": {"kind": "gaussian", "seed": 1, "scale": 0.5}}, see
 * {@link Initialisation}; in place of inline data {@code {"csv": "file.csv", "inputs": ["x1", "x2"], "target": "y"}},
 * relative to the problem file; and beside {@code data} a {@code test} in the same forms.
 */
public final class ProblemReader {
    private static final List<String> FIELDS = List.of("model", "loss", "data", "test", "theta", "init", "sgd");
    private static final List<String> LATER = List.of("cross-entropy");

    private ProblemReader() {}

    /**
     * Reads a problem.
     *
     * @param file the problem file
     * @return the problem
     * @throws ProblemException if the file, or a file it refers to, breaks a rule; the message names the file, the
     *     field and the rule in one line
     */
    public static Problem read(Path file) {
        JsonFields fields = JsonFields.root(file.toString(), StrictJson.read(file));
        fields.allowOnly(FIELDS);
        LossKind loss = fields.oneOf("loss", Losses.kinds(), LossKind::name, LATER);
        SampleTable samples = DataReader.read(fields, "data", file, loss);
        Model model = ModelReader.read(fields, samples.inputSize(), samples.targetSize());
        @Nullable Data heldOut = heldOut(fields, file, loss, samples.inputSize());
        SgdSettings sgd = SgdReader.read(fields, loss);
        DMatrixRMaj theta = theta(fields, model);
        return new Problem(file, model, loss.of(sgd.flipProbability()), samples.toData(), heldOut, theta, sgd);
    }

    private static @Nullable Data heldOut(JsonFields fields, Path file, LossKind loss, int inputSize) {
        if (!fields.has("test")) {
            return null;
        }
        SampleTable table = DataReader.read(fields, "test", file, loss);
        if (table.inputSize() != inputSize) {
            throw fields.fault("test", "of " + table.inputSize() + " inputs a row", "of " + inputSize + ", as data is");
        }
        return table.toData();
    }

    private static DMatrixRMaj theta(JsonFields fields, Model model) {
        boolean given = fields.has("theta");
        if (given == fields.has("init")) {
            throw fields.fault("theta", given ? "beside init" : "missing", given ? "alone" : "given, or init");
        }
        if (!given) {
            return Initialisation.read(fields.object("init"), model);
        }
        double[] numbers = fields.numbers("theta");
        if (numbers.length != model.parameterCount()) {
            throw fields.fault(
                    "theta",
                    "of length " + numbers.length,
                    model.blocks().stream()
                            .map(ParameterBlock::toString)
                            .collect(Collectors.joining(", ", "of length " + model.parameterCount() + ": ", "")));
        }
        return new DMatrixRMaj(numbers.length, 1, true, numbers);
    }
}
