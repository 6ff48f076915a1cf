package dev.lowland.cli.problem;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads the field {@code model}: which f(θ; x), and of which numbers θ consists.
 *
 * @param model the model
 * @param parameterCount P
 * @param composition what θ consists of, in words for error messages
 * @param layers sizes of the layers of {@code mlp} and {@code deep-linear}; empty for the others
 */
record ModelReader(Model model, int parameterCount, String composition, List<Integer> layers) {
    private static final List<String> KINDS = List.of("linear", "quadratic", "mlp", "deep-linear", "matrix-sensing");
    private static final List<String> LATER = List.of("convnet", "resnet");
    private static final List<String> ACTIVATIONS = Arrays.stream(Activation.values())
            .map(a -> a.name().toLowerCase(Locale.ROOT))
            .toList();

    static ModelReader of(JsonFields root, int inputSize) {
        JsonFields fields = root.object("model");
        String kind = fields.text("kind");
        return switch (kind) {
            case "linear" -> {
                fields.allowOnly(List.of("kind"));
                yield new ModelReader(
                        Models.linear(inputSize), inputSize, "one for each of the " + inputSize + " inputs", List.of());
            }
            case "quadratic" -> {
                fields.allowOnly(List.of("kind"));
                int count = count(fields, 2L * inputSize);
                yield new ModelReader(
                        Models.quadratic(inputSize),
                        count,
                        "u (" + inputSize + ") and v (" + inputSize + ")",
                        List.of());
            }
            case "mlp" -> mlp(fields, inputSize);
            case "deep-linear" -> deepLinear(fields, inputSize);
            case "matrix-sensing" -> matrixSensing(fields, inputSize);
            default -> throw fields.fault("kind", refusal(kind));
        };
    }

    private static String refusal(String kind) {
        return LATER.contains(kind)
                ? "'" + kind + "' is not in this version; it has " + String.join(", ", KINDS)
                : "unknown model '" + kind + "'; " + NearestNames.advice(kind, KINDS);
    }

    private static ModelReader mlp(JsonFields fields, int inputSize) {
        fields.allowOnly(List.of("kind", "layers", "activation"));
        int[] layers = layers(fields, inputSize);
        String name = fields.text("activation");
        if (!ACTIVATIONS.contains(name)) {
            throw fields.fault(
                    "activation", "unknown activation '" + name + "'; " + NearestNames.advice(name, ACTIVATIONS));
        }
        long count = 0;
        List<String> parts = new ArrayList<>();
        for (int i = 1; i < layers.length; i++) {
            count += (layers[i - 1] + 1L) * layers[i];
            parts.add(layers[i - 1] + "×" + layers[i] + " + " + layers[i]);
        }
        return new ModelReader(
                Models.mlp(layers).withActivation(Activation.valueOf(name.toUpperCase(Locale.ROOT))),
                count(fields, count),
                String.join(" + ", parts) + " (weights and biases, layer by layer)",
                list(layers));
    }

    private static ModelReader deepLinear(JsonFields fields, int inputSize) {
        fields.allowOnly(List.of("kind", "layers"));
        int[] layers = layers(fields, inputSize);
        long count = 0;
        List<String> parts = new ArrayList<>();
        for (int i = 1; i < layers.length; i++) {
            count += (long) layers[i - 1] * layers[i];
            parts.add(layers[i - 1] + "×" + layers[i]);
        }
        return new ModelReader(
                Models.deepLinear(layers),
                count(fields, count),
                String.join(" + ", parts) + " (the matrices, layer by layer)",
                list(layers));
    }

    private static ModelReader matrixSensing(JsonFields fields, int inputSize) {
        fields.allowOnly(List.of("kind", "rows", "cols", "rank"));
        int rows = fields.wholeNumber("rows", 1);
        int cols = fields.wholeNumber("cols", 1);
        int rank = fields.wholeNumber("rank", 1);
        if ((long) rows * cols != inputSize) {
            throw fields.fault(
                    "rows",
                    "rows × cols is " + rows + " × " + cols + " = " + (long) rows * cols + ", and the data have "
                            + inputSize + " inputs a row; they must agree");
        }
        int count = count(fields, ((long) rows + cols) * rank);
        return new ModelReader(
                Models.matrixSensing(rows, cols, rank),
                count,
                "U (" + rows + "×" + rank + ") and V (" + cols + "×" + rank + ")",
                List.of());
    }

    private static int[] layers(JsonFields fields, int inputSize) {
        int[] layers = fields.wholeNumbers("layers", 1);
        if (layers.length < 2) {
            throw fields.fault(
                    "layers", "has " + layers.length + " sizes; it needs at least 2, of the inputs and of the output");
        }
        if (layers[0] != inputSize) {
            throw fields.fault(
                    "layers[0]",
                    "is " + layers[0] + ", and the data have " + inputSize + " inputs a row; they must agree");
        }
        int last = layers.length - 1;
        if (layers[last] != 1) {
            throw fields.fault("layers[" + last + "]", "is " + layers[last] + "; the last layer must have 1 output");
        }
        long most = 0;
        for (int i = 1; i < layers.length; i++) {
            most = Math.max(most, (layers[i - 1] + 1L) * layers[i]);
        }
        count(fields, most);
        return layers;
    }

    private static int count(JsonFields fields, long parameters) {
        if (parameters > Integer.MAX_VALUE - 8) {
            throw fields.fault(
                    "kind", "the model has " + parameters + " parameters; at most " + (Integer.MAX_VALUE - 8) + " fit");
        }
        return (int) parameters;
    }

    private static List<Integer> list(int[] layers) {
        return Arrays.stream(layers).boxed().collect(Collectors.toUnmodifiableList());
    }
}
