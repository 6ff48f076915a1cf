package dev.lowland.theory.claims.limit;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The Lasso min_w F(w) = (1/2n)‖Xw − y‖² + λΣ_j c_j|w_j| by coordinate descent, with the duality gap as a certificate:
 * F(w) is at most that far above the minimum, whatever the solver did (Friedman, Hastie, Höfling, Tibshirani 2007; Boyd
 * and Vandenberghe 2004, section 5.5).
 *
 * <p>Immutable and thread-safe.
 *
 * @param inputs X, n × d. Not modified, not copied.
 * @param targets y, n × 1. Not modified, not copied.
 * @param weights c, d positive numbers. Not modified, not copied.
 */
record LassoSolver(DMatrixRMaj inputs, DMatrixRMaj targets, double[] weights) {

    private static final int SWEEPS = 100_000;

    /** Sweeps end when the gap is below this share of F(0). */
    private static final double GAP = 1e-15;

    /**
     * A solution.
     *
     * @param coefficients w
     * @param value F(w)
     * @param dual a lower bound of the minimum of F
     */
    record Solution(double[] coefficients, double value, double dual) {}

    /** c_j = (1/n)Σ_i x_ij², the weights that label noise gives. */
    static double[] meanSquares(DMatrixRMaj inputs) {
        double[] out = new double[inputs.numCols];
        for (int j = 0; j < out.length; j++) {
            for (int i = 0; i < inputs.numRows; i++) {
                out[j] += inputs.get(i, j) * inputs.get(i, j) / inputs.numRows;
            }
        }
        return out;
    }

    /**
     * Minimises F.
     *
     * @param strength λ, positive
     */
    Solution solve(double strength) {
        double[] w = new double[weights.length];
        double[] residual = Arrays.copyOf(targets.data, inputs.numRows);
        double[] squares = meanSquares(inputs);
        Solution solution = judged(w, residual, strength);
        double scale = solution.value;
        for (int sweep = 0; sweep < SWEEPS && solution.value - solution.dual > GAP * scale; sweep++) {
            for (int j = 0; j < w.length; j++) {
                double old = w[j];
                double pull = squares[j] * old + correlation(j, residual);
                double size = Math.max(0, Math.abs(pull) - strength * weights[j]);
                w[j] = Math.signum(pull) * size / squares[j];
                for (int i = 0; i < residual.length; i++) {
                    residual[i] -= inputs.get(i, j) * (w[j] - old);
                }
            }
            solution = judged(w, residual, strength);
        }
        return solution;
    }

    /**
     * F(w).
     *
     * @param w d numbers. Not modified.
     * @param strength λ
     */
    double value(double[] w, double strength) {
        double[] residual = Arrays.copyOf(targets.data, inputs.numRows);
        for (int i = 0; i < residual.length; i++) {
            for (int j = 0; j < w.length; j++) {
                residual[i] -= inputs.get(i, j) * w[j];
            }
        }
        return value(w, residual, strength);
    }

    /** z_j = (1/n)Σ_i x_ij (y − Xw)_i / (λc_j): ±1 on the support, less off it. */
    double[] slack(double[] w, double strength) {
        DMatrixRMaj fitted = CommonOps_DDRM.mult(inputs, new DMatrixRMaj(w.length, 1, true, w), null);
        double[] residual = new double[inputs.numRows];
        for (int i = 0; i < residual.length; i++) {
            residual[i] = targets.data[i] - fitted.data[i];
        }
        double[] out = new double[w.length];
        for (int j = 0; j < w.length; j++) {
            out[j] = correlation(j, residual) / (strength * weights[j]);
        }
        return out;
    }

    /** The interpolator of least ‖w‖₂, Xᵀ(XXᵀ)⁻¹y. */
    double[] leastSquareNorm() {
        DMatrixRMaj inverse = new DMatrixRMaj(inputs.numCols, inputs.numRows);
        CommonOps_DDRM.pinv(inputs, inverse);
        return CommonOps_DDRM.mult(inverse, targets, null).data;
    }

    /** Scales the residual until it is feasible for the dual, max ⟨ν, y⟩ − (n/2)‖ν‖² with |⟨x_j, ν⟩| ≤ λc_j. */
    private Solution judged(double[] w, double[] residual, double strength) {
        double scale = 1;
        for (int j = 0; j < w.length; j++) {
            scale = Math.min(scale, strength * weights[j] / Math.abs(correlation(j, residual)));
        }
        double dual = 0;
        for (int i = 0; i < residual.length; i++) {
            double nu = scale * residual[i] / residual.length;
            dual += nu * targets.data[i] - 0.5 * residual.length * nu * nu;
        }
        return new Solution(w.clone(), value(w, residual, strength), dual);
    }

    private double value(double[] w, double[] residual, double strength) {
        double sum = 0;
        for (double r : residual) {
            sum += 0.5 * r * r / residual.length;
        }
        for (int j = 0; j < w.length; j++) {
            sum += strength * weights[j] * Math.abs(w[j]);
        }
        return sum;
    }

    private double correlation(int j, double[] residual) {
        double sum = 0;
        for (int i = 0; i < residual.length; i++) {
            sum += inputs.get(i, j) * residual[i] / residual.length;
        }
        return sum;
    }
}
