package dev.lowland.optim.objective;

import dev.lowland.autodiff.check.ModelCheck;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/**
 * The training loss L(θ) = (1/n) Σ_i [l̄(f_i(θ), y_i) − min l̄] of a model on data, with its derivatives to third
 * order.
 *
 * <p>Immutable and safe to share by threads. The programs behind it are compiled once, on first use. Calls in a loop
 * belong on an {@link #evaluator()}, one for each thread, which allocates nothing in steady state; the methods here
 * make a fresh one a call. All θ are P × 1.
 */
public final class Objective {

    private final Model model;
    private final Loss loss;
    private final Data data;
    private final ObjectivePrograms programs;

    private Objective(Model model, Loss loss, Data data) {
        this.model = model;
        this.loss = loss;
        this.data = data;
        this.programs = new ObjectivePrograms(model, loss, data);
    }

    /**
     * Puts model, loss and data together.
     *
     * @param model predicts c numbers a sample; {@link ModelCheck} says what one that is not of {@link Models} must be
     * @param loss reads its targets from the data; {@link LossCheck} says what one that is not of {@link Losses} must
     *     be
     * @param data the training samples
     * @return the objective
     * @throws IllegalArgumentException if the model wants other inputs, makes another number of outputs than a target
     *     has, mixes samples or predicts another shape than it says; if the loss refuses a target, or is not what it
     *     says
     */
    public static Objective of(Model model, Loss loss, Data data) {
        Checks.notNull("Objective.of", "model", model);
        Checks.notNull("Objective.of", "loss", loss);
        Checks.notNull("Objective.of", "data", data);
        if (model.inputSize() != data.inputSize()) {
            throw Checks.error(
                    "Objective.of",
                    "inputs",
                    data.size() + "×" + data.inputSize(),
                    "n×" + model.inputSize() + ", as the model " + model.kind() + " takes");
        }
        loss.checkTargets(data);
        if (model.outputSize() != data.outputSize()) {
            throw Checks.error(
                    "Objective.of",
                    "targets",
                    data.size() + "×" + data.outputSize(),
                    "n×" + model.outputSize() + ", as the model " + model.kind() + " predicts");
        }
        if (!Models.made(model)) {
            int rows = Math.min(data.size(), SampleProgram.LARGEST_CHUNK);
            ModelCheck.of(model).withSamples(rows).run().require("Objective.of");
        }
        if (!(loss instanceof LossCheck.Known)) {
            LossCheck.of(loss, LossCheck.examples(data)).run().require("Objective.of");
        }
        return new Objective(model, loss, data);
    }

    /**
     * The model.
     *
     * @return the model
     */
    public Model model() {
        return model;
    }

    /**
     * The loss.
     *
     * @return the loss
     */
    public Loss loss() {
        return loss;
    }

    /**
     * The training samples.
     *
     * @return the samples
     */
    public Data data() {
        return data;
    }

    /**
     * Number of parameters P.
     *
     * @return P
     */
    public int parameterCount() {
        return model.parameterCount();
    }

    /**
     * Number of samples n.
     *
     * @return n
     */
    public int sampleCount() {
        return data.size();
    }

    ObjectivePrograms programs() {
        return programs;
    }

    /**
     * What computes values and derivatives, for one thread.
     *
     * @return a new evaluator
     */
    public ObjectiveEvaluator evaluator() {
        return new ObjectiveEvaluator(this);
    }

    /**
     * What computes the rows of the Gauss-Newton matrix with the curvature of the loss, for one thread.
     *
     * @return new rows, not yet computed
     */
    public CurvatureRows curvatureRows() {
        return new CurvatureRows(this);
    }

    /**
     * L(θ). See {@link ObjectiveEvaluator#loss}.
     *
     * @param theta P × 1. Not modified.
     * @return L ≥ 0, infinite where the predictions leave the range of numbers
     */
    public double loss(DMatrixRMaj theta) {
        return evaluator().loss(theta);
    }

    /**
     * ∇L(θ). See {@link ObjectiveEvaluator#gradient}.
     *
     * @param theta P × 1. Not modified.
     * @param out P × 1. Modified.
     */
    public void gradient(DMatrixRMaj theta, DMatrixRMaj out) {
        evaluator().gradient(theta, out);
    }

    /**
     * f(θ) on all samples. See {@link ObjectiveEvaluator#predictions}.
     *
     * @param theta P × 1. Not modified.
     * @param out n × c. Modified.
     */
    public void predictions(DMatrixRMaj theta, DMatrixRMaj out) {
        evaluator().predictions(theta, out);
    }

    /**
     * f(θ) on other samples, without targets. See {@link ObjectiveEvaluator#predict}.
     *
     * @param theta P × 1. Not modified.
     * @param inputs m × d. Not modified.
     * @param out m × c. Modified.
     */
    public void predict(DMatrixRMaj theta, DMatrixRMaj inputs, DMatrixRMaj out) {
        evaluator().predict(theta, inputs, out);
    }

    /**
     * The Jacobian of the predictions. See {@link ObjectiveEvaluator#jacobian}.
     *
     * @param theta P × 1. Not modified.
     * @param out n·c × P. Modified.
     */
    public void jacobian(DMatrixRMaj theta, DMatrixRMaj out) {
        evaluator().jacobian(theta, out);
    }

    /**
     * G = (1/n) JᵀJ. See {@link ObjectiveEvaluator#gaussNewton}.
     *
     * @param theta P × 1. Not modified.
     * @param out P × P. Modified.
     */
    public void gaussNewton(DMatrixRMaj theta, DMatrixRMaj out) {
        evaluator().gaussNewton(theta, out);
    }

    /**
     * H = ∇²L(θ). See {@link ObjectiveEvaluator#hessian}.
     *
     * @param theta P × 1. Not modified.
     * @param out P × P. Modified.
     */
    public void hessian(DMatrixRMaj theta, DMatrixRMaj out) {
        evaluator().hessian(theta, out);
    }

    /**
     * H v. See {@link ObjectiveEvaluator#hessianVector}.
     *
     * @param theta P × 1. Not modified.
     * @param v P × 1. Not modified.
     * @param out P × 1. Modified.
     */
    public void hessianVector(DMatrixRMaj theta, DMatrixRMaj v, DMatrixRMaj out) {
        evaluator().hessianVector(theta, v, out);
    }

    /**
     * ∇_θ Σ_j D²L(θ)[w_j, w_j]. See {@link ObjectiveEvaluator#thirdOrder}.
     *
     * @param theta P × 1. Not modified.
     * @param directions P × m, one w_j a column. Not modified.
     * @param out P × 1. Modified.
     * @return Σ_j D²L(θ)[w_j, w_j]
     */
    public double thirdOrder(DMatrixRMaj theta, DMatrixRMaj directions, DMatrixRMaj out) {
        return evaluator().thirdOrder(theta, directions, out);
    }
}
