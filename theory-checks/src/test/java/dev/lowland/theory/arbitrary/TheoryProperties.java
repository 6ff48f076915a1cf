package dev.lowland.theory.arbitrary;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.experiment.Setting;
import java.util.Arrays;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;

/**
 * The identities of the theory over random problems and hyperparameters, at least 1,000 each. The mathematics is in
 * {@link Identities}.
 */
@Label("the theory's identities")
@Tag("slow")
class TheoryProperties {

    /** So many that 1,000 are left when the few without a clear rank are gone. */
    private static final int TRIES = 1020;

    private static void rounding(double error, double tolerance) {
        assertTrue(error <= tolerance, () -> "relative error " + error + ", " + tolerance + " is allowed");
    }

    /** An eigenvalue that is neither zero nor not zero makes the projector a matter of taste. */
    private static Setting clear(Setting setting) {
        DMatrixRMaj jacobian = new DMatrixRMaj(setting.objective().sampleCount(), setting.parameters());
        setting.objective().jacobian(setting.theta(), jacobian);
        double[] values = SingularOps_DDRM.singularValues(jacobian);
        double top = Arrays.stream(values).max().orElseThrow();
        for (double value : values) {
            Assume.that(value < 1e-14 * top || value > 1e-3 * top);
        }
        return setting;
    }

    @Property(tries = TRIES)
    @Label("claim 1: the noise of a step")
    void noiseOfAStep(@ForAll Trial trial) {
        rounding(Identities.noiseOfAStep(trial, 1), 1e-9);
    }

    @Property(tries = TRIES)
    @Label("claim 1: its covariance")
    void noiseCovariance(@ForAll Trial trial) {
        rounding(Identities.noiseCovariance(trial, 1), 1e-12);
    }

    @Property(tries = TRIES)
    @Label("claims 2 and 10: the stationary covariance")
    void stationaryCovariance(@ForAll Trial trial) {
        Setting setting = clear(trial.setting());
        rounding(Identities.stationaryCovariance(setting, trial.sgd(setting), 1), 1e-9);
    }

    @Property(tries = TRIES)
    @Label("claims 2 and 10: the covariance after k steps")
    void covarianceAfter(@ForAll Trial trial, @ForAll @IntRange(min = 1, max = 9) int steps) {
        clear(trial.setting());
        rounding(Identities.covarianceAfter(trial, steps, 1), 1e-9);
    }

    @Property(tries = TRIES)
    @Label("claims 3 and 10: the gradient of R")
    void regularizerGradient(@ForAll Trial trial) {
        rounding(Identities.regularizerGradient(trial.setting(), trial.step(), trial.seed(), 1), 1e-9);
    }

    @Property(tries = TRIES)
    @Label("claims 4 and 10: R is a determinant")
    void regularizerValue(@ForAll Trial trial) {
        rounding(Identities.regularizerValue(trial.setting(), trial.step(), 1), 1e-9);
    }

    @Property(tries = TRIES)
    @Label("claim 4: R lies between the parts of its series")
    void regularizerSeries(@ForAll Trial trial, @ForAll @IntRange(min = 1, max = 40) int terms) {
        rounding(Identities.regularizerSeries(trial.setting(), trial.step().sharpness(), terms, 1), 1e-12);
    }

    @Property(tries = TRIES)
    @Label("claim 10: what momentum does to λ and R")
    void momentum(@ForAll Trial trial) {
        rounding(Identities.momentum(trial, 1), 1e-12);
    }

    @Property(tries = TRIES)
    @Label("claim 11: c, α and σ²")
    void flipConstants(@ForAll FlipLoss flip, @ForAll @DoubleRange(min = -5, max = 5) double away) {
        rounding(Identities.flipConstants(flip, away, 1), 1e-10);
    }

    @Property(tries = TRIES)
    @Label("claim 11: the minimum, ∇R, R and S with flipped labels")
    void flipMinimum(@ForAll FlipProblem problem, @ForAll StepSize step) {
        Setting setting = clear(problem.setting());
        LabelNoiseSgd sgd = LabelNoiseSgd.of(step.learningRate(setting)).withMomentum(step.momentum());
        rounding(Identities.flipMinimum(setting, 1), 1e-9);
        rounding(Identities.stationaryCovariance(setting, sgd, 1), 1e-9);
        rounding(Identities.regularizerValue(setting, step, 1), 1e-9);
        rounding(Identities.regularizerGradient(setting, step, problem.problem().seed(), 1), 1e-8);
    }

    @Property(tries = TRIES)
    @Label("claim 11: more than two classes")
    void crossEntropy(
            @ForAll @IntRange(min = 2, max = 6) int classes,
            @ForAll @DoubleRange(min = 0.001, max = 0.499) @Scale(3) double probability) {
        rounding(Identities.crossEntropy(classes, probability, 1), 1e-12);
    }

    @Property(tries = TRIES)
    @Label("claim 20: the three bounds")
    void smoothness(@ForAll InterpolatingProblem problem) {
        rounding(Identities.smoothness(problem, problem.seed(), 1), 1 + 1e-6);
    }
}
