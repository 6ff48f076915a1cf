package dev.lowland.optim.fluctuation;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.RangeDecomposition;
import dev.lowland.optim.objective.CurvatureRows;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * The covariance of the fluctuations ξ of a run about its slow flow, by the linear recursion that they follow: ξ_{k+1}
 * = (I − ηH)ξ_k + β(ξ_k − ξ_{k−1}) + ε_k with Cov ε_k = η(1−β)λ H/α, from ξ_0 = 0.
 *
 * <p>H is the curvature K of {@link CurvatureRows}, which is ∇²L on the valley floor. Its limit is S = (λ/α) Π(2I −
 * eH)⁻¹, Π the projector on the directions whose singular value in the rows of K is above
 * {@link RangeDecomposition#ROUNDING} of the largest. Exact for the full batch; for smaller batches this is the paper's
 * covariance, which leaves out that sampling acts on the fluctuating residuals too.
 *
 * <p>Immutable, shared by threads. Cost: a Jacobian and its decomposition. Source: Damian, Ma, Lee 2021, section 3 and
 * the appendices on momentum and classification.
 */
public final class StationaryCovariance {

    private final Objective objective;
    private final double learningRate;
    private final double momentum;
    private final double strength;
    private final double curvature;

    private StationaryCovariance(Objective objective, LabelNoiseSgd sgd) {
        this.objective = objective;
        this.learningRate = sgd.learningRate();
        this.momentum = sgd.momentum();
        this.strength = sgd.regularizationStrength(objective);
        this.curvature = objective.loss().curvature();
    }

    /**
     * The covariance that belongs to an optimiser.
     *
     * @param objective gives H and α
     * @param sgd gives η, β and λ
     * @return the covariance
     */
    public static StationaryCovariance of(Objective objective, LabelNoiseSgd sgd) {
        Checks.notNull("stationary covariance", "objective", objective);
        Checks.notNull("stationary covariance", "sgd", sgd);
        return new StationaryCovariance(objective, sgd);
    }

    /**
     * S = (λ/α) Π(2I − eH)⁻¹. Take θ on the valley floor.
     *
     * @param theta P × 1, finite. Not modified.
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape, or e·h_max ≥ 2, where
     *     the fluctuations have no stationary covariance: UNDEFINED; or there is no H
     */
    public void limit(DMatrixRMaj theta, DMatrixRMaj out) {
        check("StationaryCovariance.limit", theta, out);
        RangeDecomposition range = range("StationaryCovariance.limit", theta);
        double rate = learningRate / (1 + momentum);
        double top = range.rank() == 0 ? 0 : rate * curvature(range, 0);
        if (!(top < 2)) {
            throw Checks.error(
                    "StationaryCovariance.limit",
                    "the margin 2 - e*topEigenvalue at theta",
                    Double.toString(2 - top),
                    "positive");
        }
        double[] variances = new double[range.rank()];
        for (int a = 0; a < variances.length; a++) {
            variances[a] = strength / curvature / (2 - rate * curvature(range, a));
        }
        assemble(range.right(), variances, out);
    }

    /**
     * Cov ξ_k after k steps from ξ_0 = 0, with H frozen. Without momentum it is (λ/α)Π(2I − ηH)⁻¹(I − (I − ηH)^{2k});
     * with momentum each eigenvalue has a recursion in (ξ_k, ξ_{k−1}), summed by doubling. Defined for any step size,
     * also where it grows.
     *
     * @param theta P × 1, finite. Not modified.
     * @param steps k ≥ 0
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if an argument is out of range or has another shape, or there is no H
     */
    public void afterSteps(DMatrixRMaj theta, long steps, DMatrixRMaj out) {
        check("StationaryCovariance.afterSteps", theta, out);
        Checks.atLeast("StationaryCovariance.afterSteps", "steps", steps, 0);
        RangeDecomposition range = range("StationaryCovariance.afterSteps", theta);
        double[] variances = new double[range.rank()];
        for (int a = 0; a < variances.length; a++) {
            double step = learningRate * curvature(range, a);
            double noise = step * (1 - momentum) * (strength / curvature);
            variances[a] = HeavyBallVariance.afterSteps(step, momentum, noise, steps);
        }
        assemble(range.right(), variances, out);
    }

    private void check(String operation, DMatrixRMaj theta, DMatrixRMaj out) {
        int size = objective.parameterCount();
        Checks.shape(operation, "theta", theta, size, 1);
        Checks.finite(operation, "theta", theta);
        Checks.shape(operation, "out", out, size, size);
    }

    private RangeDecomposition range(String operation, DMatrixRMaj theta) {
        CurvatureRows rows = objective.curvatureRows();
        Optional<String> refused = rows.compute(theta);
        if (refused.isPresent()) {
            throw Checks.error(operation, "theta", "where " + refused.get(), "where the curvature is known");
        }
        return RangeDecomposition.of(rows.rows(), RangeDecomposition.ROUNDING, 0);
    }

    /** An eigenvalue of H. */
    private double curvature(RangeDecomposition range, int a) {
        double root = range.values()[a] * range.unit();
        return root * (root / objective.sampleCount());
    }

    /** out = V diag(variances) Vᵀ. */
    private static void assemble(DMatrixRMaj vectors, double[] variances, DMatrixRMaj out) {
        int size = vectors.numRows;
        int rank = variances.length;
        Arrays.fill(out.data, 0, size * size, 0);
        for (int k = 0; k < rank; k++) {
            if (variances[k] == 0) {
                continue;
            }
            Checks.notInterrupted("StationaryCovariance");
            for (int i = 0; i < size; i++) {
                double factor = variances[k] * vectors.data[i * rank + k];
                for (int j = 0; j <= i; j++) {
                    out.data[i * size + j] += factor * vectors.data[j * rank + k];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                out.data[j * size + i] = out.data[i * size + j];
            }
        }
    }
}
