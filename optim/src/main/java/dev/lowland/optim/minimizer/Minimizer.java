package dev.lowland.optim.minimizer;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.sgd.ParameterNoise;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * Takes steps on a function until its gradient or its value is small, or for a number of steps: x ← x + v, v ← βv −
 * η∇f(x), and with noise ε ~ N(0, ηλC(x)C(x)ᵀ) on top of both.
 *
 * <pre>{@code
 * MinimizerResult found = Minimizer.of(1e-3)
 *         .withMomentum(0.9)
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

    private final double learningRate;
    private final double momentum;
    private final long steps;
    private final double gradientTolerance;
    private final OptionalDouble targetValue;
    private final Optional<ParameterNoise> noise;
    private final long seed;

    private Minimizer(
            double learningRate,
            double momentum,
            long steps,
            double gradientTolerance,
            OptionalDouble targetValue,
            Optional<ParameterNoise> noise,
            long seed) {
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.steps = steps;
        this.gradientTolerance = gradientTolerance;
        this.targetValue = targetValue;
        this.noise = noise;
        this.seed = seed;
    }

    /**
     * Gradient descent without momentum or noise, for {@value #STEPS} steps, or until the gradient is 0.
     *
     * @param learningRate η, positive and finite
     * @return the minimizer
     * @throws IllegalArgumentException if η is out of range
     */
    public static Minimizer of(double learningRate) {
        Checks.positive(OPERATION, "learningRate", learningRate);
        return new Minimizer(learningRate, 0, STEPS, 0, OptionalDouble.empty(), Optional.empty(), 0);
    }

    /**
     * The same with a heavy ball.
     *
     * @param beta β in [0, 1)
     * @return a new minimizer
     * @throws IllegalArgumentException if β is out of range
     */
    public Minimizer withMomentum(double beta) {
        Checks.inHalfOpenRange(OPERATION, "momentum", beta, 0, 1);
        return new Minimizer(learningRate, beta, steps, gradientTolerance, targetValue, noise, seed);
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
        return new Minimizer(learningRate, momentum, most, gradientTolerance, targetValue, noise, seed);
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
        return new Minimizer(learningRate, momentum, steps, norm, targetValue, noise, seed);
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
        return new Minimizer(learningRate, momentum, steps, gradientTolerance, OptionalDouble.of(value), noise, seed);
    }

    /**
     * The same with noise on x in every step.
     *
     * @param other of N parameters, the entries of x row by row
     * @return a new minimizer
     */
    public Minimizer withNoise(ParameterNoise other) {
        Checks.notNull(OPERATION, "noise", other);
        return new Minimizer(learningRate, momentum, steps, gradientTolerance, targetValue, Optional.of(other), seed);
    }

    /**
     * The same with other random numbers.
     *
     * @param other any number
     * @return a new minimizer
     */
    public Minimizer withSeed(long other) {
        return new Minimizer(learningRate, momentum, steps, gradientTolerance, targetValue, noise, other);
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

    double learningRate() {
        return learningRate;
    }

    double momentum() {
        return momentum;
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

    Optional<ParameterNoise> noise() {
        return noise;
    }

    long seed() {
        return seed;
    }

    @Override
    public String toString() {
        return "Minimizer(learningRate=" + learningRate + ", momentum=" + momentum + ", steps=" + steps
                + ", gradientTolerance=" + gradientTolerance
                + (targetValue.isPresent() ? ", targetValue=" + targetValue.getAsDouble() : "")
                + (noise.isPresent() ? ", noise=" + noise.get() + ", seed=" + seed : "") + ")";
    }
}
