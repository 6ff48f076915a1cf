package dev.lowland.theory.arbitrary;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.check.Checks;

/**
 * A small model.
 *
 * @param kind which kind
 * @param size numbers in an input; rows of A for matrix sensing; at least 1
 * @param width hidden units; columns of A for matrix sensing; 1 for kinds without a width
 */
public record ModelChoice(ModelKind kind, int size, int width) {

    /** Sets the width to 1 where the kind has none. */
    public ModelChoice {
        Checks.notNull("model choice", "kind", kind);
        Checks.atLeast("choose a model", "size", size, 1);
        Checks.atLeast("choose a model", "width", width, 1);
        width = kind.isWide() ? width : 1;
    }

    /** The model. */
    public Model model() {
        return switch (kind) {
            case LINEAR -> Models.linear(size);
            case QUADRATIC -> Models.quadratic(size);
            case DEEP_LINEAR -> Models.deepLinear(size, width, 1);
            case MATRIX_SENSING -> Models.matrixSensing(size, width, 1);
            case MLP_TANH -> Models.mlp(size, width, 1).withActivation(Activation.TANH);
        };
    }

    /** The field {@code model} of a problem file. */
    String json() {
        return switch (kind) {
            case LINEAR -> "{\"kind\": \"linear\"}";
            case QUADRATIC -> "{\"kind\": \"quadratic\"}";
            case DEEP_LINEAR -> "{\"kind\": \"deep-linear\", \"layers\": [" + size + ", " + width + ", 1]}";
            case MATRIX_SENSING ->
                "{\"kind\": \"matrix-sensing\", \"rows\": " + size + ", \"cols\": " + width + ", \"rank\": 1}";
            case MLP_TANH ->
                "{\"kind\": \"mlp\", \"layers\": [" + size + ", " + width + ", 1], \"activation\": \"tanh\"}";
        };
    }

    /** The Java expression that makes it again. */
    @Override
    public String toString() {
        return "new ModelChoice(ModelKind." + kind + ", " + size + ", " + width + ")";
    }
}
