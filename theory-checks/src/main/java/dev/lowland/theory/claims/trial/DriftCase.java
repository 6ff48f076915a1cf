package dev.lowland.theory.claims.trial;

import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * One start, one learning rate and two strengths, λ and 4λ, run for the same slow time: T and T/4 steps.
 *
 * <p>The mean of the runs and the slow flow agree to leading order in λ: their distance after a fixed slow time ηλT is
 * c₁λ + c₂λ² + …. From the two strengths, (4 x(λ) − x(4λ))/3 has no term of order λ left. The same combination is taken
 * of every prediction.
 *
 * @param setting the problem and its zero-loss point
 * @param sharpness eλmax at the start, e = η/(1+β)
 * @param momentum β
 * @param strength λ
 * @param steps T, a multiple of 4·{@link #CHECKPOINTS}
 */
public record DriftCase(Setting setting, double sharpness, double momentum, double strength, long steps) {

    /** How many states of the path are kept, the end included. */
    public static final int CHECKPOINTS = 20;

    /** Size of the motion that T is chosen for, ηλT‖P_T∇R‖ at the start. */
    public static final double DISPLACEMENT = 0.2;

    /**
     * Size of the allowance for what is left, in units of the square of the start-up lag at 4λ over the displacement.
     */
    private static final double REMAINDER = 16;

    /** Without momentum; chooses T so that the drift would go a distance of 0.2 at the speed it starts with. */
    public static DriftCase of(Setting setting, double sharpness, double strength) {
        return of(setting, sharpness, 0, strength);
    }

    /** Chooses T so that the drift would go a distance of 0.2 at the speed it starts with. */
    public static DriftCase of(Setting setting, double sharpness, double momentum, double strength) {
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        double learningRate = (1 + momentum) * setting.learningRate(sharpness);
        Regularizer.of(setting.objective(), learningRate, momentum).gradient(setting.theta(), gradient);
        double slope = Dense.norm(Dense.times(setting.nullProjector(), gradient));
        double speed = learningRate / (1 - momentum) * strength * slope;
        long unit = 4L * CHECKPOINTS;
        long steps = unit * Math.max(1, Math.round(DISPLACEMENT / speed / unit));
        return new DriftCase(setting, sharpness, momentum, strength, steps);
    }

    /** η. */
    public double learningRate() {
        return (1 + momentum) * setting.learningRate(sharpness);
    }

    public String name() {
        return momentum == 0
                ? String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness)
                : String.format(Locale.ROOT, "%s, β = %.1f, eλmax = %.2f", setting.family(), momentum, sharpness);
    }

    /** Checkpoints of the run at factor·λ, with factor 1 or 4. */
    public long[] checkpoints(int factor) {
        long[] out = new long[CHECKPOINTS];
        for (int i = 0; i < CHECKPOINTS; i++) {
            out[i] = steps / factor / CHECKPOINTS * (i + 1);
        }
        return out;
    }

    /** Full-batch label-noise SGD with the strength factor·λ. */
    public LabelNoiseSgd sgd(int factor, long seed) {
        double variance = factor * strength * setting.objective().sampleCount() * (1 - momentum) / learningRate();
        return LabelNoiseSgd.of(learningRate())
                .withMomentum(momentum)
                .withFullBatch()
                .withLabelNoise(Math.sqrt(variance))
                .withSeed(seed);
    }

    /**
     * The theory's paths.
     *
     * @param theory the theory under test
     */
    public Path theory(Theory theory) {
        DriftPotential regularizer = Regularizer.of(setting.objective(), learningRate(), momentum);
        return path("R", new ScaledPotential(regularizer, theory.gradientFactor()), theory.lambdaFactor());
    }

    /** The paths of the wrong theory with ¼ tr H in place of R. */
    public Path quarterTrace(String name) {
        return path(name, QuarterTrace.of(setting.objective()), 1);
    }

    /** The paths of the wrong theory with another λ. */
    public Path otherStrength(String name, double factor) {
        return path(name, Regularizer.of(setting.objective(), learningRate(), momentum), factor);
    }

    /** The paths of the wrong theory whose R has η in place of η/(1+β). */
    public Path momentumIgnoredInR(String name) {
        return path(name, Regularizer.of(setting.objective(), learningRate(), 0), 1);
    }

    /** The paths of the wrong theory that takes momentum for plain SGD at η/(1−β), which has the same λ. */
    public Path plain(String name) {
        double faster = learningRate() / (1 - momentum);
        return new Path(name, plainFlow(faster, 1), plainFlow(faster, 4));
    }

    private List<DMatrixRMaj> plainFlow(double faster, int factor) {
        LabelNoiseSgd sgd = sgd(factor, 1).withLearningRate(faster).withMomentum(0);
        return displacements(SlowFlow.of(setting.objective(), sgd).run(setting.theta(), checkpoints(factor)));
    }

    private Path path(String name, DriftPotential potential, double lambdaFactor) {
        return new Path(name, flow(potential, lambdaFactor, 1), flow(potential, lambdaFactor, 4));
    }

    private List<DMatrixRMaj> flow(DriftPotential potential, double lambdaFactor, int factor) {
        SlowFlowResult result = SlowFlow.of(setting.objective(), sgd(factor, 1))
                .withDrift(potential)
                .withStrength(factor * strength * lambdaFactor)
                .run(setting.theta(), checkpoints(factor));
        return displacements(result);
    }

    private List<DMatrixRMaj> displacements(SlowFlowResult result) {
        List<DMatrixRMaj> displacements = new ArrayList<>();
        for (int i = 0; i < CHECKPOINTS; i++) {
            displacements.add(
                    result.status() == FlowStatus.FINISHED
                            ? Dense.minus(result.path().get(i).parameters(), setting.theta())
                            : Dense.scaled(Double.NaN, setting.theta()));
        }
        return displacements;
    }

    /**
     * Half-width of the band that the theory allows after the combination: the square of four times the start-up lag at
     * 4λ, over the displacement. The lag is the drift lost while the fluctuations build up, ½(η/(1−β)) P_T∇³L[Σ_k (S −
     * S_k)], without momentum ½λ P_T∇³L[Π H⁻¹(2 − ηH)⁻²]: the one term of order λ with a closed form. The whole term of
     * order λ is of its size, and what is left is of the size of that term squared.
     *
     * @param displacement size of the predicted motion
     */
    public double bias(double displacement) {
        int count = setting.parameters();
        int rank = setting.rank();
        double[] values = setting.spectrum().values();
        double[] weights = new double[count];
        for (int i = count - rank; i < count; i++) {
            weights[i] = Math.sqrt(missingVariance(values[i]));
        }
        DMatrixRMaj directions = Dense.columnsScaled(setting.spectrum().vectors(), weights);
        DMatrixRMaj third = new DMatrixRMaj(count, 1);
        setting.objective().thirdOrder(setting.theta(), directions, third);
        double slow = learningRate() / (1 - momentum);
        double lag = 0.5 * slow * 4 * strength * Dense.norm(Dense.times(setting.nullProjector(), third));
        return REMAINDER * lag * lag / displacement;
    }

    /** Σ_k (s − s_k)/λ, s_k the variance after k steps along an eigenvector with eigenvalue h, s its limit. */
    private double missingVariance(double h) {
        double a = learningRate() * h;
        double limit = 1 / (2 - a / (1 + momentum));
        double noise = a * (1 - momentum);
        double now = 0;
        double lagged = 0;
        double before = 0;
        double missing = 0;
        double drag = 1 + momentum - a;
        while (Math.abs(limit - now) > 1e-9 * limit || Math.abs(limit - before) > 1e-9 * limit) {
            missing += limit - now;
            double next = drag * drag * now - 2 * drag * momentum * lagged + momentum * momentum * before + noise;
            lagged = drag * now - momentum * lagged;
            before = now;
            now = next;
        }
        return missing;
    }

    /**
     * Predicted displacements from the start at the checkpoints.
     *
     * @param name whose prediction
     * @param weak at λ
     * @param strong at 4λ
     */
    public record Path(String name, List<DMatrixRMaj> weak, List<DMatrixRMaj> strong) {

        /** (4 x(λ) − x(4λ))/3 at the end. */
        public DMatrixRMaj end() {
            int last = CHECKPOINTS - 1;
            return Dense.scaled(1.0 / 3, Dense.minus(Dense.scaled(4, weak.get(last)), strong.get(last)));
        }
    }
}
