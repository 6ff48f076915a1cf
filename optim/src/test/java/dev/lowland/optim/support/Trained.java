package dev.lowland.optim.support;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Networks that have learnt something: a tanh perceptron on the targets of a smooth function with a little noise. */
public final class Trained {

    private Trained() {}

    /** Full-batch training with momentum 0.9, from the usual scaling of weights. */
    public static Problems mlp(int samples, int steps, double learningRate, long seed, int... layers) {
        Random random = new Random(seed);
        DMatrixRMaj inputs = Problems.gaussian(samples, layers[0], random);
        DMatrixRMaj targets = new DMatrixRMaj(samples, 1);
        for (int i = 0; i < samples; i++) {
            double sum = 0;
            for (int j = 0; j < layers[0]; j++) {
                sum += inputs.get(i, j) * Math.cos(j);
            }
            targets.data[i] = Math.sin(sum / Math.sqrt(layers[0])) + 0.1 * random.nextGaussian();
        }
        var model = Models.mlp(layers).withActivation(Activation.TANH);
        DMatrixRMaj theta = new DMatrixRMaj(model.parameterCount(), 1);
        int position = 0;
        for (int l = 1; l < layers.length; l++) {
            for (int e = 0; e < layers[l - 1] * layers[l]; e++) {
                theta.data[position++] = random.nextGaussian() / Math.sqrt(layers[l - 1]);
            }
            position += layers[l];
        }
        Objective objective = Objective.of(model, Losses.square(), Data.of(inputs, targets));
        LabelNoiseSgd descent = LabelNoiseSgd.of(learningRate)
                .withMomentum(0.9)
                .withFullBatch()
                .withLabelNoise(0)
                .withNoiseLaw(NoiseLaw.NONE)
                .withSeed(seed);
        return new Problems(objective, descent.run(objective, theta, steps).parameters());
    }
}
