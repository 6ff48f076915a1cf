package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;
import java.util.Optional;
import java.util.OptionalInt;
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
    private final OptionalInt batchSize;
    private final NoiseSettings noise;
    private final long seed;
    private final int threads;
    private final CompiledRuns compiledRuns = new CompiledRuns();

    private LabelNoiseSgd(
            double learningRate, double momentum, OptionalInt batchSize, NoiseSettings noise, long seed, int threads) {
        Checks.positive(OPERATION, "learningRate", learningRate);
        Checks.inHalfOpenRange(OPERATION, "momentum", momentum, 0, 1);
        Checks.atLeast(OPERATION, "threads", threads, 1);
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.batchSize = batchSize;
        this.noise = noise;
        this.seed = seed;
        this.threads = threads;
    }

    /**
     * SGD on the full batch, without momentum and without noise, seed 1, one thread.
     *
     * @param learningRate η, positive and finite
     * @return the optimiser
     * @throws IllegalArgumentException if the learning rate is not
     */
    public static LabelNoiseSgd of(double learningRate) {
        return new LabelNoiseSgd(learningRate, 0, OptionalInt.empty(), NoiseSettings.SILENT, 1, 1);
    }

    /**
     * The same with another η.
     *
     * @param other positive and finite
     * @return a new optimiser
     * @throws IllegalArgumentException if it is not
     */
    public LabelNoiseSgd withLearningRate(double other) {
        return new LabelNoiseSgd(other, momentum, batchSize, noise, seed, threads);
    }

    /**
     * The same with another β.
     *
     * @param other in [0, 1)
     * @return a new optimiser
     * @throws IllegalArgumentException if it is not
     */
    public LabelNoiseSgd withMomentum(double other) {
        return new LabelNoiseSgd(learningRate, other, batchSize, noise, seed, threads);
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
        return new LabelNoiseSgd(learningRate, momentum, OptionalInt.of(other), noise, seed, threads);
    }

    /**
     * The same with every sample exactly once in every step.
     *
     * @return a new optimiser
     */
    public LabelNoiseSgd withFullBatch() {
        return new LabelNoiseSgd(learningRate, momentum, OptionalInt.empty(), noise, seed, threads);
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
        return withNoise(noise.withDeviation(other));
    }

    /**
     * The same with another law of the noise. Whether it suits the loss and the other noise is asked where the
     * objective is known: {@link #noiseLaw(Objective)}.
     *
     * @param other the law
     * @return a new optimiser
     */
    public LabelNoiseSgd withNoiseLaw(NoiseLaw other) {
        return withNoise(noise.withLaw(other));
    }

    /**
     * The same with noise of a given covariance added to the parameters in each step, in place of noise in the labels;
     * the law is then {@link NoiseLaw#EXPLICIT}, unless it is set to {@link NoiseLaw#NONE}.
     *
     * @param other the noise
     * @return a new optimiser
     */
    public LabelNoiseSgd withParameterNoise(ParameterNoise other) {
        return withNoise(noise.withOnParameters(other));
    }

    private LabelNoiseSgd withNoise(NoiseSettings other) {
        return new LabelNoiseSgd(learningRate, momentum, batchSize, other, seed, threads);
    }

    /**
     * The same with other random numbers.
     *
     * @param other any number
     * @return a new optimiser
     */
    public LabelNoiseSgd withSeed(long other) {
        return new LabelNoiseSgd(learningRate, momentum, batchSize, noise, other, threads);
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
        return new LabelNoiseSgd(learningRate, momentum, batchSize, noise, seed, count);
    }

    /**
     * η.
     *
     * @return the learning rate
     */
    public double learningRate() {
        return learningRate;
    }

    /**
     * β.
     *
     * @return the momentum, in [0, 1)
     */
    public double momentum() {
        return momentum;
    }

    /**
     * Whether every step takes every sample exactly once.
     *
     * @return true for the full batch
     */
    public boolean isFullBatch() {
        return batchSize.isEmpty();
    }

    /**
     * B on this objective.
     *
     * @param objective decides the size of the full batch
     * @return the batch size, n for the full batch
     */
    public int batchSize(Objective objective) {
        return batchSize.orElse(
                Checks.notNull("batchSize", "objective", objective).sampleCount());
    }

    /**
     * σ, the standard deviation of noise added to targets.
     *
     * @return the label noise
     */
    public double labelNoise() {
        return noise.deviation();
    }

    /**
     * The seed of all random numbers.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * The threads of a single run.
     *
     * @return at least 1
     */
    public int threads() {
        return threads;
    }

    /**
     * The noise added to the parameters, used under the law {@link NoiseLaw#EXPLICIT}.
     *
     * @return the noise, or empty if none was given
     */
    public Optional<ParameterNoise> parameterNoise() {
        return Optional.ofNullable(noise.onParameters());
    }

    /**
     * The law of the noise on this objective: as set, or else {@link NoiseLaw#EXPLICIT} with noise on the parameters,
     * {@link NoiseLaw#LABEL_FLIP} for losses that flip labels and {@link NoiseLaw#RADEMACHER} for others.
     *
     * @param objective decides by its loss
     * @return the law
     * @throws IllegalArgumentException if the law set does not suit the loss, is EXPLICIT without noise on the
     *     parameters, or is that of labels with it
     */
    public NoiseLaw noiseLaw(Objective objective) {
        return noise.law(Checks.notNull("noiseLaw", "objective", objective).loss());
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
        NoiseLaw law = noiseLaw(objective);
        if (law == NoiseLaw.NONE) {
            return 0;
        }
        ParameterNoise onParameters = noise.onParameters();
        if (law.addsToParameters() && onParameters != null) {
            return onParameters.strength();
        }
        Loss loss = objective.loss();
        if (!loss.flipsLabels() && noise.deviation() == 0) {
            return 0;
        }
        double variance = loss.noiseVariance(noise.deviation());
        boolean hasSquare = variance >= Double.MIN_NORMAL && variance <= Double.MAX_VALUE;
        double kick = loss.flipsLabels() || hasSquare
                ? learningRate * variance
                : learningRate * noise.deviation() * noise.deviation() * loss.noiseVariance(1);
        return kick / (batchSize(objective) * (1 - momentum));
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
        return new SgdProgram(this, objective, lanes);
    }

    /**
     * Runs replica 0 from rest. An interrupt of the calling thread ends the run early, with status STOPPED, and is left
     * set. Threads are started by a run and ended with it. What a run compiles, and its memory, is kept for the next
     * one of this optimiser on this objective, as long as memory is not short.
     *
     * @param objective what to minimise
     * @param theta the start, P × 1, finite. Not modified.
     * @param steps number of steps, at least 0
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Run run(Objective objective, DMatrixRMaj theta, long steps) {
        return SingleRun.start(this, objective, theta, steps, null);
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
        Checks.notNull("LabelNoiseSgd.run", "observer", observer);
        return SingleRun.start(this, objective, theta, steps, observer);
    }

    /**
     * Goes on from where a run ended, with the random numbers that follow: bit for bit what the longer run would have
     * done, if the run is one of this optimiser on this objective. η, β and σ may be others than before, as a schedule
     * has them; after a change of the batch size or the law take another seed as well, for the numbers that follow may
     * else have been drawn before.
     *
     * @param objective what to minimise
     * @param from a run that did not diverge, of as many parameters
     * @param steps number of further steps, at least 0
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range or the run diverged
     */
    public Run resume(Objective objective, Run from, long steps) {
        return SingleRun.resume(this, objective, from, steps, null);
    }

    /**
     * Goes on from where a run ended, as {@link #resume(Objective, Run, long)} does, with somebody looking.
     *
     * @param objective what to minimise
     * @param from a run that did not diverge, of as many parameters
     * @param steps number of further steps, at least 0
     * @param observer sees the run and may stop it
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range or the run diverged
     */
    public Run resume(Objective objective, Run from, long steps, RunObserver observer) {
        Checks.notNull("LabelNoiseSgd.resume", "observer", observer);
        return SingleRun.resume(this, objective, from, steps, observer);
    }

    CompiledRuns compiledRuns() {
        return compiledRuns;
    }

    @Override
    public String toString() {
        return "LabelNoiseSgd(learningRate=" + learningRate + ", momentum=" + momentum + ", batchSize="
                + (isFullBatch() ? "full" : String.valueOf(batchSize.getAsInt())) + ", " + noise + ", seed=" + seed
                + (threads == 1 ? "" : ", threads=" + threads) + ")";
    }
}
