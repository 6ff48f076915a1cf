package dev.lowland.theory.arbitrary;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.theory.experiment.Setting;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every identity breaks when the theory is off by a tenth of a percent, over problems of every kind; a bound breaks
 * when it is halved.
 */
class TeethTest {

    private static final StepSize[] STEPS = {new StepSize(0.2, 0), new StepSize(1.6, 0.5), new StepSize(1.998, 0.999)};

    private interface Case {
        double error(Trial trial, double factor);
    }

    /**
     * The identity holds for every kind of model and step, and breaks, in both directions, by much more than rounding.
     */
    private static void bites(Case identity, double tolerance, ModelKind... kinds) {
        for (ModelKind kind : kinds) {
            for (StepSize step : STEPS) {
                InterpolatingProblem problem = new InterpolatingProblem(new ModelChoice(kind, 2, 2), 2, 2, 5);
                Trial trial = new Trial(
                        problem, step, LabelNoise.of(NoiseLaw.GAUSSIAN, 0.5).withBatchSize(3), 9);
                bites(factor -> identity.error(trial, factor), tolerance, trial.expression());
            }
        }
    }

    private static void bites(DoubleUnaryOperator identity, double tolerance, String name) {
        assertTrue(identity.applyAsDouble(1) <= tolerance, () -> name + ": " + identity.applyAsDouble(1));
        for (double factor : new double[] {0.999, 1.001}) {
            assertTrue(
                    identity.applyAsDouble(factor) > 3 * tolerance, () -> name + ": " + identity.applyAsDouble(factor));
        }
    }

    @Test
    void theNoise() {
        bites(Identities::noiseOfAStep, 1e-9, ModelKind.values());
        bites(Identities::noiseCovariance, 1e-12, ModelKind.values());
    }

    @Test
    void theFluctuations() {
        bites(
                (trial, factor) -> {
                    Setting setting = trial.setting();
                    return Identities.stationaryCovariance(setting, trial.sgd(setting), factor);
                },
                1e-9,
                ModelKind.values());
        bites((trial, factor) -> Identities.covarianceAfter(trial, 3, factor), 1e-9, ModelKind.values());
    }

    @Test
    void theRegularizer() {
        bites(
                (trial, factor) -> Identities.regularizerGradient(trial.setting(), trial.step(), 3, factor),
                1e-9,
                ModelKind.QUADRATIC,
                ModelKind.DEEP_LINEAR,
                ModelKind.MATRIX_SENSING,
                ModelKind.MLP_TANH);
        bites(
                (trial, factor) -> Identities.regularizerValue(trial.setting(), trial.step(), factor),
                1e-9,
                ModelKind.values());
        bites(
                (trial, factor) -> Identities.regularizerSeries(trial.setting(), 0.2, 40, factor),
                1e-12,
                ModelKind.values());
        bites(Identities::momentum, 1e-12, ModelKind.values());
    }

    @Test
    void theQuarterTraceIsTheLowerBoundAndNoMore() {
        Setting setting = new InterpolatingProblem(new ModelChoice(ModelKind.LINEAR, 1, 1), 1, 1, 0).setting();
        assertTrue(Identities.regularizerSeries(setting, 0.01, 1, 1) == 0);
        assertTrue(Identities.regularizerSeries(setting, 0.01, 1, 0.99) > 1e-3);
    }

    @Test
    void flippedLabels() {
        for (FlipLoss.Kind kind : FlipLoss.Kind.values()) {
            for (double p : new double[] {0.001, 0.25, 0.499}) {
                FlipLoss flip = new FlipLoss(kind, p);
                bites(factor -> Identities.flipConstants(flip, 0.5, factor), 1e-10, flip.toString());
                InterpolatingProblem problem =
                        new InterpolatingProblem(new ModelChoice(ModelKind.DEEP_LINEAR, 2, 2), 1, 1, 4);
                FlipProblem minimum = new FlipProblem(problem, flip);
                Setting setting = minimum.setting();
                bites(factor -> Identities.flipMinimum(setting, factor), 1e-9, minimum.toString());
                LabelNoiseSgd sgd = LabelNoiseSgd.of(setting.learningRate(1));
                bites(factor -> Identities.stationaryCovariance(setting, sgd, factor), 1e-9, minimum.toString());
            }
        }
        bites(factor -> Identities.crossEntropy(4, 0.2, factor), 1e-12, "cross-entropy");
    }

    @Test
    void halvedBounds() {
        InterpolatingProblem problem = new InterpolatingProblem(new ModelChoice(ModelKind.MLP_TANH, 2, 2), 1, 1, 3);
        assertTrue(Identities.smoothness(problem, 1, 1) <= 1 + 1e-6);
        assertTrue(Identities.smoothness(problem, 1, 0.5) > 1.9);
    }
}
