package dev.lowland.cli.problem;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.autodiff.nn.Model;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Reads the field {@code init}, which stands in place of {@code theta}: an {@link Initialiser} by its label.
 *
 * <p>{@code scale} multiplies what is drawn, positive, 1 where it is left out; {@code seed} is a whole number, 1 where
 * it is left out. The numbers depend on nothing but the kind, the seed, the scale and the model.
 */
final class Initialisation {
    private Initialisation() {}

    static DMatrixRMaj read(JsonFields fields, Model model) {
        fields.allowOnly(List.of("kind", "seed", "scale"));
        Initialiser initialiser = fields.oneOf("kind", List.of(Initialiser.values()), Initialiser::label);
        if (!initialiser.suits(model)) {
            throw fields.fault(
                    "kind",
                    "'" + initialiser.label() + "', which is for models with layers",
                    "another, for the model " + model.kind() + " has none");
        }
        long seed = fields.has("seed") ? fields.longNumber("seed") : 1;
        double scale = fields.has("scale") ? fields.number("scale") : 1.0;
        if (!(scale > 0)) {
            throw fields.fault("scale", String.valueOf(scale), "positive");
        }
        return initialiser.theta(model, seed, scale);
    }
}
