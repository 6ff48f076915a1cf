package dev.lowland.theory.claims.drift;

import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.SgdProgram;
import dev.lowland.optim.sgd.SgdStepper;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Parallel;
import dev.lowland.theory.experiment.RunningEstimate;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;

/**
 * Full-batch gradient descent with isotropic normal noise on the parameters, θ_{k+1} = θ_k − η∇L + ε_k, ε_k ~ N(0,
 * ηκI), from a zero-loss point: what it does, and where the theory of arbitrary noise says it goes.
 *
 * <p>Around the valley it fluctuates with covariance S = κΠ[H(2 − ηH)]⁻¹ and so drifts by −(η/2)∇³L[S] a step. Along
 * the valley it also diffuses; runs come in pairs with opposite noise, whose mean does not.
 *
 * @param setting problem and start
 * @param learningRate η
 * @param intensity κ
 * @param steps number of steps
 */
record IsotropicNoise(Setting setting, double learningRate, double intensity, long steps) {

    private static final int LANES = 64;
    private static final int PAIRS_PER_BLOCK = LANES / 2;

    /** Steps for which noise is drawn at once. */
    private static final int AHEAD = 64;

    /** Where the slow flow with the drift −(η/2)∇³L[S(φ)] goes, less where it began; P × 1. */
    DMatrixRMaj predicted() {
        int count = setting.parameters();
        ObjectiveEvaluator evaluator = setting.objective().evaluator();
        DMatrixRMaj theta = setting.theta().copy();
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        DMatrixRMaj gradient = new DMatrixRMaj(count, 1);
        DMatrixRMaj third = new DMatrixRMaj(count, 1);
        for (long k = 0; k < steps; k++) {
            evaluator.hessian(theta, hessian);
            SymmetricEigen eigen = SymmetricEigen.of(hessian);
            double[] weights = new double[count];
            for (int i = count - setting.rank(); i < count; i++) {
                double h = eigen.values()[i];
                weights[i] = Math.sqrt(intensity / (h * (2 - learningRate * h)));
            }
            evaluator.gradient(theta, gradient);
            evaluator.thirdOrder(theta, Dense.columnsScaled(eigen.vectors(), weights), third);
            for (int i = 0; i < count; i++) {
                theta.data[i] -= learningRate * (gradient.data[i] + 0.5 * third.data[i]);
            }
        }
        return Dense.minus(theta, setting.theta());
    }

    /**
     * Half-width of the band that the theory allows: twice the drift that is lost while the fluctuations build up,
     * ½‖P_T∇³L[ΠK²]‖κ with K = [H(2 − ηH)]⁻¹, and the predicted motion times the variance (P − n)ηκT that the diffusion
     * along the valley has reached.
     *
     * @param predicted the predicted motion. Not modified.
     */
    double bias(DMatrixRMaj predicted) {
        int count = setting.parameters();
        double[] weights = new double[count];
        for (int i = count - setting.rank(); i < count; i++) {
            double h = setting.spectrum().values()[i];
            weights[i] = Math.sqrt(intensity) / (h * (2 - learningRate * h));
        }
        DMatrixRMaj third = new DMatrixRMaj(count, 1);
        setting.objective()
                .thirdOrder(
                        setting.theta(), Dense.columnsScaled(setting.spectrum().vectors(), weights), third);
        double lag = 0.5 * Dense.norm(Dense.times(setting.nullProjector(), third));
        double spread = (count - setting.rank()) * learningRate * intensity * steps;
        return 2 * lag + spread * Dense.norm(predicted);
    }

    /**
     * The mean displacement of pairs along a direction.
     *
     * @param direction P × 1. Not modified.
     * @param pairs number of pairs, a multiple of 32
     * @param threads worker threads; the result does not depend on it
     * @param seed seed of the noise
     */
    Estimate measured(DMatrixRMaj direction, int pairs, int threads, long seed) {
        SgdProgram program =
                LabelNoiseSgd.of(learningRate).withNoiseLaw(NoiseLaw.NONE).compile(setting.objective(), LANES);
        List<Callable<double[]>> blocks = new ArrayList<>();
        for (int first = 0; first < pairs; first += PAIRS_PER_BLOCK) {
            int start = first;
            blocks.add(() -> block(program.newStepper(), direction, start, seed));
        }
        RunningEstimate mean = new RunningEstimate();
        for (double[] block : Parallel.run(threads, blocks)) {
            for (double value : block) {
                mean.add(value);
            }
        }
        return mean.estimate(seed);
    }

    private double[] block(SgdStepper stepper, DMatrixRMaj direction, int firstPair, long seed) {
        int count = setting.parameters();
        double deviation = Math.sqrt(learningRate * intensity);
        double[] state = new double[count * LANES];
        double[] rest = new double[count * LANES];
        double[] noise = new double[AHEAD * count * PAIRS_PER_BLOCK];
        stepper.start(Dense.array(setting.theta()), 0);
        for (long k = 0; k < steps; k++) {
            int within = (int) (k % AHEAD);
            if (within == 0) {
                Interruption.check();
                draw(noise, k * count, firstPair, seed);
            }
            stepper.step();
            double[] moved = stepper.parameters();
            for (int i = 0; i < count; i++) {
                for (int p = 0; p < PAIRS_PER_BLOCK; p++) {
                    double kick = deviation * noise[(within * count + i) * PAIRS_PER_BLOCK + p];
                    int lane = i * LANES + 2 * p;
                    state[lane] = moved[lane] + kick;
                    state[lane + 1] = moved[lane + 1] - kick;
                }
            }
            stepper.restore(k + 1, state, rest);
        }
        double[] along = new double[PAIRS_PER_BLOCK];
        for (int i = 0; i < count; i++) {
            double weight = direction.data[i];
            for (int p = 0; p < PAIRS_PER_BLOCK; p++) {
                double middle = 0.5 * (state[i * LANES + 2 * p] + state[i * LANES + 2 * p + 1]);
                along[p] += weight * (middle - setting.theta().data[i]);
            }
        }
        return along;
    }

    private void draw(double[] noise, long position, int firstPair, long seed) {
        for (int p = 0; p < PAIRS_PER_BLOCK; p++) {
            RandomStream.of(seed, firstPair + p, Purpose.PROBE)
                    .fillGaussian(position, AHEAD * setting.parameters(), noise, p, PAIRS_PER_BLOCK);
        }
    }
}
