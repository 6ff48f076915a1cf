package dev.lowland.theory.claims.limit;

import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claims.trial.ProjectedFlow;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * One start and one ratio c = σ²/B of noise to batch, run with the learning rates η and η/2 for the same slow time t =
 * η²k.
 *
 * @param setting the problem and its zero-loss point
 * @param batchSize B, empty for the full batch
 * @param sharpness ηλmax at the start, for the larger of the two learning rates
 * @param steps k for the larger learning rate, a multiple of {@link #CHECKPOINTS}; the smaller takes four times as many
 * @param ratio c
 */
record ManifoldLimitCase(Setting setting, OptionalInt batchSize, double sharpness, long steps, double ratio) {

    /** States of a path that are kept, the end included. */
    static final int CHECKPOINTS = 20;

    /** How far the flow would go at the speed it starts with. */
    private static final double DISPLACEMENT = 0.4;

    /**
     * Size of the allowance for terms of order η², in units of the square of the term of order η over the displacement.
     */
    private static final double REMAINDER = 2;

    /**
     * Chooses the number of steps so that the flow would go {@link #DISPLACEMENT} at the speed it starts with.
     *
     * @param strength λ = ηc for the larger learning rate
     */
    static ManifoldLimitCase of(Setting setting, OptionalInt batchSize, double sharpness, double strength) {
        double learningRate = setting.learningRate(sharpness);
        DMatrixRMaj identity = CommonOps_DDRM.identity(setting.parameters());
        double speed = 0.25 * strength * learningRate * Dense.norm(tangential(setting, identity));
        long steps = CHECKPOINTS * Math.max(1, Math.round(DISPLACEMENT / speed / CHECKPOINTS));
        return new ManifoldLimitCase(setting, batchSize, sharpness, steps, strength / learningRate);
    }

    String name() {
        String batch = batchSize.isPresent() ? "B = " + batchSize.getAsInt() : "full batch";
        return String.format(
                Locale.ROOT, "%s, %s, ηλmax = %.2f and %.3f", setting.family(), batch, sharpness, sharpness / 2);
    }

    /** The larger learning rate. */
    double learningRate() {
        return setting.learningRate(sharpness);
    }

    /** SGD with the learning rate η/divisor, divisor 1 or 2. */
    LabelNoiseSgd sgd(int divisor, long seed) {
        int batch = batchSize.orElse(setting.objective().sampleCount());
        LabelNoiseSgd base = LabelNoiseSgd.of(learningRate() / divisor)
                .withLabelNoise(Math.sqrt(ratio * batch))
                .withSeed(seed);
        return batchSize.isPresent() ? base.withBatchSize(batchSize.getAsInt()) : base.withFullBatch();
    }

    /** Steps to look at with the learning rate η/divisor. */
    long[] looks(int divisor) {
        long[] looks = new long[CHECKPOINTS];
        for (int i = 0; i < CHECKPOINTS; i++) {
            looks[i] = steps / CHECKPOINTS * (i + 1) * divisor * divisor;
        }
        return looks;
    }

    /** Slow times η²k of the looks. */
    double[] times() {
        double[] times = new double[CHECKPOINTS];
        for (int i = 0; i < CHECKPOINTS; i++) {
            times[i] = learningRate() * learningRate() * looks(1)[i];
        }
        return times;
    }

    /**
     * The flow dY = −factor·c P_T∇tr H dt at the slow times of the looks.
     *
     * @param factor ¼ in the theory
     */
    List<DMatrixRMaj> flow(double factor) {
        return ProjectedFlow.ofTrace(setting.objective(), factor * ratio).path(setting.theta(), times());
    }

    /**
     * Half-width of the band that the theory allows after the combination 2x(η/2) − x(η), which has no term of order η:
     * 2 a²/‖Y_t − Y_0‖ with the known terms of order η, a = (η²k/2)‖P_T∇³L[S₁]‖/η + ½λ‖P_T∇³L[ΠH⁻¹]‖/4.
     *
     * <p>S₁ is the part of S of order ηλ: ληH/4 from (2 − ηH)⁻¹, and for mini-batches the solution of GX + XG =
     * (ηλ/2B)[(1/n)Σ‖g_i‖²g_ig_iᵀ − G²], from sampling. The second term is the drift lost while the fluctuations build
     * up.
     *
     * @param share t as a share of the whole slow time
     * @param displacement ‖Y_t − Y_0‖
     */
    double bias(double share, double displacement) {
        double learningRate = learningRate();
        double strength = learningRate * ratio;
        int count = setting.parameters();
        double[] values = setting.spectrum().values();
        double[] inverse = new double[count];
        for (int i = count - setting.rank(); i < count; i++) {
            inverse[i] = 1 / values[i];
        }
        DMatrixRMaj curvature =
                Dense.scaled(learningRate * strength / 4, Dense.withSpectrum(setting.spectrum(), values));
        if (batchSize.isPresent()) {
            double factor = learningRate * strength / (2 * batchSize.getAsInt());
            CommonOps_DDRM.addEquals(curvature, factor, sampling());
        }
        double drift = 0.5 * learningRate * share * steps * Dense.norm(tangential(setting, curvature));
        double lag = strength / 8 * Dense.norm(tangential(setting, Dense.withSpectrum(setting.spectrum(), inverse)));
        return REMAINDER * (drift + lag) * (drift + lag) / displacement;
    }

    /** X with GX + XG = (1/n)Σ‖g_i‖²g_ig_iᵀ − G² on the range of G. */
    private DMatrixRMaj sampling() {
        int count = setting.parameters();
        int samples = setting.objective().sampleCount();
        DMatrixRMaj jacobian = new DMatrixRMaj(samples, count);
        setting.objective().jacobian(setting.theta(), jacobian);
        DMatrixRMaj basis = setting.spectrum().vectors();
        double[] values = setting.spectrum().values();
        DMatrixRMaj rotated = Dense.times(jacobian, basis);
        DMatrixRMaj x = new DMatrixRMaj(count, count);
        for (int a = count - setting.rank(); a < count; a++) {
            for (int b = count - setting.rank(); b < count; b++) {
                double sum = a == b ? -values[a] * values[a] : 0;
                for (int i = 0; i < samples; i++) {
                    double square = 0;
                    for (int j = 0; j < count; j++) {
                        square += rotated.get(i, j) * rotated.get(i, j);
                    }
                    sum += square * rotated.get(i, a) * rotated.get(i, b) / samples;
                }
                x.set(a, b, sum / (values[a] + values[b]));
            }
        }
        return CommonOps_DDRM.multTransB(Dense.times(basis, x), basis, null);
    }

    /** P_T∇³L[M] at the start, for a symmetric M. */
    private static DMatrixRMaj tangential(Setting setting, DMatrixRMaj matrix) {
        int count = setting.parameters();
        SymmetricEigen spectrum = SymmetricEigen.of(matrix);
        DMatrixRMaj sum = new DMatrixRMaj(count, 1);
        DMatrixRMaj part = new DMatrixRMaj(count, 1);
        for (int sign = -1; sign <= 1; sign += 2) {
            double[] roots = new double[count];
            for (int j = 0; j < count; j++) {
                roots[j] = Math.sqrt(Math.max(0, sign * spectrum.values()[j]));
            }
            setting.objective().thirdOrder(setting.theta(), Dense.columnsScaled(spectrum.vectors(), roots), part);
            CommonOps_DDRM.addEquals(sum, sign, part);
        }
        return Dense.times(setting.nullProjector(), sum);
    }
}
