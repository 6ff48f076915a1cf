package dev.lowland.cli.problem;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.LossKind;
import dev.lowland.optim.objective.Losses;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
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
 * <p>θ may also come from a file of numpy, or be made by {@code "init": {"kind": "gaussian", "seed": 1, "scale": 0.5}},
 * see {@link ThetaReader}; data may be in files instead, relative to the problem file, in each form of
 * {@link DataForm}; and beside {@code data} there may be a {@code test} in the same forms. Targets of a loss on classes
 * are class indices below the number of the model's outputs.
 */
public final class ProblemReader {
    private static final List<String> FIELDS = List.of("model", "loss", "data", "test", "theta", "init", "sgd");

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
        return read(file, JsonFields.root(file.toString(), StrictJson.read(file)));
    }

    /**
     * Reads a problem that is not in a file.
     *
     * @param file what it is called, and what its paths are relative to
     * @param text the problem
     * @return the problem
     * @throws ProblemException if the text, or a file it refers to, breaks a rule
     */
    public static Problem read(Path file, String text) {
        Checks.notNull("read a problem", "file", file);
        Checks.notNull("read a problem", "text", text);
        return read(file, JsonFields.root(file.toString(), StrictJson.read(file.toString(), text)));
    }

    private static Problem read(Path file, JsonFields fields) {
        fields.allowOnly(FIELDS);
        LossKind loss = fields.oneOf("loss", Losses.kinds(), LossKind::name);
        SampleTable samples = DataReader.read(new DataForm.Request(fields.object("data"), file, loss, false, null));
        OptionalInt outputs = loss.readsClasses() ? OptionalInt.empty() : OptionalInt.of(samples.targetSize());
        Model model = ModelReader.read(fields, samples.inputSize(), outputs);
        if (loss.readsClasses() && model.outputSize() < 2) {
            throw fields.fault("model", "of one output", "of one a class, two at least, for the loss " + loss.name());
        }
        Data data = data(fields, "data", samples, loss, model);
        @Nullable Data heldOut = heldOut(fields, file, loss, model, samples);
        SgdSettings sgd = SgdReader.read(fields, loss, data.size());
        DMatrixRMaj theta = ThetaReader.read(fields, file, model);
        Loss of = loss.of(sgd.flipProbability(), model.outputSize());
        Problem problem = new Problem(file, model, of, data, heldOut, theta, sgd);
        try {
            sgd.optimiser().noiseLaw(problem.objective());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(file.toString(), "sgd.noise", e);
        }
        return problem;
    }

    private static Data data(JsonFields fields, String name, SampleTable table, LossKind loss, Model model) {
        if (loss.readsClasses() && table.targetSize() != 1) {
            throw fields.fault(
                    name,
                    "of " + table.targetSize() + " targets a row",
                    "of one, the class, for the loss " + loss.name());
        }
        return loss.readsClasses() ? table.toClasses(model.outputSize()) : table.toData();
    }

    private static @Nullable Data heldOut(
            JsonFields fields, Path file, LossKind loss, Model model, SampleTable training) {
        if (!fields.has("test")) {
            return null;
        }
        SampleTable table =
                DataReader.read(new DataForm.Request(fields.object("test"), file, loss, true, training.scale()));
        if (table.inputSize() != training.inputSize()) {
            throw fields.fault(
                    "test", "of " + table.inputSize() + " inputs a row", "of " + training.inputSize() + ", as data is");
        }
        if (table.targetSize() != training.targetSize()) {
            throw fields.fault(
                    "test",
                    "of " + table.targetSize() + " targets a row",
                    "of " + training.targetSize() + ", as data is");
        }
        return data(fields, "test", table, loss, model);
    }
}
