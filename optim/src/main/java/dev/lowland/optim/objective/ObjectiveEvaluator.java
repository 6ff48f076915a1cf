package dev.lowland.optim.objective;

import dev.lowland.autodiff.function.ProgramCall;
import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.linalg.Symmetry;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Values and derivatives of an {@link Objective}, with the memory they need. For one thread at a time; after the first
 * call of a method, further calls allocate nothing.
 *
 * <p>Loss, gradient and predictions go through the samples in chunks, in order, so that their temporaries do not grow
 * with n; with data that fit one chunk (up to {@value SampleProgram#LARGEST_CHUNK} samples, and
 * {@value FittingChunk#MEBIBYTES} MiB of temporaries) there is nothing to add up.
 *
 * <p>θ with a number that is not finite is refused. Where the predictions leave the range of numbers the loss is
 * infinite, and derivatives and predictions have entries that are infinite or NaN: who needs to know looks at them, as
 * runs do at their parameters.
 *
 * <p>Cost in units of G, one loss with its gradient: a Hessian-vector product 2–3 G, the Hessian P of these, the
 * gradient of Σ_j D²L[w_j, w_j] about 2 G a direction. Shapes: P parameters, n samples, c outputs a sample.
 */
public final class ObjectiveEvaluator {

    private final KernelSet kernels = Kernels.active();
    private final Objective objective;
    private final ObjectivePrograms programs;
    private final int parameters;
    private final int samples;
    private final int outputs;
    private @Nullable SampleRun predictions;
    private ObjectivePrograms.@Nullable Forecast forecast;
    private @Nullable SampleRun gradient;
    private double[] predicted = {};
    private double[] chunkInputs = {};
    private @Nullable ProgramCall hessianVector;
    private @Nullable Directions hessian;
    private @Nullable Directions jacobian;
    private @Nullable ThirdOrder thirdOrder;
    private @Nullable DMatrixRMaj rows;

    ObjectiveEvaluator(Objective objective) {
        this.objective = objective;
        this.programs = objective.programs();
        this.parameters = objective.parameterCount();
        this.samples = objective.sampleCount();
        this.outputs = objective.data().outputSize();
    }

    /**
     * The objective that this evaluates.
     *
     * @return the objective
     */
    public Objective objective() {
        return objective;
    }

    /**
     * L(θ), accurate relative to itself also where it is nearly zero.
     *
     * @param theta P × 1. Not modified.
     * @return L ≥ 0; infinite where the predictions leave the range of numbers, never NaN
     * @throws IllegalArgumentException if theta is not finite or not P × 1
     */
    public double loss(DMatrixRMaj theta) {
        checkPoint("loss", theta);
        SampleRun run = predictionsRun();
        double loss = run.meanLoss(theta.data, objective.loss(), predicted);
        return Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss;
    }

    private void checkPoint(String operation, DMatrixRMaj theta) {
        Checks.shape(operation, "theta", theta, parameters, 1);
        Checks.finite(operation, "theta", theta);
    }

    /**
     * ∇L(θ).
     *
     * @param theta P × 1. Not modified.
     * @param out P × 1. Modified.
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    public void gradient(DMatrixRMaj theta, DMatrixRMaj out) {
        checkPoint("gradient", theta);
        Checks.shape("gradient", "out", out, parameters, 1);
        if (gradient == null) {
            gradient = sampleRun(programs.gradient(), parameters);
        }
        gradient.sum(theta.data, out.data);
    }

    /**
     * f(θ) on all samples.
     *
     * @param theta P × 1. Not modified.
     * @param out n × c. Modified.
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    public void predictions(DMatrixRMaj theta, DMatrixRMaj out) {
        checkPoint("predictions", theta);
        Checks.shape("predictions", "out", out, samples, outputs);
        predictionsRun().concatenate(theta.data, outputs, out.data);
    }

    /**
     * f(θ) on samples that are not those of the objective, and have no targets. A row has the numbers of
     * {@link #predictions} up to rounding: how many samples are worked on at once is another matter.
     *
     * @param theta P × 1. Not modified.
     * @param inputs m × d, one sample a row, m ≥ 1, finite. Not modified.
     * @param out m × c. Modified.
     * @throws IllegalArgumentException if theta or inputs are not finite or an argument has another shape
     */
    public void predict(DMatrixRMaj theta, DMatrixRMaj inputs, DMatrixRMaj out) {
        checkPoint("predict", theta);
        Checks.notNull("predict", "inputs", inputs);
        Checks.atLeast("predict", "rows of inputs", inputs.numRows, 1);
        Checks.shape(
                "predict", "inputs", inputs, inputs.numRows, objective.data().inputSize());
        Checks.finite("predict", "inputs", inputs);
        Checks.shape("predict", "out", out, inputs.numRows, outputs);
        if (forecast == null) {
            forecast = new ObjectivePrograms.Forecast(programs);
        }
        forecast.run(theta.data, inputs, out);
    }

    /**
     * The Jacobian J of the predictions: row i·c + j has the gradient of output j on sample i. By rows in reverse mode
     * or by columns in forward mode, whichever are fewer.
     *
     * @param theta P × 1. Not modified.
     * @param out n·c × P. Modified.
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    public void jacobian(DMatrixRMaj theta, DMatrixRMaj out) {
        checkPoint("jacobian", theta);
        Checks.shape("jacobian", "out", out, samples * outputs, parameters);
        boolean reverse = samples * outputs < parameters;
        if (jacobian == null) {
            jacobian = reverse ? byRows() : byColumns();
        }
        if (reverse) {
            jacobian.rows(theta, out);
        } else {
            jacobian.columns(theta, out);
        }
    }

    private Directions byRows() {
        int width = Directions.width(samples * outputs);
        return new Directions(programs.call(programs.jacobianTransposed(width)), samples * outputs, parameters, width);
    }

    private Directions byColumns() {
        int width = Directions.width(parameters);
        return new Directions(programs.call(programs.jacobianVectors(width)), parameters, samples * outputs, width);
    }

    /**
     * The Gauss-Newton matrix G = (1/n) JᵀJ, exactly symmetric. The curvature of the loss is not part of it.
     *
     * @param theta P × 1. Not modified.
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    public void gaussNewton(DMatrixRMaj theta, DMatrixRMaj out) {
        checkPoint("gaussNewton", theta);
        Checks.shape("gaussNewton", "out", out, parameters, parameters);
        if (rows == null) {
            rows = new DMatrixRMaj(samples * outputs, parameters);
        }
        jacobian(theta, rows);
        int inner = samples * outputs;
        kernels.multiply(MatrixForm.TN, false, parameters, parameters, inner, rows.data, 0, rows.data, 0, out.data, 0);
        for (int e = 0; e < parameters * parameters; e++) {
            out.data[e] /= samples;
        }
        Symmetry.average(out);
    }

    /**
     * The Hessian H = ∇²L(θ), from H applied to every unit vector; the two triangles are averaged, so it is exactly
     * symmetric.
     *
     * @param theta P × 1. Not modified.
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    public void hessian(DMatrixRMaj theta, DMatrixRMaj out) {
        checkPoint("hessian", theta);
        Checks.shape("hessian", "out", out, parameters, parameters);
        if (hessian == null) {
            int width = Directions.width(parameters);
            hessian = new Directions(programs.call(programs.hessianVectors(width)), parameters, parameters, width);
        }
        hessian.columns(theta, out);
        Symmetry.average(out);
    }

    /**
     * H v, without forming H.
     *
     * @param theta P × 1. Not modified.
     * @param v P × 1. Not modified.
     * @param out P × 1. Modified.
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    public void hessianVector(DMatrixRMaj theta, DMatrixRMaj v, DMatrixRMaj out) {
        checkPoint("hessianVector", theta);
        Checks.shape("hessianVector", "v", v, parameters, 1);
        Checks.shape("hessianVector", "out", out, parameters, 1);
        if (hessianVector == null) {
            hessianVector = programs.call(programs.hessianVectors(1));
        }
        hessianVector.input(0, theta.data).input(1, v.data).output(0, out.data).run();
    }

    /**
     * The gradient ∇_θ Σ_j D²L(θ)[w_j, w_j] with the directions held constant: the third derivative of L applied to Σ_j
     * w_j w_jᵀ.
     *
     * @param theta P × 1. Not modified.
     * @param directions P × m, one w_j a column, m ≥ 1. Not modified.
     * @param out P × 1. Modified.
     * @return Σ_j D²L(θ)[w_j, w_j]
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     */
    public double thirdOrder(DMatrixRMaj theta, DMatrixRMaj directions, DMatrixRMaj out) {
        checkPoint("thirdOrder", theta);
        Checks.rows("thirdOrder", "directions", directions, parameters);
        Checks.atLeast("thirdOrder", "columns of directions", directions.numCols, 1);
        Checks.shape("thirdOrder", "out", out, parameters, 1);
        int width = Directions.width(directions.numCols);
        if (thirdOrder == null || thirdOrder.width() != width) {
            thirdOrder = new ThirdOrder(programs.call(programs.thirdOrder(width)), parameters, width);
        }
        return thirdOrder.apply(theta, directions, out);
    }

    private SampleRun predictionsRun() {
        if (predictions == null) {
            SampleProgram program = programs.predictions();
            predicted = new double[program.size(0) * outputs];
            predictions = sampleRun(program, predicted.length);
        }
        return predictions;
    }

    private SampleRun sampleRun(SampleProgram program, int resultSize) {
        int numbers = SampleRun.inputsOf(program, objective.data());
        if (chunkInputs.length < numbers) {
            chunkInputs = new double[numbers];
        }
        return new SampleRun(programs, program, objective.data(), chunkInputs, resultSize);
    }
}
