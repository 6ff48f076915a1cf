package dev.lowland.optim.curvature;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * tr H from gradients alone, as experiments with large networks estimate it: (α/σ²)·B·E‖g_noisy − g_clean‖², where both
 * gradients are of the same batch <em>at the same θ</em>. Measured after the step, the clean one is that of another
 * point, and the estimate is biased.
 *
 * <p>g_noisy is the gradient of the mean loss of B samples (drawn with replacement) at noisy targets; g_clean its
 * expectation over the noise, the gradient of the smoothed loss. Their difference is −(1/B) Σ ε_i ∇f_i for the square
 * loss, so that the estimate is unbiased for tr G at any θ, and for tr H where every residual is zero. With flipped
 * labels it is tr αG where every margin is at the minimiser, and tr H there.
 *
 * <p>Cost: two gradients a sample. Source: the experiments of Damian, Ma, Lee 2021.
 */
public final class GradientNoise {
    private static final String OPERATION = "gradient noise";

    private GradientNoise() {}

    /**
     * An estimate.
     *
     * @param value (α/σ²)·B·mean ‖g_noisy − g_clean‖²
     * @param standardError of the mean, ≥ 0
     * @param samples how many pairs of gradients
     */
    public record Estimate(double value, double standardError, int samples) {}

    /**
     * Estimates tr H.
     *
     * @param objective gives the model, the loss and the data
     * @param theta P × 1, finite. Not modified.
     * @param batchSize B ≥ 1
     * @param labelNoise σ of Rademacher noise on targets, positive; losses that flip labels take no notice of it
     * @param samples how many batches, at least 2
     * @param seed of the batches and of the noise
     * @return the estimate
     * @throws IllegalArgumentException if an argument is out of range or theta not finite
     */
    public static Estimate trace(
            Objective objective, DMatrixRMaj theta, int batchSize, double labelNoise, int samples, long seed) {
        Checks.notNull(OPERATION, "objective", objective);
        Checks.shape(OPERATION, "theta", theta, objective.parameterCount(), 1);
        Checks.finite(OPERATION, "theta", theta);
        Checks.atLeast(OPERATION, "batchSize", batchSize, 1);
        if (!objective.loss().flipsLabels()) {
            Checks.positive(OPERATION, "labelNoise", labelNoise);
        }
        Checks.atLeast(OPERATION, "samples", samples, 2);
        double numbers = (double) batchSize
                * (objective.data().inputSize() + 2.0 * objective.data().outputSize());
        Checks.room(OPERATION, "batchSize", batchSize, numbers);
        return new Run(objective, theta, batchSize, labelNoise, seed).estimate(samples);
    }

    private static final class Run {
        final Objective objective;
        final Loss loss;
        final Data data;
        final int batch;
        final double labelNoise;
        final double[] inputs;
        final double[] clean;
        final double[] noisy;
        final int[] indices;
        final double[] difference;
        final RandomStream choice;
        final RandomStream noise;
        final Program program;
        final Workspace workspace;
        final double[][] in;
        final double[][] out;

        Run(Objective objective, DMatrixRMaj theta, int batch, double labelNoise, long seed) {
            this.objective = objective;
            this.loss = objective.loss();
            this.data = objective.data();
            this.batch = batch;
            this.labelNoise = labelNoise;
            this.inputs = new double[batch * data.inputSize()];
            this.clean = new double[batch * data.outputSize()];
            this.noisy = new double[batch * data.outputSize()];
            this.indices = new int[batch];
            this.difference = new double[objective.parameterCount()];
            this.choice = RandomStream.of(seed, 0, Purpose.SAMPLE_INDEX);
            this.noise = RandomStream.of(seed, 0, loss.flipsLabels() ? Purpose.LABEL_FLIP : Purpose.LABEL_NOISE);
            this.program = compile();
            this.workspace = program.newWorkspace();
            this.in = new double[][] {theta.data, inputs, clean, noisy};
            this.out = new double[][] {difference};
        }

        /** (θ, x, y, noisy y) ↦ g_noisy − g_clean. The gradient of a difference, so that nothing of order 1 cancels. */
        private Program compile() {
            Graph graph = new Graph();
            Node theta = graph.input("theta", Shape.of(objective.parameterCount(), 1));
            Node x = graph.input("inputs", Shape.of(batch, data.inputSize()));
            Node y = graph.input("targets", Shape.of(batch, data.outputSize()));
            Node noisyY = graph.input("noisy targets", Shape.of(batch, data.outputSize()));
            Node predictions = objective.model().predict(theta, x);
            Node losses = Ops.subtract(loss.perSample(predictions, noisyY), loss.smoothed(predictions, y));
            Node gradient = Reverse.gradient(Ops.scale(Ops.sum(losses), 1.0 / batch), theta);
            return Program.compile(List.of(theta, x, y, noisyY), List.of(gradient));
        }

        Estimate estimate(int samples) {
            boolean flips = loss.flipsLabels();
            double factor = loss.curvature() / loss.noiseVariance(flips ? labelNoise : 1) * batch;
            double unit = flips ? 1 : labelNoise;
            double mean = 0;
            double squares = 0;
            for (int s = 0; s < samples; s++) {
                Checks.notInterrupted(OPERATION);
                draw(s);
                program.run(workspace, in, out);
                double value = 0;
                for (double entry : difference) {
                    value += (entry / unit) * (entry / unit);
                }
                double off = factor * value - mean;
                mean += off / (s + 1);
                squares += off * (factor * value - mean);
            }
            return new Estimate(mean, Math.sqrt(squares / ((double) samples * (samples - 1))), samples);
        }

        private void draw(int sample) {
            int outputs = data.outputSize();
            long position = (long) sample * batch;
            choice.fillIndices(position, batch, data.size(), indices, 0, 1);
            data.gatherInputs(indices, 0, batch, 1, inputs);
            data.gatherTargets(indices, 0, batch, 1, clean);
            for (int b = 0; b < batch; b++) {
                if (loss.flipsLabels()) {
                    loss.flipTarget(noise.uniform(position + b), clean, b * outputs, outputs, noisy, b * outputs, 1);
                } else {
                    for (int j = 0; j < outputs; j++) {
                        double sign = noise.sign((position + b) * outputs + j);
                        noisy[b * outputs + j] = clean[b * outputs + j] + labelNoise * sign;
                    }
                }
            }
        }
    }
}
