package dev.lowland.optim.support;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** One golden problem with the values that 50-digit arithmetic gives. */
public final class Golden {

    /** The names of all. */
    public static final List<String> NAMES = List.of(
            "deep-linear",
            "exponential",
            "linear",
            "logistic",
            "matrix-sensing",
            "mlp-momentum",
            "mlp-tanh",
            "quadratic",
            "square-margin");

    private final Objective objective;
    private final LabelNoiseSgd sgd;
    private final DMatrixRMaj theta;
    private final Map<String, Object> expected;

    private Golden(Map<String, Object> file) {
        Map<String, Object> problem = map(file.get("problem"));
        expected = map(file.get("expected"));
        theta = column(problem.get("theta"));
        Map<String, Object> data = map(problem.get("data"));
        Map<String, Object> settings = map(problem.get("sgd"));
        Data samples = Data.of(matrix(data.get("inputs")), column(data.get("targets")));
        Loss loss = loss((String) problem.get("loss"), settings.get("flipProbability"));
        objective = Objective.of(model(map(problem.get("model")), samples.inputSize()), loss, samples);
        LabelNoiseSgd base = LabelNoiseSgd.of(number(settings.get("learningRate")))
                .withMomentum(number(settings.get("momentum")))
                .withBatchSize((int) number(settings.get("batchSize")));
        if (settings.containsKey("labelNoise")) {
            base = base.withLabelNoise(number(settings.get("labelNoise")));
        }
        sgd = base;
    }

    /** Reads one by its name. */
    public static Golden named(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
            return new Golden(map(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objective. */
    public Objective objective() {
        return objective;
    }

    /** The optimiser. */
    public LabelNoiseSgd sgd() {
        return sgd;
    }

    /** The point. */
    public DMatrixRMaj theta() {
        return theta;
    }

    /** An expected number. */
    public double value(String key) {
        return number(expected.get(key));
    }

    /** An expected vector. */
    public DMatrixRMaj vector(String key) {
        return column(expected.get(key));
    }

    /** An expected matrix. */
    public DMatrixRMaj matrixOf(String key) {
        return matrix(expected.get(key));
    }

    private static Model model(Map<String, Object> fields, int inputSize) {
        switch ((String) fields.get("kind")) {
            case "linear":
                return Models.linear(inputSize);
            case "quadratic":
                return Models.quadratic(inputSize);
            case "mlp":
                return Models.mlp(layers(fields))
                        .withActivation(
                                Activation.valueOf(((String) fields.get("activation")).toUpperCase(Locale.ROOT)));
            case "deep-linear":
                return Models.deepLinear(layers(fields));
            case "matrix-sensing":
                return Models.matrixSensing((int) number(fields.get("rows")), (int) number(fields.get("cols")), (int)
                        number(fields.get("rank")));
            default:
                throw new IllegalArgumentException(fields.toString());
        }
    }

    private static int[] layers(Map<String, Object> fields) {
        return list(fields.get("layers")).stream()
                .mapToInt(n -> (int) number(n))
                .toArray();
    }

    private static Loss loss(String name, Object flipProbability) {
        switch (name) {
            case "square":
                return Losses.square();
            case "logistic":
                return Losses.logistic(number(flipProbability));
            case "exponential":
                return Losses.exponential(number(flipProbability));
            case "square-margin":
                return Losses.squareMargin(number(flipProbability));
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private static double number(Object value) {
        return (Double) value;
    }

    private static DMatrixRMaj column(Object value) {
        double[] entries = list(value).stream().mapToDouble(Golden::number).toArray();
        return DMatrixRMaj.wrap(entries.length, 1, entries);
    }

    private static DMatrixRMaj matrix(Object value) {
        List<Object> rows = list(value);
        DMatrixRMaj matrix = new DMatrixRMaj(rows.size(), list(rows.get(0)).size());
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) {
                matrix.set(i, j, number(list(rows.get(i)).get(j)));
            }
        }
        return matrix;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
