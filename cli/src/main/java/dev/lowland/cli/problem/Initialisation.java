package dev.lowland.cli.problem;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Reads the field {@code init}, which stands in place of {@code theta}.
 *
 * <ul>
 *   <li>{@code zeros}: θ = 0.
 *   <li>{@code gaussian}: every number is drawn from N(0, s²).
 *   <li>{@code xavier}, for {@code mlp} and {@code deep-linear}: weights from N(0, 2s² / (in + out)), biases 0 (Glorot
 *       and Bengio, AISTATS 2010).
 * </ul>
 *
 * <p>{@code scale} is s, positive, 1 where it is left out; {@code seed} is a whole number, 1 where it is left out. The
 * numbers depend on nothing but the kind, the seed, the scale and the shape.
 */
final class Initialisation {
    private static final List<String> KINDS = List.of("zeros", "gaussian", "xavier");

    private Initialisation() {}

    static DMatrixRMaj read(JsonFields fields, ModelReader model) {
        fields.allowOnly(List.of("kind", "seed", "scale"));
        String kind = fields.text("kind");
        if (!KINDS.contains(kind)) {
            throw fields.fault("kind", "unknown initialisation '" + kind + "'; " + NearestNames.advice(kind, KINDS));
        }
        if (kind.equals("xavier") && model.layers().isEmpty()) {
            throw fields.fault(
                    "kind",
                    "'xavier' needs a model with layers; the model "
                            + model.model().kind() + " has none");
        }
        long seed = fields.has("seed") ? fields.longNumber("seed") : 1;
        double scale = fields.has("scale") ? fields.number("scale") : 1.0;
        if (!(scale > 0)) {
            throw fields.fault("scale", "is " + scale + "; it must be positive");
        }
        DMatrixRMaj theta = new DMatrixRMaj(model.parameterCount(), 1);
        RandomStream stream = RandomStream.of(seed, 0, Purpose.INITIALISATION);
        switch (kind) {
            case "gaussian" -> {
                stream.fillGaussian(0, model.parameterCount(), theta.data, 0, 1);
                scale(theta, 0, model.parameterCount(), scale);
            }
            case "xavier" -> xavier(stream, model, scale, theta);
            default -> {
                return theta;
            }
        }
        return theta;
    }

    private static void xavier(RandomStream stream, ModelReader model, double scale, DMatrixRMaj theta) {
        List<Integer> layers = model.layers();
        boolean biases = model.model().kind().equals("mlp");
        int position = 0;
        for (int i = 1; i < layers.size(); i++) {
            int in = layers.get(i - 1);
            int out = layers.get(i);
            stream.fillGaussian(position, in * out, theta.data, position, 1);
            scale(theta, position, in * out, scale * Math.sqrt(2.0 / ((double) in + out)));
            position += in * out + (biases ? out : 0);
        }
    }

    private static void scale(DMatrixRMaj theta, int from, int count, double factor) {
        for (int i = from; i < from + count; i++) {
            theta.data[i] *= factor;
        }
    }
}
