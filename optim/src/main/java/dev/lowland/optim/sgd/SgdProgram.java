package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.optim.event.Events;
import dev.lowland.optim.gradient.BatchChunks;
import dev.lowland.optim.gradient.BatchPrograms;
import dev.lowland.optim.noise.NoiseKicks;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Rules;
import java.math.BigInteger;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an optimiser on an objective, compiled for a number of replicas side by side. Immutable and shared by
 * threads; each thread has its own {@link SgdStepper}.
 *
 * <p>The gradient is that of the mean of the step's loss over the batch, at targets that a stepper makes noisy. A plain
 * step at a constant rate is one program, which changes θ in place; else the program gives the gradient. The inputs of
 * a full batch are constants in it. For a single replica a batch of at least {@value BatchChunks#SMALLEST_BATCH}
 * samples and {@value BatchChunks#SMALLEST_WORK} samples times parameters is cut into chunks instead, which several
 * threads may work on; the cut and the order of the sum do not depend on threads.
 */
public final class SgdProgram {

    /**
     * Below this many lanes, steps are taken instruction by instruction: the bits of a single run are those of its own
     * kernels.
     */
    private static final int LEAST_LANES = 8;

    /** What a fused step of {@value #LEAST_LANES} lanes saves, about. */
    private static final long NANOS_SAVED = 100;

    /** The longest array, in numbers. */
    private static final long LONGEST = Integer.MAX_VALUE - 8L;

    private final Optimiser optimiser;
    private final Objective objective;
    private final int lanes;
    private final boolean varied;
    private final int batch;
    private final NoiseLaw law;
    private final BatchPrograms programs;
    private final @Nullable BatchPrograms ofShortBatch;
    private final int noiseColumns;
    private final double[] cleanTargets;
    private final AtomicLong vectorsStepped = new AtomicLong();
    private volatile @Nullable FusedStep fused;
    private boolean fusedMayExist = true;

    SgdProgram(Optimiser optimiser, Objective objective, int lanes, boolean varied) {
        Checks.notNull(optimiser.operation() + ".compile", "objective", objective);
        Checks.atLeast(optimiser.operation() + ".compile", "lanes", lanes, 1);
        this.optimiser = optimiser;
        this.objective = objective;
        this.lanes = lanes;
        this.varied = varied;
        this.batch = optimiser.batchSize(objective);
        this.law = optimiser.noiseLaw(objective);
        checkSizes();
        this.cleanTargets = isFullBatch() ? objective.data().targets().data : new double[0];
        Events.Span span = Events.recorder().compile(optimiser.operation(), objective.parameterCount(), lanes);
        this.programs = compile(batch);
        int rest = optimiser.batches().shortBatchSize(objective.sampleCount());
        this.ofShortBatch = rest == batch ? null : compile(rest);
        span.end("compiled", 0);
        ParameterNoise noise = optimiser.noise().onParameters().orElse(null);
        this.noiseColumns = law == NoiseLaw.EXPLICIT && noise != null
                ? NoiseKicks.of(noise, objective.parameterCount(), 1).columns()
                : 0;
        checkSize("factor of the noise", (long) objective.parameterCount() * noiseColumns, 1);
    }

    private BatchPrograms compile(int size) {
        boolean plain = optimiser.rule().equals(Rules.plain())
                && optimiser.regularization().isNone()
                && !law.addsToParameters();
        OptionalDouble rate = optimiser.schedule().constant();
        BatchPrograms.InPlace inPlace = !plain || rate.isEmpty()
                ? BatchPrograms.InPlace.NO
                : varied ? BatchPrograms.InPlace.AT_GIVEN_RATES : BatchPrograms.InPlace.AT_ONE_RATE;
        return BatchPrograms.of(objective, law, size, isFullBatch(), lanes, inPlace, rate.orElse(0));
    }

    /** Every array of a stepper has a length that an array can have. */
    private void checkSizes() {
        Data data = objective.data();
        checkSize("parameters", objective.parameterCount(), 1);
        checkSize("targets and their noise of two steps", 2L * batch, data.outputSize());
        if (!isFullBatch()) {
            checkSize("inputs of a batch", batch, data.inputSize());
        }
    }

    private void checkSize(String what, long rows, int columns) {
        long numbers = rows * columns;
        if (numbers > LONGEST / lanes) {
            BigInteger bytes = BigInteger.valueOf(numbers).multiply(BigInteger.valueOf((long) lanes * Double.BYTES));
            throw Checks.error(
                    optimiser.operation() + ".compile",
                    "memory for the " + what + " in " + lanes + " lanes",
                    bytes + " bytes in one array",
                    "at most " + LONGEST * Double.BYTES);
        }
    }

    /**
     * What takes the steps, for one caller. Where the batch is cut and the optimiser has several threads, this starts
     * the others, and the stepper is to be closed.
     *
     * @return a new stepper; {@link SgdStepper#start} must come before its first step
     */
    public SgdStepper newStepper() {
        return new SgdStepper(this);
    }

    /**
     * The settings.
     *
     * @return the optimiser, of all lanes unless they differ
     */
    public Optimiser optimiser() {
        return optimiser;
    }

    /**
     * Whether lanes may differ in the numbers of their settings, seeds and starts.
     *
     * @return true for {@link Optimiser#compileVaried}
     */
    public boolean isVaried() {
        return varied;
    }

    /**
     * What is minimised.
     *
     * @return the objective
     */
    public Objective objective() {
        return objective;
    }

    /**
     * Replicas side by side.
     *
     * @return the number of lanes
     */
    public int lanes() {
        return lanes;
    }

    /**
     * Samples a step takes.
     *
     * @return B, n for the full batch
     */
    public int batchSize() {
        return batch;
    }

    /**
     * What a step of all lanes reads and writes: their parameters, velocities, samples and temporaries. Where the batch
     * is cut, without the temporaries.
     *
     * @return bytes
     */
    public long stepBytes() {
        long sample = (long) objective.data().outputSize()
                + (isFullBatch() ? 0 : objective.data().inputSize());
        long state = (1L + optimiser.rule().memory().size()) * objective.parameterCount();
        return (long) Double.BYTES * lanes * (state + batch * sample) + programs.workspaceBytes();
    }

    /**
     * The targets of the full batch without noise, row-major; shared by the steppers, to be read only. Empty where
     * batches are drawn.
     */
    double[] cleanTargets() {
        return cleanTargets;
    }

    /** Whether this very objective is minimised. */
    @SuppressWarnings("ReferenceEquality") // objectives are immutable and large: the same one is the question
    boolean isOf(Objective other) {
        return objective == other;
    }

    NoiseLaw law() {
        return law;
    }

    boolean isFullBatch() {
        return optimiser.batches().isFull();
    }

    /** What computes a step over the largest batch. */
    BatchPrograms programs() {
        return programs;
    }

    /** The same over the batches that are shorter; null where there is none. */
    @Nullable
    BatchPrograms ofShortBatch() {
        return ofShortBatch;
    }

    /**
     * Whether a step is plain or with heavy ball at constant rates, on batches of one size, with noise in labels alone.
     */
    boolean isSimple() {
        boolean rolls = optimiser.rule().name().equals("heavy-ball");
        return (rolls || optimiser.rule().equals(Rules.plain()))
                && optimiser.schedule().constant().isPresent()
                && optimiser.regularization().isNone()
                && !law.addsToParameters()
                && ofShortBatch == null;
    }

    /**
     * The whole step as one loop, once it has been taken so often that making it pays, and the JVM has compiled it:
     * until then it is slow. The bits are the same either way, so when it comes does not show.
     *
     * @param steps taken since the last call
     * @return null as long as there is none
     */
    @Nullable
    FusedStep fusedStep(long steps) {
        if (fused == null
                && lanes >= LEAST_LANES
                && vectorsStepped.addAndGet(steps * lanes / LEAST_LANES) * NANOS_SAVED
                        >= Kernels.active().nanosToCompile()) {
            makeFused();
        }
        FusedStep made = fused;
        return made != null && made.isWarm() ? made : null;
    }

    private synchronized void makeFused() {
        if (fused == null && fusedMayExist) {
            fused = FusedStep.of(this).orElse(null);
            fusedMayExist = fused != null;
        }
    }

    /** The number of columns of C, 0 where there is none. */
    int noiseColumns() {
        return noiseColumns;
    }
}
