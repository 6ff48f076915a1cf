package dev.lowland.optim.minimizer;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.schedule.Schedule;
import dev.lowland.optim.schedule.Schedules;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * Takes steps on a function until its gradient or its value is small, or for a number of steps: by any of
 * {@link dev.lowland.optim.rule.Rules}, with a schedule, regularization, and noise ε ~ N(0, ηλC(x)C(x)ᵀ) on x.
 *
 * <pre>{@code
 * MinimizerResult found = Minimizer.of(Rules.adam(), 1e-3)
 *         .withGradientTolerance(1e-10)
 *         .minimize(ScalarFunction.of(value, x), start);
 * }</pre>
 *
 * <p>Immutable, shared by threads; a function belongs to one thread at a time. A step costs a gradient, and a value
 * where one is waited for; it allocates nothing.
 */
public final class Minimizer {

    /** Steps unless said otherwise. */
    public static final long STEPS = 100_000;

    private static final String OPERATION = "Minimizer";

    private final UpdateRule rule;
    private final Schedule schedule;
    private final Regularization regularization;
    private final long steps;
    private final double gradientTolerance;
    private final OptionalDouble targetValue;
    private final Optional<ParameterNoise> noise;
    private final long seed;

    private Minimizer(
            UpdateRule rule,
            Schedule schedule,
            Regularization regularization,
            long steps,
            double gradientTolerance,
            OptionalDouble targetValue,
            Optional<ParameterNoise> noise,
            long seed) {
        this.rule = rule;
        this.schedule = schedule;
        this.regularization = regularization;
        this.steps = steps;
        this.gradientTolerance = gradientTolerance;
        this.targetValue = targetValue;
        this.noise = noise;
        this.seed = seed;
    }

    /**
     * A rule without regularization or noise, for {@value #STEPS} steps, or until the gradient is 0.
     *
     * @param rule what a step makes of the gradient
     * @param schedule the learning rate of each step
     * @return the minimizer
     */
    public static Minimizer of(UpdateRule rule, Schedule schedule) {
        Checks.notNull(OPERATION, "rule", rule);
        Checks.notNull(OPERATION, "schedule", schedule);
        return new Minimizer(
                rule, schedule, Regularization.none(), STEPS, 0, OptionalDouble.empty(), Optional.empty(), 0);
    }

    /**
     * The same with a learning rate that stays as it is.
     *
     * @param rule what a step makes of the gradient
     * @param learningRate η, positive and finite
     * @return the minimizer
     * @throws IllegalArgumentException if η is out of range
     */
    public static Minimizer of(UpdateRule rule, double learningRate) {
        Checks.positive(OPERATION, "learningRate", learningRate);
        return of(rule, Schedules.constant(learningRate));
    }

    /**
     * The same with something done to the gradient before the rule.
     *
     * @param other what
     * @return a new minimizer
     */
    public Minimizer withRegularization(Regularization other) {
        Checks.notNull(OPERATION, "regularization", other);
        return new Minimizer(rule, schedule, other, steps, gradientTolerance, targetValue, noise, seed);
    }

    /**
     * The same with another bound on the steps.
     *
     * @param most at least 0
     * @return a new minimizer
     * @throws IllegalArgumentException if it is negative
     */
    public Minimizer withSteps(long most) {
        Checks.atLeast(OPERATION, "steps", most, 0);
        return new Minimizer(rule, schedule, regularization, most, gradientTolerance, targetValue, noise, seed);
    }

    /**
     * The same, ending as soon as ‖∇f(x)‖₂ is at most this.
     *
     * @param norm at least 0, finite
     * @return a new minimizer
     * @throws IllegalArgumentException if it is out of range
     */
    public Minimizer withGradientTolerance(double norm) {
        Checks.notNegative(OPERATION, "gradientTolerance", norm);
        return new Minimizer(rule, schedule, regularization, steps, norm, targetValue, noise, seed);
    }

    /**
     * The same, ending as soon as f(x) is at most this.
     *
     * @param value finite
     * @return a new minimizer
     * @throws IllegalArgumentException if it is not finite
     */
    public Minimizer withTargetValue(double value) {
        Checks.finite(OPERATION, "targetValue", value);
        return new Minimizer(
                rule, schedule, regularization, steps, gradientTolerance, OptionalDouble.of(value), noise, seed);
    }

    /**
     * The same with noise on x in every step.
     *
     * @param other of N parameters, the entries of x row by row
     * @return a new minimizer
     */
    public Minimizer withNoise(ParameterNoise other) {
        Checks.notNull(OPERATION, "noise", other);
        return new Minimizer(
                rule, schedule, regularization, steps, gradientTolerance, targetValue, Optional.of(other), seed);
    }

    /**
     * The same with other random numbers.
     *
     * @param other any number
     * @return a new minimizer
     */
    public Minimizer withSeed(long other) {
        return new Minimizer(rule, schedule, regularization, steps, gradientTolerance, targetValue, noise, other);
    }

    /**
     * Takes steps from a start, at rest.
     *
     * @param f the function, used by this call alone until it returns
     * @param start x, of the shape of its variable, finite. Not modified.
     * @return where it ended
     * @throws IllegalArgumentException if start has another shape or is not finite, or the noise is of another number
     *     of parameters
     */
    public MinimizerResult minimize(ScalarFunction f, DMatrixRMaj start) {
        Checks.notNull("minimize", "f", f);
        Checks.shape("minimize", "start", start, f.rows(), f.columns());
        Checks.finite("minimize", "start", start);
        return new Minimization(this, f, start.copy()).run();
    }

    /**
     * Goes on from where a minimisation ended, with the steps and random numbers that follow: what a longer one would
     * have done, bit for bit, if it is one with this rule on this function. {@link #withSteps} counts from the very
     * start.
     *
     * @param f the function, used by this call alone until it returns
     * @param from {@link MinimizerResult#state}, or one that was saved
     * @return where it ended
     * @throws IllegalArgumentException if the state is of several lanes, another number of entries or another seed,
     *     remembers something else than the rule, or is after more steps than there are to be
     */
    public MinimizerResult resume(ScalarFunction f, OptimiserState from) {
        Checks.notNull("resume", "f", f);
        Checks.notNull("resume", "from", from);
        double[] point = from.parameters();
        if (from.lanes() != 1 || point.length != f.size()) {
            throw Checks.error("resume", "from", from.toString(), "of " + f.size() + " parameters in 1 lane");
        }
        if (from.seed() != seed) {
            throw Checks.error("resume", "seed of from", String.valueOf(from.seed()), String.valueOf(seed));
        }
        if (!from.memoryNames().equals(rule.memory())) {
            throw Checks.error(
                    "resume",
                    "what from remembers",
                    from.memoryNames().toString(),
                    rule.memory().toString());
        }
        Checks.atMost("resume", "steps of from", from.step(), steps);
        return new Minimization(this, f, new DMatrixRMaj(f.rows(), f.columns(), true, point), from).run();
    }

    /**
     * The update rule.
     *
     * @return the rule
     */
    public UpdateRule rule() {
        return rule;
    }

    /**
     * The learning rates.
     *
     * @return the schedule
     */
    public Schedule schedule() {
        return schedule;
    }

    /**
     * What is done to the gradient before the rule.
     *
     * @return clipping and weight decay
     */
    public Regularization regularization() {
        return regularization;
    }

    long steps() {
        return steps;
    }

    double gradientTolerance() {
        return gradientTolerance;
    }

    OptionalDouble targetValue() {
        return targetValue;
    }

    /**
     * The noise on x.
     *
     * @return covariance and strength, or empty
     */
    public Optional<ParameterNoise> noise() {
        return noise;
    }

    /**
     * The seed of all random numbers.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    @Override
    public String toString() {
        return "Minimizer(rule=" + rule.name() + ", learningRate=" + schedule + ", steps=" + steps
                + ", gradientTolerance=" + gradientTolerance
                + (targetValue.isPresent() ? ", targetValue=" + targetValue.getAsDouble() : "")
                + (noise.isPresent() ? ", noise=" + noise.get() + ", seed=" + seed : "") + ")";
    }
}
