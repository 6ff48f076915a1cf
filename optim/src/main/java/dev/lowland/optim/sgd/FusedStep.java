package dev.lowland.optim.sgd;

import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.lane.LaneLoop;
import dev.lowland.optim.objective.Data;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole step of many replicas as one piece of straight-line code: the noise on the labels, the gradient and the
 * update, with every number between them in a register. For models of few operations; the bits are those of the steps
 * that {@link SgdStepper} takes instruction by instruction.
 *
 * <p>Immutable, shared by threads.
 */
final class FusedStep {

    private static final int PARAMETERS = 0;
    private static final int VELOCITY = 1;
    private static final int TARGETS = 2;
    private static final int NOISE = 3;
    private static final int INPUTS = 4;
    private static final int COEFFICIENTS = 5;

    /** Arrays that a step reads or writes. */
    static final int ARRAYS = 6;

    /** Minus η, where the coefficients begin. */
    static final int FACTOR = 0;

    private static final int RATE = 1;
    private static final int MOMENTUM = 2;
    private static final int DEVIATION = 3;

    /** Coefficients of a lane, without the σ of the outputs after the first. */
    private static final int FIRST_COEFFICIENTS = 4;

    private final LaneLoop loop;

    private FusedStep(LaneLoop loop) {
        this.loop = loop;
    }

    /** The fused step of a program; empty if there is no such code or it is too long. */
    static Optional<FusedStep> of(SgdProgram program) {
        int parameters = program.objective().parameterCount();
        if (!program.isSimple() || parameters > LaneCode.LARGEST) {
            return Optional.empty();
        }
        LaneCode code = LaneCode.of(program.lanes(), ARRAYS);
        int[] theta = code.loadAll(PARAMETERS, parameters);
        List<int[]> in = new ArrayList<>(List.of(theta, targets(program, code)));
        if (!program.isFullBatch()) {
            int inputs = program.batchSize() * program.objective().data().inputSize();
            if (inputs > LaneCode.LARGEST) {
                return Optional.empty();
            }
            in.add(code.loadAll(INPUTS, inputs));
        }
        if (program.isVaried() && program.programs().update() != null) {
            in.add(new int[] {code.load(COEFFICIENTS, FACTOR)});
        }
        if (!write(program, code, theta, in)) {
            return Optional.empty();
        }
        return code.size() > LaneCode.LARGEST
                ? Optional.empty()
                : Optional.of(new FusedStep(Kernels.active().compile(code)));
    }

    /**
     * Whether the fused step knows the targets but for their noise: on the full batch, where they are always the same.
     */
    static boolean knowsTargets(SgdProgram program) {
        return program.isFullBatch() && !program.law().flipsLabels();
    }

    private static int[] targets(SgdProgram program, LaneCode code) {
        Data data = program.objective().data();
        int[] targets = new int[program.batchSize() * data.outputSize()];
        double[] clean = program.cleanTargets();
        for (int e = 0; e < targets.length; e++) {
            int given = knowsTargets(program) ? code.constant(clean[e]) : code.load(TARGETS, e);
            targets[e] = program.law().addsToTargets()
                    ? code.add(given, code.multiply(deviation(program, code, e), code.load(NOISE, e)))
                    : given;
        }
        return targets;
    }

    /** σ of the output that entry e of the targets is of. */
    private static int deviation(SgdProgram program, LaneCode code, int e) {
        int output = e % program.objective().data().outputSize();
        return program.isVaried()
                ? code.load(COEFFICIENTS, DEVIATION + output)
                : code.constant(program.optimiser().noise().deviation(output));
    }

    /** Writes the stores of the step; returns whether there is such code. */
    private static boolean write(SgdProgram program, LaneCode code, int[] theta, List<int[]> in) {
        UpdateProgram update = program.programs().update();
        Program whole = program.programs().whole();
        if (update != null) {
            Optional<int[]> next = update.write(code, in);
            next.ifPresent(values -> {
                for (int e = 0; e < values.length; e++) {
                    code.store(PARAMETERS, e, values[e]);
                }
            });
            return next.isPresent();
        }
        Optional<List<int[]>> gradient = whole == null ? Optional.empty() : whole.write(code, in);
        gradient.ifPresent(values -> rollOn(program, code, theta, values.get(0)));
        return gradient.isPresent();
    }

    /** The step of a heavy ball. */
    private static void rollOn(SgdProgram program, LaneCode code, int[] theta, int[] gradient) {
        boolean varied = program.isVaried();
        int rate = varied
                ? code.load(COEFFICIENTS, RATE)
                : code.constant(program.optimiser().schedule().at(0));
        int momentum = varied
                ? code.load(COEFFICIENTS, MOMENTUM)
                : code.constant(program.optimiser().rule().numbers()[0]);
        for (int e = 0; e < theta.length; e++) {
            int kept = code.multiply(momentum, code.load(VELOCITY, e));
            int next = code.subtract(kept, code.multiply(rate, gradient[e]));
            code.store(VELOCITY, e, next);
            code.store(PARAMETERS, e, code.add(theta[e], next));
        }
    }

    /** Whether it is as fast as it gets; until then steps instruction by instruction may be faster. */
    boolean isWarm() {
        return loop.isWarm();
    }

    /** The arrays of a stepper in the order of the fused step. */
    static double[][] arrays(
            double[] parameters,
            double[] velocity,
            double[] targets,
            double[] noise,
            double[] inputs,
            double[] coefficients) {
        return new double[][] {parameters, velocity, targets, noise, inputs, coefficients};
    }

    /** What the coefficients of some lanes take: entry i of lane l is at [i·lanes + l]. */
    static double[] newCoefficients(int outputs, int lanes) {
        return new double[(FIRST_COEFFICIENTS - 1 + outputs) * lanes];
    }

    /** Writes those of one lane. */
    static void setCoefficients(double[] coefficients, int lanes, int lane, Optimiser optimiser) {
        double rate = optimiser.schedule().at(0);
        double[] numbers = optimiser.rule().numbers();
        coefficients[FACTOR * lanes + lane] = -rate;
        coefficients[RATE * lanes + lane] = rate;
        coefficients[MOMENTUM * lanes + lane] = numbers.length == 0 ? 0 : numbers[0];
        for (int j = 0; (DEVIATION + j) * lanes < coefficients.length; j++) {
            coefficients[(DEVIATION + j) * lanes + lane] = optimiser.noise().deviation(j);
        }
    }

    /** Takes one step in every lane; the noise of the step begins at an offset. The offsets are memory for the call. */
    void step(double[][] arrays, int noiseOffset, int[] offsets) {
        offsets[NOISE] = noiseOffset;
        loop.run(arrays, offsets);
    }
}
