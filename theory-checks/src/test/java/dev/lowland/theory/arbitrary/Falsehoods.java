package dev.lowland.theory.arbitrary;

import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.theory.experiment.Setting;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Properties that are false, for {@link ShrinkingTest}; not run by themselves. */
class Falsehoods {

    /** False as soon as ηλmax > 0. */
    @Property
    boolean theRegularizerIsAtMostAQuarterOfTheTrace(@ForAll Trial trial) {
        Setting setting = trial.setting();
        double value = Regularizer.of(setting.objective(), trial.sgd(setting))
                .at(setting.theta())
                .value();
        return value <= QuarterTrace.of(setting.objective()).at(setting.theta()).value();
    }

    /** False as soon as there are two samples that differ. */
    @Property
    boolean theHessianHasRankOne(@ForAll InterpolatingProblem problem) {
        return problem.setting().rank() <= 1;
    }

    /** False for every loss on margins. */
    @Property
    boolean theMinimiserIsZero(@ForAll FlipProblem problem) {
        return problem.loss().loss().minimiser() <= 0;
    }

    /** False for models that are not linear. */
    @Property
    boolean predictionsAreLinear(@ForAll ModelChoice choice) {
        return choice.kind() == ModelKind.LINEAR;
    }

    /** False from η at half of the limit on. */
    @Property
    boolean ratesAreSmall(@ForAll StepSize step, @ForAll LabelNoise noise) {
        return step.sharpness() < 1;
    }
}
