package dev.lowland.theory.claims;

import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.FlowStatus;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.ScaledPotential;
import dev.lowland.optim.flatness.SlowFlow;
import dev.lowland.optim.flatness.SlowFlowResult;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.claim.Theory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * One start, one learning rate and two strengths, λ and 4λ, run for the same slow time: T and T/4 steps.
 *
 * <p>The mean of the runs and the slow flow agree to leading order in λ: their distance after a fixed slow time ηλT is c₁λ + c₂λ² + …. From
 * the two strengths, (4 x(λ) − x(4λ))/3 has no term of order λ left. The same combination is taken of every prediction.
 *
 * @param setting the problem and its zero-loss point
 * @param sharpness ηλmax at the start
 * @param strength λ
 * @param steps T, a multiple of 4·{@link #CHECKPOINTS}
 */
record DriftCase(Setting setting, double sharpness, double strength, long steps) {

    /** How many states of the path are kept, the end included. */
    static final int CHECKPOINTS = 20;

    /** Size of the motion that T is chosen for, ηλT‖P_T∇R‖ at the start. */
    private static final double DISPLACEMENT = 0.2;

    /** Size of the allowance for what is left, in units of the square of the start-up lag at 4λ over the displacement. */
    private static final double REMAINDER = 16;

    /** Chooses T so that the drift would go a distance of 0.2 at the speed it starts with. */
    static DriftCase of(Setting setting, double sharpness, double strength) {
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        double learningRate = setting.learningRate(sharpness);
        Regularizer.of(setting.objective(), learningRate, 0).gradient(setting.theta(), gradient);
        double speed = learningRate * strength * Dense.norm(Dense.times(setting.nullProjector(), gradient));
        long unit = 4L * CHECKPOINTS;
        long steps = unit * Math.max(1, Math.round(DISPLACEMENT / speed / unit));
        return new DriftCase(setting, sharpness, strength, steps);
    }

    String name() {
        return String.format(Locale.ROOT, "%s, ηλmax = %.1f", setting.family(), sharpness);
    }

    /** Checkpoints of the run at factor·λ, with factor 1 or 4. */
    long[] checkpoints(int factor) {
        long[] out = new long[CHECKPOINTS];
        for (int i = 0; i < CHECKPOINTS; i++) {
            out[i] = steps / factor / CHECKPOINTS * (i + 1);
        }
        return out;
    }

    /** Full-batch label-noise SGD with the strength factor·λ. */
    LabelNoiseSgd sgd(int factor, long seed) {
        double learningRate = setting.learningRate(sharpness);
        double variance = factor * strength * setting.objective().sampleCount() / learningRate;
        return LabelNoiseSgd.builder()
                .learningRate(learningRate)
                .fullBatch()
                .labelNoise(Math.sqrt(variance))
                .seed(seed)
                .build();
    }

    /**
     * The theory's paths.
     *
     * @param theory the theory under test
     */
    Path theory(Theory theory) {
        DriftPotential regularizer = Regularizer.of(setting.objective(), setting.learningRate(sharpness), 0);
        return path("R", new ScaledPotential(regularizer, theory.gradientFactor()), theory.lambdaFactor());
    }

    /** The paths of the wrong theory with ¼ tr H in place of R. */
    Path quarterTrace(String name) {
        return path(name, QuarterTrace.of(setting.objective()), 1);
    }

    /** The paths of the wrong theory with another λ. */
    Path otherStrength(String name, double factor) {
        return path(name, Regularizer.of(setting.objective(), setting.learningRate(sharpness), 0), factor);
    }

    private Path path(String name, DriftPotential potential, double lambdaFactor) {
        return new Path(name, flow(potential, lambdaFactor, 1), flow(potential, lambdaFactor, 4));
    }

    private List<DMatrixRMaj> flow(DriftPotential potential, double lambdaFactor, int factor) {
        SlowFlowResult result = SlowFlow.of(setting.objective(), sgd(factor, 1))
                .withPotential(potential)
                .withStrength(factor * strength * lambdaFactor)
                .run(setting.theta(), checkpoints(factor));
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
     * Half-width of the band that the theory allows after the combination: the square of four times the start-up lag at 4λ, over the
     * displacement. The lag, ½λ P_T∇³L[Π H⁻¹(2 − ηH)⁻²], is the drift lost while the fluctuations build up, the one term of order λ with a
     * closed form; the whole term of order λ is of its size, and what is left is of the size of that term squared.
     *
     * @param displacement size of the predicted motion
     */
    double bias(double displacement) {
        int count = setting.parameters();
        int rank = setting.rank();
        double learningRate = setting.learningRate(sharpness);
        double[] values = setting.spectrum().values();
        double[] weights = new double[count];
        for (int i = count - rank; i < count; i++) {
            weights[i] = 1 / (Math.sqrt(values[i]) * (2 - learningRate * values[i]));
        }
        DMatrixRMaj directions = Dense.columnsScaled(setting.spectrum().vectors(), weights);
        DMatrixRMaj third = new DMatrixRMaj(count, 1);
        setting.objective().thirdOrder(setting.theta(), directions, third);
        double lag = 0.5 * 4 * strength * Dense.norm(Dense.times(setting.nullProjector(), third));
        return REMAINDER * lag * lag / displacement;
    }

    /**
     * Predicted displacements from the start at the checkpoints.
     *
     * @param name whose prediction
     * @param weak at λ
     * @param strong at 4λ
     */
    record Path(String name, List<DMatrixRMaj> weak, List<DMatrixRMaj> strong) {

        /** (4 x(λ) − x(4λ))/3 at the end. */
        DMatrixRMaj end() {
            int last = CHECKPOINTS - 1;
            return Dense.scaled(1.0 / 3, Dense.minus(Dense.scaled(4, weak.get(last)), strong.get(last)));
        }
    }
}
