package dev.lowland.jmh;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.ConvBlock;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import org.ejml.data.DMatrixRMaj;

/** The problems that are timed: one of each model family, at the sizes that the table of results names. */
public final class Problems {

    private Problems() {}

    /**
     * The model of a family.
     *
     * @param family {@code quadratic} (6 parameters), {@code deep-linear} (10-20-20-1), {@code matrix-sensing} (8 × 8,
     *     rank 2), {@code mlp-small} (10-20-1), {@code mlp-middle} (784-128-64-10) or {@code conv} (3×32×32 → 3×3×16,
     *     group norm, relu → 3×3×32, relu, 2×2 mean → 10)
     * @return the model
     */
    public static Model model(String family) {
        return switch (family) {
            case "quadratic" -> Models.quadratic(3);
            case "deep-linear" -> Models.deepLinear(10, 20, 20, 1);
            case "matrix-sensing" -> Models.matrixSensing(8, 8, 2);
            case "mlp-small" -> Models.mlp(10, 20, 1).withActivation(Activation.TANH);
            case "mlp-middle" -> Models.mlp(784, 128, 64, 10).withActivation(Activation.TANH);
            case "conv" ->
                Models.convnet(
                        3,
                        32,
                        32,
                        10,
                        ConvBlock.of(16, 3).withGroupNorm(4),
                        ConvBlock.of(32, 3).withPooling(ConvBlock.Pooling.AVERAGE));
            default -> throw Checks.error("model", "family", family, "one that this method names");
        };
    }

    /**
     * The square loss of a family on random data.
     *
     * @param family see {@link #model}
     * @param samples number of samples
     * @return the objective
     */
    public static Objective objective(String family, int samples) {
        return objective(model(family), samples);
    }

    /**
     * The square loss of a model on random data.
     *
     * @param model any
     * @param samples number of samples
     * @return the objective
     */
    public static Objective objective(Model model, int samples) {
        DMatrixRMaj inputs = gaussian(samples, model.inputSize(), Purpose.DATA, 1);
        DMatrixRMaj targets = gaussian(samples, model.outputSize(), Purpose.TEST, 1);
        return Objective.of(model, Losses.square(), Data.of(inputs, targets));
    }

    /**
     * A θ where training is calm: small normal numbers.
     *
     * @param objective whose parameters
     * @return P × 1
     */
    public static DMatrixRMaj theta(Objective objective) {
        double scale = 0.5 / Math.sqrt(objective.model().inputSize());
        return gaussian(objective.parameterCount(), 1, Purpose.INITIALISATION, Math.max(scale, 0.02));
    }

    /**
     * Label-noise SGD on the full batch, with a step so small that no run diverges, however long it is timed.
     *
     * @return the optimiser
     */
    public static LabelNoiseSgd sgd() {
        return LabelNoiseSgd.of(1e-4).withLabelNoise(0.1).withSeed(1);
    }

    /**
     * Normal numbers, the same in every run.
     *
     * @param rows rows
     * @param columns columns
     * @param purpose which numbers
     * @param factor standard deviation
     * @return rows × columns
     */
    public static DMatrixRMaj gaussian(int rows, int columns, Purpose purpose, double factor) {
        DMatrixRMaj m = new DMatrixRMaj(rows, columns);
        RandomStream.of(1, 0, purpose).fillGaussian(0, rows * columns, m.data, 0, 1);
        for (int i = 0; i < rows * columns; i++) {
            m.data[i] *= factor;
        }
        return m;
    }
}
