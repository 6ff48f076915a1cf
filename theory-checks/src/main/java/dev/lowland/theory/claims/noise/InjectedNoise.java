package dev.lowland.theory.claims.noise;

import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.SgdStepper;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Draws of the noise that random labels inject into a step at a fixed point: the step with noise less the step without,
 * for the same batch. Draw (step k, lane l) is independent of every other. Mutable, for one thread.
 */
final class InjectedNoise {

    static final int LANES = 64;

    private final SgdStepper noisy;
    private final SgdStepper clean;
    private final double[] start;
    private final double[] rest;
    private final double[] noise;

    /**
     * @param setting problem and point
     * @param noisySgd the optimiser; no momentum
     * @param cleanSgd the same without noise and with the same seed, so that it draws the same batches
     */
    InjectedNoise(Setting setting, LabelNoiseSgd noisySgd, LabelNoiseSgd cleanSgd) {
        noisy = noisySgd.compile(setting.objective(), LANES).newStepper();
        clean = cleanSgd.compile(setting.objective(), LANES).newStepper();
        int count = setting.parameters();
        start = new double[count * LANES];
        rest = new double[count * LANES];
        noise = new double[count * LANES];
        DMatrixRMaj theta = setting.theta();
        for (int i = 0; i < count; i++) {
            Arrays.fill(start, i * LANES, (i + 1) * LANES, theta.data[i]);
        }
        noisy.start(Dense.array(theta), 0);
        clean.start(Dense.array(theta), 0);
    }

    /**
     * The draws of step k, entry i of lane l at [i·LANES + l]; live until the next call.
     *
     * @param step k ≥ 0
     */
    double[] draw(long step) {
        noisy.restore(step, start, rest);
        clean.restore(step, start, rest);
        noisy.step();
        clean.step();
        double[] with = noisy.parameters();
        double[] without = clean.parameters();
        for (int i = 0; i < noise.length; i++) {
            noise[i] = with[i] - without[i];
        }
        return noise;
    }
}
