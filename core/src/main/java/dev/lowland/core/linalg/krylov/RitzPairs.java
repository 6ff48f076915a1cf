package dev.lowland.core.linalg.krylov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.TridiagonalEigen;
import org.ejml.data.DMatrixRMaj;

/**
 * Ritz values and vectors of a {@link Lanczos} process, with the length of their residuals: ‖A·y_i − θ_i y_i‖ = β_m
 * |s_{m,i}|.
 *
 * <p>Some eigenvalue of A is within that residual of θ_i. Every θ_i lies between the smallest and the largest
 * eigenvalue of A: the largest one is a lower bound on λmax, whatever the residual.
 *
 * <p>Cost of {@link #solve}: 3m³. It owns its memory: one thread at a time, no allocation after the first solve.
 */
public final class RitzPairs {
    private final TridiagonalEigen eigen;
    private final double[] combination;
    private final Lanczos process;

    /**
     * Ritz pairs of one process, to be solved for whenever it has advanced.
     *
     * @param process the process; kept
     */
    public RitzPairs(Lanczos process) {
        Checks.notNull("ritz pairs", "process", process);
        this.process = process;
        this.eigen = new TridiagonalEigen(process.maxSteps());
        this.combination = new double[process.maxSteps()];
    }

    /** Solves for the process as it is now. All other methods speak of it as it was then. */
    public void solve() {
        Checks.atLeast("Ritz pairs", "steps of the process", process.steps(), 1);
        eigen.solve(process.steps(), process.alpha(), process.beta(), true);
    }

    /**
     * The number of pairs.
     *
     * @return m
     */
    public int count() {
        return eigen.size();
    }

    /**
     * A Ritz value; they ascend.
     *
     * @param i in [0, m)
     * @return θ_i
     */
    public double value(int i) {
        return eigen.value(i);
    }

    /**
     * The weight of a Ritz value in the start vector, (s_{1,i})² = (y_iᵀz)²/‖z‖². The weights sum to 1.
     *
     * @param i in [0, m)
     * @return a number in [0, 1]
     */
    public double weight(int i) {
        return eigen.first(i) * eigen.first(i);
    }

    double first(int i) {
        return eigen.first(i);
    }

    /** c = c + factor·s_i. */
    void addVector(int i, double factor, double[] c) {
        for (int k = 0; k < count(); k++) {
            c[k] += factor * eigen.entry(i, k);
        }
    }

    /**
     * The length of a residual.
     *
     * @param i in [0, m)
     * @return ‖A·y_i − θ_i y_i‖ ≥ 0, up to rounding of size ε‖A‖
     */
    public double residual(int i) {
        return process.beta(count() - 1) * Math.abs(eigen.last(i));
    }

    /**
     * out = y_i, of length 1.
     *
     * @param i in [0, m)
     * @param out result, P × 1. Modified.
     */
    public void vector(int i, DMatrixRMaj out) {
        for (int k = 0; k < count(); k++) {
            combination[k] = eigen.entry(i, k);
        }
        process.combine(combination, out);
    }
}
