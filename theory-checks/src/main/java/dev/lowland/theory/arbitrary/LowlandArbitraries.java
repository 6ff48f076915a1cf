package dev.lowland.theory.arbitrary;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.noise.NoiseLaw;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The arbitraries behind the parameters of properties. All of them shrink towards the simplest model, one sample, one
 * parameter, ηλmax = 1, β = 0, σ = 1 on the full batch, p = ¼ and seed 0. Stateless.
 */
@SuppressWarnings("exports") // not transitive: javac would refuse every module that requires this one without jqwik
public final class LowlandArbitraries {

    private static final int LARGEST_SIZE = 3;
    private static final int MOST_SAMPLES = 4;
    private static final long SEEDS = 1_000_000;

    private LowlandArbitraries() {}

    /** Models with at most 13 parameters. */
    public static Arbitrary<ModelChoice> models() {
        return models(ModelKind.values());
    }

    /**
     * Models of some kinds.
     *
     * @param kinds from the simplest on
     */
    public static Arbitrary<ModelChoice> models(ModelKind... kinds) {
        Checks.noNulls("models", "kinds", kinds);
        Checks.atLeast("models", "the number of kinds", kinds.length, 1);
        return Combinators.combine(
                        Arbitraries.of(kinds),
                        Arbitraries.integers().between(1, LARGEST_SIZE),
                        Arbitraries.integers().between(1, LARGEST_SIZE))
                .as(ModelChoice::new);
    }

    /** Problems with one to four samples, of which some may repeat others, and a point where the loss is zero. */
    public static Arbitrary<InterpolatingProblem> problems() {
        return problems(models());
    }

    /**
     * Problems with some models.
     *
     * @param models the models
     */
    public static Arbitrary<InterpolatingProblem> problems(Arbitrary<ModelChoice> models) {
        return Combinators.combine(
                        models,
                        Arbitraries.integers().between(1, MOST_SAMPLES),
                        Arbitraries.integers().between(1, MOST_SAMPLES),
                        Arbitraries.longs().between(0, SEEDS))
                .as(InterpolatingProblem::new);
    }

    /** eλmax from 0.01 to 1.998 and β from 0 to 0.999. */
    public static Arbitrary<StepSize> stepSizes() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.01, 1.998).ofScale(3).shrinkTowards(1),
                        Arbitraries.doubles().between(0, 0.999).ofScale(3))
                .as(StepSize::new);
    }

    /** eλmax from 0.01 to 1.998, without momentum. */
    public static Arbitrary<StepSize> plainStepSizes() {
        return stepSizes().map(step -> new StepSize(step.sharpness(), 0));
    }

    /** Both laws, σ from 0.01 to 10, the full batch or B up to 4. */
    public static Arbitrary<LabelNoise> noise() {
        return Combinators.combine(
                        Arbitraries.of(NoiseLaw.RADEMACHER, NoiseLaw.GAUSSIAN),
                        Arbitraries.doubles().between(0.01, 10).ofScale(2).shrinkTowards(1),
                        Arbitraries.integers().between(0, MOST_SAMPLES))
                .as((law, deviation, batch) -> {
                    LabelNoise full = LabelNoise.of(law, deviation);
                    return batch == 0 ? full : full.withBatchSize(batch);
                });
    }

    /** All of these together. */
    public static Arbitrary<Trial> trials() {
        return trials(problems(), stepSizes());
    }

    /**
     * Trials with some problems and step sizes.
     *
     * @param problems the problems
     * @param steps the step sizes
     */
    public static Arbitrary<Trial> trials(Arbitrary<InterpolatingProblem> problems, Arbitrary<StepSize> steps) {
        return Combinators.combine(problems, steps, noise(), Arbitraries.longs().between(0, SEEDS))
                .as(Trial::new);
    }

    /** The three losses on margins, p from 0.001 to 0.499. */
    public static Arbitrary<FlipLoss> flipLosses() {
        return Combinators.combine(
                        Arbitraries.of(FlipLoss.Kind.class),
                        Arbitraries.doubles().between(0.001, 0.499).ofScale(3).shrinkTowards(0.25))
                .as(FlipLoss::new);
    }

    /** Global minima of losses whose labels flip. */
    public static Arbitrary<FlipProblem> flipProblems() {
        Arbitrary<ModelChoice> models =
                models(ModelKind.LINEAR, ModelKind.QUADRATIC, ModelKind.DEEP_LINEAR, ModelKind.MATRIX_SENSING);
        return Combinators.combine(problems(models), flipLosses()).as(FlipProblem::new);
    }
}
