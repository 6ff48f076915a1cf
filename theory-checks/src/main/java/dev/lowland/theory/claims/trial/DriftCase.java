package dev.lowland.theory.claims.trial;

import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Setting;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * Full-batch SGD with label noise from one start, at one learning rate, at λ and at 4λ.
 *
 * <p>For one thread.
 */
public final class DriftCase extends DriftTrial {

    /** Size of the motion that T is chosen for, ηλT‖P_T∇R‖ at the start. */
    public static final double DISPLACEMENT = 0.2;

    private final double sharpness;
    private final double momentum;
    private final double strength;

    /**
     * A case with T given.
     *
     * @param setting the problem and its zero-loss point
     * @param sharpness eλmax at the start, e = η/(1+β)
     * @param momentum β
     * @param strength λ
     * @param steps T; it is rounded to a multiple of 4·{@link #CHECKPOINTS}
     */
    public DriftCase(Setting setting, double sharpness, double momentum, double strength, long steps) {
        super(
                name(setting, sharpness, momentum),
                setting,
                factor -> sgd(setting, rate(setting, sharpness, momentum), momentum, factor * strength),
                steps);
        this.sharpness = sharpness;
        this.momentum = momentum;
        this.strength = strength;
    }

    /** Without momentum; chooses T so that the drift would go {@link #DISPLACEMENT} at the speed it starts with. */
    public static DriftCase of(Setting setting, double sharpness, double strength) {
        return of(setting, sharpness, 0, strength);
    }

    /** Chooses T so that the drift would go {@link #DISPLACEMENT} at the speed it starts with. */
    public static DriftCase of(Setting setting, double sharpness, double momentum, double strength) {
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        double learningRate = rate(setting, sharpness, momentum);
        Regularizer.of(setting.objective(), learningRate, momentum).gradient(setting.theta(), gradient);
        double slope = Dense.norm(Dense.times(setting.nullProjector(), gradient));
        double speed = learningRate / (1 - momentum) * strength * slope;
        long steps = TwoStrengths.steps(DISPLACEMENT / speed, CHECKPOINTS);
        return new DriftCase(setting, sharpness, momentum, strength, steps);
    }

    private static double rate(Setting setting, double sharpness, double momentum) {
        return (1 + momentum) * setting.learningRate(sharpness);
    }

    private static String name(Setting setting, double sharpness, double momentum) {
        return momentum == 0
                ? String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness)
                : String.format(Locale.ROOT, "%s, β = %.1f, eλmax = %.2f", setting.family(), momentum, sharpness);
    }

    private static LabelNoiseSgd sgd(Setting setting, double learningRate, double momentum, double strength) {
        double variance = strength * setting.objective().sampleCount() * (1 - momentum) / learningRate;
        return LabelNoiseSgd.of(learningRate)
                .withMomentum(momentum)
                .withFullBatch()
                .withLabelNoise(Math.sqrt(variance));
    }

    /** eλmax at the start, e = η/(1+β). */
    public double sharpness() {
        return sharpness;
    }

    /** β. */
    public double momentum() {
        return momentum;
    }

    /** λ. */
    public double strength() {
        return strength;
    }

    /** η. */
    public double learningRate() {
        return rate(setting(), sharpness, momentum);
    }

    /**
     * The theory's paths.
     *
     * @param name for figures
     * @param theory the theory under test
     */
    public DriftPath theory(String name, Theory theory) {
        DriftPotential regularizer = Regularizer.of(setting().objective(), learningRate(), momentum);
        return path(name, new ScaledPotential(regularizer, theory.gradientFactor()), theory.lambdaFactor());
    }

    /** The paths of the wrong theory with ¼ tr H in place of R. */
    public DriftPath quarterTrace(String name) {
        return path(name, QuarterTrace.of(setting().objective()), 1);
    }

    /** The paths of the wrong theory with another λ. */
    public DriftPath otherStrength(String name, double factor) {
        return path(name, Regularizer.of(setting().objective(), learningRate(), momentum), factor);
    }

    /** The paths of the wrong theory whose R has η in place of η/(1+β). */
    public DriftPath momentumIgnoredInR(String name) {
        return path(name, Regularizer.of(setting().objective(), learningRate(), 0), 1);
    }

    /** The paths of the wrong theory that takes momentum for plain SGD at η/(1−β), which has the same λ. */
    public DriftPath plain(String name) {
        double faster = learningRate() / (1 - momentum);
        return path(
                name,
                sgd -> SlowFlow.of(
                        setting().objective(), sgd.withLearningRate(faster).withMomentum(0)));
    }

    private DriftPath path(String name, DriftPotential potential, double lambdaFactor) {
        return new DriftPath(
                name, flow(potential, lambdaFactor, 1), flow(potential, lambdaFactor, TwoStrengths.FACTOR));
    }

    private List<DMatrixRMaj> flow(DriftPotential potential, double lambdaFactor, int factor) {
        SlowFlowResult result = SlowFlow.of(setting().objective(), optimiser(factor))
                .withDrift(potential)
                .withStrength(factor * strength * lambdaFactor)
                .run(setting().theta(), checkpoints(factor));
        return DriftPath.displacements(result, setting().theta());
    }

    /**
     * Half-width of the band that the theory allows after the combination: the square of four times the start-up lag at
     * 4λ, over the displacement. The lag is the drift lost while the fluctuations build up, ½(η/(1−β)) P_T∇³L[Σ_k (S −
     * S_k)], without momentum ½λ P_T∇³L[Π H⁻¹(2 − ηH)⁻²]: the one term of order λ with a closed form. The whole term of
     * order λ is of its size, and what is left is of the size of that term squared.
     *
     * @param displacement size of the predicted motion
     */
    @Override
    public double bias(double displacement) {
        int count = setting().parameters();
        int rank = setting().rank();
        double[] values = setting().spectrum().values();
        double[] weights = new double[count];
        for (int i = count - rank; i < count; i++) {
            weights[i] = Math.sqrt(missingVariance(values[i]));
        }
        DMatrixRMaj directions = Dense.columnsScaled(setting().spectrum().vectors(), weights);
        DMatrixRMaj third = new DMatrixRMaj(count, 1);
        setting().objective().thirdOrder(setting().theta(), directions, third);
        double slow = learningRate() / (1 - momentum);
        double lag = 0.5
                * slow
                * TwoStrengths.FACTOR
                * strength
                * Dense.norm(Dense.times(setting().nullProjector(), third));
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
}
