package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The settings of SGD with label noise. Immutable, shared by threads; {@link Builder} makes one.
 *
 * <p>Step k: draw the batch, make its labels noisy, let g be the gradient of the mean loss over it, then θ_{k+1} = θ_k
 * − ηg + β(θ_k − θ_{k−1}), starting from rest (θ_{−1} = θ_0). The package documentation says which random numbers a
 * step takes.
 */
public final class LabelNoiseSgd {

    /** A run whose parameters exceed this in absolute value has diverged, even if they are still finite. */
    public static final double LARGEST_PARAMETER = 1e150;

    private static final int FULL_BATCH = 0;

    private final double learningRate;
    private final double momentum;
    private final int batchSize;
    private final double labelNoise;
    private final @Nullable NoiseLaw noiseLaw;
    private final @Nullable ParameterNoise parameterNoise;
    private final long seed;
    private final int threads;

    private LabelNoiseSgd(Builder builder) {
        this.learningRate = builder.learningRate;
        this.momentum = builder.momentum;
        this.batchSize = builder.batchSize;
        this.labelNoise = builder.labelNoise;
        this.noiseLaw = builder.noiseLaw;
        this.parameterNoise = builder.parameterNoise;
        this.seed = builder.seed;
        this.threads = builder.threads;
    }

    /**
     * A builder: the learning rate must be given; the rest is full batch, no momentum, no noise, seed 1, one thread.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder with these settings, to change some of them.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.learningRate = learningRate;
        builder.momentum = momentum;
        builder.batchSize = batchSize;
        builder.labelNoise = labelNoise;
        builder.noiseLaw = noiseLaw;
        builder.parameterNoise = parameterNoise;
        builder.seed = seed;
        builder.threads = threads;
        return builder;
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
        return batchSize == FULL_BATCH;
    }

    /**
     * B on this objective.
     *
     * @param objective decides the size of the full batch
     * @return the batch size, n for the full batch
     */
    public int batchSize(Objective objective) {
        return isFullBatch() ? objective.sampleCount() : batchSize;
    }

    /**
     * σ, the standard deviation of noise added to targets.
     *
     * @return the label noise
     */
    public double labelNoise() {
        return labelNoise;
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
     * @return the noise, or null if none was given
     */
    public @Nullable ParameterNoise parameterNoise() {
        return parameterNoise;
    }

    /**
     * The law of the noise on this objective: as set, or else {@link NoiseLaw#EXPLICIT} with noise on the parameters,
     * {@link NoiseLaw#LABEL_FLIP} for losses that flip labels and {@link NoiseLaw#RADEMACHER} for others.
     *
     * @param objective decides by its loss
     * @return the law
     * @throws IllegalArgumentException if the law set does not suit the loss
     */
    public NoiseLaw noiseLaw(Objective objective) {
        Loss loss = objective.loss();
        if (noiseLaw == null) {
            if (parameterNoise != null) {
                return NoiseLaw.EXPLICIT;
            }
            return loss.flipsLabels() ? NoiseLaw.LABEL_FLIP : NoiseLaw.RADEMACHER;
        }
        if (!noiseLaw.suits(loss)) {
            throw Checks.error(
                    "LabelNoiseSgd",
                    "noiseLaw",
                    noiseLaw + " with the " + loss.name() + " loss",
                    NoiseLaw.suiting(loss));
        }
        return noiseLaw;
    }

    /**
     * λ = ησ²/(B(1−β)), with the σ² that the loss and the law give the noise; 0 without noise, and the λ of
     * {@link ParameterNoise} where that is what there is.
     *
     * @param objective decides n and σ²
     * @return λ ≥ 0
     * @throws IllegalArgumentException if the law does not suit the loss
     */
    public double regularizationStrength(Objective objective) {
        NoiseLaw law = noiseLaw(objective);
        if (law == NoiseLaw.NONE) {
            return 0;
        }
        if (law.addsToParameters() && parameterNoise != null) {
            return parameterNoise.strength();
        }
        double variance = objective.loss().noiseVariance(labelNoise);
        return learningRate * variance / (batchSize(objective) * (1 - momentum));
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
     * set. Threads are started by a run and ended with it.
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
        return SingleRun.start(this, objective, theta, steps, observer);
    }

    /**
     * Goes on from where a run ended, with the random numbers that follow: bit for bit what the longer run would have
     * done.
     *
     * @param objective what to minimise
     * @param from a run of this optimiser on this objective that did not diverge
     * @param steps number of further steps, at least 0
     * @param observer sees the run and may stop it; null for none
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range or the run diverged
     */
    public Run resume(Objective objective, Run from, long steps, @Nullable RunObserver observer) {
        return SingleRun.resume(this, objective, from, steps, observer);
    }

    @Override
    public String toString() {
        return "LabelNoiseSgd(learningRate=" + learningRate + ", momentum=" + momentum + ", batchSize="
                + (isFullBatch() ? "full" : String.valueOf(batchSize)) + ", labelNoise=" + labelNoise + ", noiseLaw="
                + (noiseLaw == null ? "by loss" : noiseLaw.toString())
                + (parameterNoise == null ? "" : ", parameterNoise=" + parameterNoise) + ", seed=" + seed
                + (threads == 1 ? "" : ", threads=" + threads) + ")";
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private double learningRate = Double.NaN;
        private double momentum;
        private int batchSize = FULL_BATCH;
        private double labelNoise;
        private @Nullable NoiseLaw noiseLaw;
        private @Nullable ParameterNoise parameterNoise;
        private long seed = 1;
        private int threads = 1;

        private Builder() {}

        /**
         * Sets η.
         *
         * @param learningRate positive and finite
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder learningRate(double learningRate) {
            Checks.positive("LabelNoiseSgd", "learningRate", learningRate);
            this.learningRate = learningRate;
            return this;
        }

        /**
         * Sets β.
         *
         * @param momentum in [0, 1)
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder momentum(double momentum) {
            Checks.inHalfOpenRange("LabelNoiseSgd", "momentum", momentum, 0, 1);
            this.momentum = momentum;
            return this;
        }

        /**
         * Sets B; each step then draws B indices with replacement.
         *
         * @param batchSize at least 1
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder batchSize(int batchSize) {
            Checks.atLeast("LabelNoiseSgd", "batchSize", batchSize, 1);
            this.batchSize = batchSize;
            return this;
        }

        /**
         * Takes every sample exactly once in every step.
         *
         * @return this
         */
        public Builder fullBatch() {
            this.batchSize = FULL_BATCH;
            return this;
        }

        /**
         * Sets σ, the standard deviation of noise added to targets; losses that flip labels take no notice of it.
         *
         * @param labelNoise at least 0 and finite
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder labelNoise(double labelNoise) {
            Checks.notNegative("LabelNoiseSgd", "labelNoise", labelNoise);
            this.labelNoise = labelNoise;
            return this;
        }

        /**
         * Sets the law of the noise.
         *
         * @param noiseLaw the law
         * @return this
         */
        public Builder noiseLaw(NoiseLaw noiseLaw) {
            this.noiseLaw = noiseLaw;
            return this;
        }

        /**
         * Adds noise of a given covariance to the parameters in each step, in place of noise in the labels; the law is
         * then {@link NoiseLaw#EXPLICIT}, unless it is set to {@link NoiseLaw#NONE}.
         *
         * @param parameterNoise the noise
         * @return this
         */
        public Builder parameterNoise(ParameterNoise parameterNoise) {
            this.parameterNoise = parameterNoise;
            return this;
        }

        /**
         * Sets the seed.
         *
         * @param seed any number
         * @return this
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Sets the number of threads that a single run may use for a large batch, of at least
         * {@value BatchChunks#SMALLEST_BATCH} samples and {@value BatchChunks#SMALLEST_WORK} samples times parameters.
         * It does not change any result. More than {@value BatchChunks#STRIPS} are not used. An ensemble takes no
         * notice of it, and has threads of its own.
         *
         * @param threads at least 1
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder threads(int threads) {
            Checks.atLeast("LabelNoiseSgd", "threads", threads, 1);
            this.threads = threads;
            return this;
        }

        /**
         * The optimiser with these settings.
         *
         * @return the optimiser
         * @throws IllegalArgumentException if the learning rate was not set, or the law of the noise and noise on the
         *     parameters contradict each other
         */
        public LabelNoiseSgd build() {
            if (Double.isNaN(learningRate)) {
                throw Checks.error("LabelNoiseSgd", "learningRate", "not set", "given");
            }
            if (noiseLaw == NoiseLaw.EXPLICIT && parameterNoise == null) {
                throw Checks.error("LabelNoiseSgd", "noiseLaw", "EXPLICIT without parameterNoise", "given with it");
            }
            if (parameterNoise != null
                    && noiseLaw != null
                    && noiseLaw != NoiseLaw.EXPLICIT
                    && noiseLaw != NoiseLaw.NONE) {
                throw Checks.error("LabelNoiseSgd", "noiseLaw", noiseLaw + " with parameterNoise", "EXPLICIT or NONE");
            }
            return new LabelNoiseSgd(this);
        }
    }
}
