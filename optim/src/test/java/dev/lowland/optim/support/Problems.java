package dev.lowland.optim.support;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Small problems with a point, made from a seed. */
public record Problems(Objective objective, DMatrixRMaj theta) {

    /** Square loss at a point where every residual is zero. */
    public static Problems interpolated(Model model, int samples, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj inputs = gaussian(samples, model.inputSize(), random);
        DMatrixRMaj theta = gaussian(model.parameterCount(), 1, random);
        Data blank = Data.of(inputs, new DMatrixRMaj(samples, model.outputSize()));
        DMatrixRMaj targets = new DMatrixRMaj(samples, model.outputSize());
        Objective.of(model, Losses.square(), blank).predictions(theta, targets);
        return new Problems(Objective.of(model, Losses.square(), Data.of(inputs, targets)), theta);
    }

    /** Square loss with targets that the point does not meet. */
    public static Problems unfitted(Model model, int samples, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj inputs = gaussian(samples, model.inputSize(), random);
        DMatrixRMaj theta = gaussian(model.parameterCount(), 1, random);
        DMatrixRMaj targets = gaussian(samples, model.outputSize(), random);
        return new Problems(Objective.of(model, Losses.square(), Data.of(inputs, targets)), theta);
    }

    /** A loss on margins, with random labels. */
    public static Problems labelled(Model model, Loss loss, int samples, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj inputs = gaussian(samples, model.inputSize(), random);
        DMatrixRMaj theta = gaussian(model.parameterCount(), 1, random);
        DMatrixRMaj targets = new DMatrixRMaj(samples, 1);
        for (int i = 0; i < samples; i++) {
            targets.data[i] = random.nextBoolean() ? 1 : -1;
        }
        return new Problems(Objective.of(model, loss, Data.of(inputs, targets)), theta);
    }

    /** The six-parameter problem of the table in the notes on the theory: n = 3, f = ⟨x, u²⟩. */
    public static Problems table(long seed) {
        Random random = new Random(seed);
        DMatrixRMaj inputs = new DMatrixRMaj(3, 6);
        for (int e = 0; e < 18; e++) {
            inputs.data[e] = 3 * (random.nextDouble() - 0.5);
        }
        DMatrixRMaj theta = new DMatrixRMaj(6, 1);
        for (int e = 0; e < 6; e++) {
            theta.data[e] = 0.5 + random.nextDouble();
        }
        DMatrixRMaj targets = new DMatrixRMaj(3, 1);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 6; j++) {
                targets.data[i] += inputs.get(i, j) * theta.data[j] * theta.data[j];
            }
        }
        return new Problems(Objective.of(new SquaredWeights(6), Losses.square(), Data.of(inputs, targets)), theta);
    }

    /** One of five model families with random sizes. */
    public static Model model(long seed) {
        Random random = new Random(seed);
        switch (random.nextInt(5)) {
            case 0:
                return Models.linear(1 + random.nextInt(4));
            case 1:
                return Models.quadratic(1 + random.nextInt(3));
            case 2:
                return Models.deepLinear(2, 1 + random.nextInt(2), 2, 1);
            case 3:
                return Models.matrixSensing(2, 2, 1 + random.nextInt(2));
            default:
                return Models.mlp(2, 1 + random.nextInt(3), 1).withActivation(Activation.TANH);
        }
    }

    /** Normal numbers. */
    public static DMatrixRMaj gaussian(int rows, int columns, Random random) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int e = 0; e < matrix.getNumElements(); e++) {
            matrix.data[e] = random.nextGaussian();
        }
        return matrix;
    }
}
