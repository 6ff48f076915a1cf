package dev.lowland.optim.sgd;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Objective;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The steps of an optimiser on an objective, compiled for a number of replicas side by side. Immutable and shared by threads;
 * each thread has its own {@link SgdStepper}.
 *
 * <p>The gradient is that of the mean of the step's loss over the batch, at targets that a stepper makes noisy. On the full batch
 * the inputs are part of the program.
 */
public final class SgdProgram {

    /** Below this many lanes, steps are taken instruction by instruction: the bits of a single run are those of its own kernels. */
    private static final int LEAST_LANES = 8;

    /** Steps of {@value #LEAST_LANES} lanes after which a kernel pays for the time that the JVM takes to compile it. */
    private static final long VECTORS_TO_PAY = 5_000_000;

    private final LabelNoiseSgd sgd;
    private final Objective objective;
    private final int lanes;
    private final int batch;
    private final NoiseLaw law;
    private final Program gradient;
    private final @Nullable Program factor;
    private final int noiseColumns;
    private final AtomicLong vectorsStepped = new AtomicLong();
    private volatile @Nullable StepKernel kernel;
    private boolean kernelMayExist = true;

    SgdProgram(LabelNoiseSgd sgd, Objective objective, int lanes) {
        Checks.atLeast("LabelNoiseSgd.compile", "lanes", lanes, 1);
        this.sgd = sgd;
        this.objective = objective;
        this.lanes = lanes;
        this.batch = sgd.batchSize(objective);
        this.law = sgd.noiseLaw(objective);
        Program single = compile();
        this.gradient = lanes == 1 ? single : single.forLanes(lanes, new boolean[sgd.isFullBatch() ? 2 : 3]);
        ParameterNoise noise = law == NoiseLaw.EXPLICIT ? sgd.parameterNoise() : null;
        DMatrixRMaj constant = noise == null ? null : noise.constant(objective.parameterCount());
        if (noise == null || constant != null) {
            this.factor = null;
            this.noiseColumns = constant == null ? 0 : constant.numCols;
        } else {
            Program factorProgram = noise.program(objective.parameterCount());
            this.noiseColumns = factorProgram.outputs().get(0).shape().columns();
            this.factor = lanes == 1 ? factorProgram : factorProgram.forLanes(lanes, false);
        }
    }

    private Program compile() {
        Data data = objective.data();
        Graph graph = new Graph();
        Node theta = graph.input("theta", Shape.of(objective.parameterCount(), 1));
        Node targets = graph.input("targets", Shape.of(batch, data.outputSize()));
        Node inputs = sgd.isFullBatch()
                ? graph.constant(data.inputs())
                : graph.input("inputs", Shape.of(batch, data.inputSize()));
        Node predictions = objective.model().predict(theta, inputs);
        Node losses = law == NoiseLaw.NONE || law == NoiseLaw.EXPLICIT
                ? objective.loss().smoothed(predictions, targets)
                : objective.loss().perSample(predictions, targets);
        Node gradient = Reverse.gradient(Ops.scale(Ops.sum(losses), 1.0 / batch), theta);
        List<Node> arguments = sgd.isFullBatch() ? List.of(theta, targets) : List.of(theta, targets, inputs);
        return Program.compile(arguments, List.of(gradient));
    }

    /**
     * What takes the steps, for one thread.
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
     * The whole step as one kernel, once it has been taken so often that making the kernel pays: until the JVM has compiled it, it is
     * slow. The bits are the same either way, so when it comes does not show.
     *
     * @param steps taken since the last call
     * @return null as long as there is none
     */
    @Nullable
    StepKernel kernel(long steps) {
        if (kernel == null
                && lanes >= LEAST_LANES
                && vectorsStepped.addAndGet(steps * lanes / LEAST_LANES) >= VECTORS_TO_PAY) {
            makeKernel();
        }
        return kernel;
    }

    private synchronized void makeKernel() {
        if (kernel == null && kernelMayExist) {
            kernel = StepKernel.of(this).orElse(null);
            kernelMayExist = kernel != null;
        }
    }

    NoiseLaw law() {
        return law;
    }

    Program gradient() {
        return gradient;
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
