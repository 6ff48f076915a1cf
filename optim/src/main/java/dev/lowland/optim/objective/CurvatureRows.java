package dev.lowland.optim.objective;

import dev.lowland.core.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Rows F_i = M_i^{1/2} J_i, c × P for each sample, with J_i the Jacobian of its predictions and M_i the curvature of
 * its loss l̄ in them, so that K = (1/n) Σ F_iᵀF_i is the Gauss-Newton matrix with the curvature of the loss. K = ∇²L
 * where every sample is at the minimum of its loss; elsewhere, unlike ∇²L, it has no negative eigenvalue, and its rank
 * is at most n·c.
 *
 * <p>For one thread at a time. Cost: a Jacobian, and an eigen decomposition of c × c numbers a sample. Memory: 2n·c·P.
 */
public final class CurvatureRows {

    /** A curvature of a loss may be this far below 0 by rounding, relative to the largest. */
    private static final double ROUNDING = 1e-12;

    private final OutputCurvature curvature;
    private final ObjectiveEvaluator evaluator;
    private final int samples;
    private final int outputs;
    private final int parameters;
    private final DMatrixRMaj predictions;
    private final DMatrixRMaj jacobian;
    private final DMatrixRMaj rows;

    CurvatureRows(Objective objective) {
        this.curvature = objective.programs().outputCurvature();
        this.evaluator = objective.evaluator();
        this.samples = objective.sampleCount();
        this.outputs = objective.data().outputSize();
        this.parameters = objective.parameterCount();
        this.predictions = new DMatrixRMaj(samples, outputs);
        this.jacobian = new DMatrixRMaj(samples * outputs, parameters);
        this.rows = new DMatrixRMaj(samples * outputs, parameters);
    }

    /**
     * The rows found last.
     *
     * @return n·c × P, this object's own; to be read only
     */
    public DMatrixRMaj rows() {
        return rows;
    }

    /**
     * Finds the rows at a point.
     *
     * @param theta P × 1. Not modified.
     * @return empty if they were found; or why not: a number out of range, or a loss that is not convex at its
     *     prediction
     * @throws IllegalArgumentException if theta has another shape
     */
    public Optional<String> compute(DMatrixRMaj theta) {
        evaluator.predictions(theta, predictions);
        evaluator.jacobian(theta, jacobian);
        if (!finite(predictions) || !finite(jacobian)) {
            return Optional.of("the predictions or their derivatives leave the range of numbers");
        }
        double[] all = curvature.at(predictions.data);
        Arrays.fill(rows.data, 0);
        DMatrixRMaj one = new DMatrixRMaj(outputs, outputs);
        for (int i = 0; i < samples; i++) {
            System.arraycopy(all, i * outputs * outputs, one.data, 0, outputs * outputs);
            if (!finite(one)) {
                return Optional.of("the curvature of the loss of sample " + i + " is not a number");
            }
            if (!multiplyByRoot(i, one)) {
                return Optional.of("the loss of sample " + i + " is not convex at its prediction");
            }
        }
        return Optional.empty();
    }

    private static boolean finite(DMatrixRMaj m) {
        for (int e = 0; e < m.getNumElements(); e++) {
            if (!(Math.abs(m.data[e]) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /** Row a of F_i is √μ_a u_aᵀ J_i for the eigenpairs of M_i; false if one is negative. */
    private boolean multiplyByRoot(int sample, DMatrixRMaj curvatureOfLoss) {
        if (outputs == 1) {
            return multiplyByRoot(sample, curvatureOfLoss.data[0]);
        }
        SymmetricEigen eigen = SymmetricEigen.of(curvatureOfLoss);
        double allowed = -ROUNDING * Math.abs(eigen.values()[outputs - 1]);
        for (int a = 0; a < outputs; a++) {
            double value = eigen.values()[a];
            if (value < allowed) {
                return false;
            }
            double root = Math.sqrt(Math.max(0, value));
            int to = (sample * outputs + a) * parameters;
            for (int k = 0; k < outputs; k++) {
                double factor = root * eigen.vectors().data[k * outputs + a];
                int from = (sample * outputs + k) * parameters;
                for (int j = 0; j < parameters; j++) {
                    rows.data[to + j] += factor * jacobian.data[from + j];
                }
            }
        }
        return true;
    }

    private boolean multiplyByRoot(int sample, double curvatureOfLoss) {
        double root = Math.sqrt(curvatureOfLoss);
        int from = sample * parameters;
        for (int j = from; j < from + parameters; j++) {
            rows.data[j] = root * jacobian.data[j];
        }
        return curvatureOfLoss >= 0;
    }
}
