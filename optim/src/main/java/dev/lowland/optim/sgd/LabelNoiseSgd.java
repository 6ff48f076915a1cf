package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.gradient.BatchChunks;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.rule.UpdateRule;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * The settings of SGD with label noise, and the runs with them. Immutable, shared by threads: each {@code with…} gives
 * a new one.
 *
 * <p>Step k: draw the batch, make its labels noisy, let g be the gradient of the mean loss over it, then θ_{k+1} = θ_k
 * − ηg + β(θ_k − θ_{k−1}), starting from rest (θ_{−1} = θ_0). The package documentation says which random numbers a
 * step takes.
 */
public final class LabelNoiseSgd {

    /** A run whose parameters exceed this in absolute value has diverged, even if they are still finite. */
    public static final double LARGEST_PARAMETER = 1e150;

    private static final String OPERATION = "LabelNoiseSgd";

    private final double learningRate;
    private final double momentum;
    private final Optimiser parts;

    private LabelNoiseSgd(double learningRate, double momentum, Optimiser parts) {
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.parts = parts;
    }

    private LabelNoiseSgd with(Optimiser others) {
        return new LabelNoiseSgd(learningRate, momentum, others);
    }

    /**
     * SGD on the full batch, without momentum and without noise, seed 1, one thread.
     *
     * @param learningRate η, positive and finite
     * @return the optimiser
     * @throws IllegalArgumentException if the learning rate is not
     */
    public static LabelNoiseSgd of(double learningRate) {
        return new LabelNoiseSgd(learningRate, 0, Optimiser.named(OPERATION, Rules.plain(), learningRate));
    }

    /**
     * The same with another η.
     *
     * @param other positive and finite
     * @return a new optimiser
     * @throws IllegalArgumentException if it is not
     */
    public LabelNoiseSgd withLearningRate(double other) {
        return new LabelNoiseSgd(other, momentum, parts.withLearningRate(other));
    }

    /**
     * The same with another β.
     *
     * @param other in [0, 1)
     * @return a new optimiser
     * @throws IllegalArgumentException if it is not
     */
    public LabelNoiseSgd withMomentum(double other) {
        Checks.inHalfOpenRange(OPERATION, "momentum", other, 0, 1);
        UpdateRule rule = other == 0 ? Rules.plain() : Rules.heavyBall(other);
        return new LabelNoiseSgd(learningRate, other, parts.withRule(rule));
    }

    /**
     * The same with batches of B samples: each step draws B indices with replacement.
     *
     * @param other B, at least 1
     * @return a new optimiser
     * @throws IllegalArgumentException if it is not
     */
    public LabelNoiseSgd withBatchSize(int other) {
        Checks.atLeast(OPERATION, "batchSize", other, 1);
        return with(parts.withBatches(Batches.withReplacement(other)));
    }

    /**
     * The same with every sample exactly once in every step.
     *
     * @return a new optimiser
     */
    public LabelNoiseSgd withFullBatch() {
        return with(parts.withBatches(Batches.full()));
    }

    /**
     * The same with another σ, the standard deviation of noise added to targets; losses that flip labels take no notice
     * of it.
     *
     * @param other at least 0 and finite
     * @return a new optimiser
     * @throws IllegalArgumentException if it is not
     */
    public LabelNoiseSgd withLabelNoise(double other) {
        Checks.notNegative(OPERATION, "labelNoise", other);
        return with(parts.withNoise(parts.noise().withDeviation(other)));
    }

    /**
     * The same with another law of the noise. Whether it suits the loss and the other noise is asked where the
     * objective is known: {@link #noiseLaw(Objective)}.
     *
     * @param other the law
     * @return a new optimiser
     */
    public LabelNoiseSgd withNoiseLaw(NoiseLaw other) {
        Checks.notNull(OPERATION, "noiseLaw", other);
        return with(parts.withNoise(parts.noise().withLaw(other)));
    }

    /**
     * The same with noise of a given covariance added to the parameters in each step, in place of noise in the labels;
     * the law is then {@link NoiseLaw#EXPLICIT}, unless it is set to {@link NoiseLaw#NONE}.
     *
     * @param other the noise
     * @return a new optimiser
     */
    public LabelNoiseSgd withParameterNoise(ParameterNoise other) {
        Checks.notNull(OPERATION, "parameterNoise", other);
        return with(parts.withNoise(parts.noise().withOnParameters(other)));
    }

    /**
     * The same with other random numbers.
     *
     * @param other any number
     * @return a new optimiser
     */
    public LabelNoiseSgd withSeed(long other) {
        return with(parts.withSeed(other));
    }

    /**
     * The same with several threads, which a single run may use for a large batch, of at least
     * {@value BatchChunks#SMALLEST_BATCH} samples and {@value BatchChunks#SMALLEST_WORK} samples times parameters. They
     * do not change any result. More than {@value BatchChunks#STRIPS} are not used. An ensemble takes no notice of it,
     * and has threads of its own.
     *
     * @param count at least 1
     * @return a new optimiser
     * @throws IllegalArgumentException if it is not
     */
    public LabelNoiseSgd withThreads(int count) {
        return with(parts.withThreads(count));
    }

    /** {@return η, the learning rate} */
    public double learningRate() {
        return learningRate;
    }

    /** {@return β, the momentum, in [0, 1)} */
    public double momentum() {
        return momentum;
    }

    /** {@return whether every step takes every sample exactly once} */
    public boolean isFullBatch() {
        return parts.batches().isFull();
    }

    /**
     * B on this objective.
     *
     * @param objective decides the size of the full batch
     * @return the batch size, n for the full batch
     */
    public int batchSize(Objective objective) {
        return parts.batchSize(objective);
    }

    /** {@return σ, the standard deviation of noise added to targets} */
    public double labelNoise() {
        return parts.noise().deviation();
    }

    /** {@return the seed of all random numbers} */
    public long seed() {
        return parts.seed();
    }

    /** {@return the threads of a single run, at least 1} */
    public int threads() {
        return parts.threads();
    }

    /**
     * The noise added to the parameters, used under the law {@link NoiseLaw#EXPLICIT}.
     *
     * @return the noise, or empty if none was given
     */
    public Optional<ParameterNoise> parameterNoise() {
        return parts.noise().onParameters();
    }

    /**
     * The law of the noise on this objective: see {@link dev.lowland.optim.noise.Noise#law}.
     *
     * @param objective decides by its loss
     * @return the law
     * @throws IllegalArgumentException if the law set does not suit the loss or the other noise
     */
    public NoiseLaw noiseLaw(Objective objective) {
        return parts.noiseLaw(objective);
    }

    /**
     * λ = ησ²/(B(1−β)), with the σ² that the loss and the law give the noise; 0 without noise, and the λ of
     * {@link ParameterNoise} where that is what there is.
     *
     * @param objective decides n and σ²
     * @return λ ≥ 0; infinite if it is too large a number
     * @throws IllegalArgumentException if the law does not suit the loss
     */
    public double regularizationStrength(Objective objective) {
        return NoiseStrength.of(parts, objective);
    }

    /**
     * The same as parts, to be combined with others.
     *
     * @return the optimiser that this one runs
     */
    public Optimiser optimiser() {
        return parts;
    }

    /**
     * Compiles the steps on an objective for replicas side by side.
     *
     * @param objective what to minimise
     * @param lanes number of replicas side by side, at least 1
     * @return the compiled steps
     * @throws IllegalArgumentException if the law does not suit the loss or there is no lane
     */
    public SgdProgram compile(Objective objective, int lanes) {
        return parts.compile(objective, lanes);
    }

    /**
     * Runs replica 0 from rest: see {@link Optimiser#run(Objective, DMatrixRMaj, long)}.
     *
     * @param objective what to minimise
     * @param theta the start, P × 1, finite. Not modified.
     * @param steps number of steps, at least 0
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Run run(Objective objective, DMatrixRMaj theta, long steps) {
        return parts.run(objective, theta, steps);
    }

    /**
     * Runs replica 0 from rest, with somebody looking.
     *
     * @param objective what to minimise
     * @param theta the start, P × 1, finite. Not modified.
     * @param steps number of steps, at least 0
     * @param observer sees the run and may stop it
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Run run(Objective objective, DMatrixRMaj theta, long steps, RunObserver observer) {
        return parts.run(objective, theta, steps, observer);
    }

    /**
     * Goes on from where a run ended: see {@link Optimiser#resume(Objective, Run, long)}.
     *
     * @param objective what to minimise
     * @param from a run that did not diverge, of as many parameters
     * @param steps number of further steps, at least 0
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range or the run diverged
     */
    public Run resume(Objective objective, Run from, long steps) {
        return parts.resume(objective, from, steps);
    }

    /**
     * Goes on from where a run ended, with somebody looking.
     *
     * @param objective what to minimise
     * @param from a run that did not diverge, of as many parameters
     * @param steps number of further steps, at least 0
     * @param observer sees the run and may stop it
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range or the run diverged
     */
    public Run resume(Objective objective, Run from, long steps, RunObserver observer) {
        return parts.resume(objective, from, steps, observer);
    }

    @Override
    public String toString() {
        return "LabelNoiseSgd(learningRate=" + learningRate + ", momentum=" + momentum + ", batchSize="
                + parts.batches()
                + ", " + parts.noise() + ", seed=" + parts.seed()
                + (parts.threads() == 1 ? "" : ", threads=" + parts.threads()) + ")";
    }
}
