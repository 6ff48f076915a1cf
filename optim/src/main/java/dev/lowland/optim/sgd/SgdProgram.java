package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Objective;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an optimiser on an objective, compiled for a number of replicas side by side. Immutable and shared by
 * threads; each thread has its own {@link SgdStepper}.
 *
 * <p>The gradient is that of the mean of the step's loss over the batch, at targets that a stepper makes noisy. Without
 * momentum a step is one program, which changes θ in place; else the program gives the gradient. The inputs of a full
 * batch are constants in it. For a single replica a batch of at least {@value BatchChunks#SMALLEST_BATCH} samples and
 * {@value BatchChunks#SMALLEST_WORK} samples times parameters is cut into chunks instead, which several threads may
 * work on; the cut and the order of the sum do not depend on threads.
 */
public final class SgdProgram {

    /**
     * Below this many lanes, steps are taken instruction by instruction: the bits of a single run are those of its own
     * kernels.
     */
    private static final int LEAST_LANES = 8;

    /**
     * Steps of {@value #LEAST_LANES} lanes after which a fused step pays for the time that the JVM takes to compile it.
     */
    private static final long VECTORS_TO_PAY = 5_000_000;

    /** The longest array, in numbers. */
    private static final long LONGEST = Integer.MAX_VALUE - 8L;

    private final LabelNoiseSgd sgd;
    private final Objective objective;
    private final int lanes;
    private final int batch;
    private final NoiseLaw law;
    private final @Nullable Program whole;
    private final @Nullable UpdateProgram update;
    private final @Nullable BatchChunks chunks;
    private final @Nullable Program factor;
    private final int noiseColumns;
    private final double[] cleanTargets;
    private final AtomicLong vectorsStepped = new AtomicLong();
    private volatile @Nullable FusedStep fused;
    private boolean fusedMayExist = true;

    SgdProgram(LabelNoiseSgd sgd, Objective objective, int lanes) {
        Checks.notNull("LabelNoiseSgd.compile", "objective", objective);
        Checks.atLeast("LabelNoiseSgd.compile", "lanes", lanes, 1);
        this.sgd = sgd;
        this.objective = objective;
        this.lanes = lanes;
        this.batch = sgd.batchSize(objective);
        this.law = sgd.noiseLaw(objective);
        checkSizes();
        this.cleanTargets = sgd.isFullBatch() ? objective.data().targets().data : new double[0];
        boolean cut = lanes == 1 && BatchChunks.suit(batch, objective.parameterCount());
        boolean inPlace = !cut && sgd.momentum() == 0 && !law.addsToParameters();
        this.chunks =
                cut ? BatchChunks.compile(batch, size -> graph(size, false).program()) : null;
        this.update = inPlace ? update(graph(batch, sgd.isFullBatch()).update(sgd.learningRate())) : null;
        this.whole =
                cut || inPlace ? null : whole(graph(batch, sgd.isFullBatch()).program());
        ParameterNoise noise = law.addsToParameters() ? sgd.parameterNoise().orElse(null) : null;
        DMatrixRMaj constant = noise == null ? null : noise.constant(objective.parameterCount());
        if (noise == null || constant != null) {
            this.factor = null;
            this.noiseColumns = constant == null ? 0 : constant.numCols;
        } else {
            Program factorProgram = noise.program(objective.parameterCount());
            this.noiseColumns = factorProgram.outputs().get(0).shape().columns();
            checkSize("factor of the noise", (long) objective.parameterCount() * noiseColumns, 1);
            this.factor = lanes == 1 ? factorProgram : factorProgram.forLanes(lanes, false);
        }
    }

    /** Every array of a stepper has a length that an array can have. */
    private void checkSizes() {
        Data data = objective.data();
        checkSize("parameters", objective.parameterCount(), 1);
        checkSize("targets and their noise of two steps", 2L * batch, data.outputSize());
        if (!sgd.isFullBatch()) {
            checkSize("inputs of a batch", batch, data.inputSize());
        }
    }

    private void checkSize(String what, long rows, int columns) {
        long numbers = rows * columns;
        if (numbers > LONGEST / lanes) {
            BigInteger bytes = BigInteger.valueOf(numbers).multiply(BigInteger.valueOf((long) lanes * Double.BYTES));
            throw Checks.error(
                    "LabelNoiseSgd.compile",
                    "memory for the " + what + " in " + lanes + " lanes",
                    bytes + " bytes in one array",
                    "at most " + LONGEST * Double.BYTES);
        }
    }

    private StepGraph graph(int samples, boolean constantInputs) {
        return StepGraph.of(objective, law, samples, batch, constantInputs);
    }

    private UpdateProgram update(UpdateProgram single) {
        return lanes == 1 ? single : single.forLanes(lanes);
    }

    private Program whole(Program single) {
        return lanes == 1 ? single : single.forLanes(lanes);
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
     * @return the optimiser
     */
    public LabelNoiseSgd sgd() {
        return sgd;
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
                + (sgd.isFullBatch() ? 0 : objective.data().inputSize());
        long state = (sgd.momentum() == 0 ? 1L : 2L) * objective.parameterCount();
        long temporaries = 0;
        if (update != null) {
            temporaries = update.workspaceBytes();
        } else if (whole != null) {
            temporaries = whole.workspaceBytes();
        }
        return (long) Double.BYTES * lanes * (state + batch * sample) + temporaries;
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

    /**
     * θ −= η · gradient over the whole batch; null where there is momentum, noise on parameters, or the batch is cut.
     */
    @Nullable
    UpdateProgram update() {
        return update;
    }

    /** The gradient over the whole batch; null where {@link #update} is there or the batch is cut. */
    @Nullable
    Program whole() {
        return whole;
    }

    /** The gradient over parts of the batch; null where the batch is whole. */
    @Nullable
    BatchChunks chunks() {
        return chunks;
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
                && vectorsStepped.addAndGet(steps * lanes / LEAST_LANES) >= VECTORS_TO_PAY) {
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

    /** θ ↦ C(θ), or null where C is the same everywhere or there is none. */
    @Nullable
    Program factor() {
        return factor;
    }

    /** The number of columns of C, 0 where there is none. */
    int noiseColumns() {
        return noiseColumns;
    }
}
