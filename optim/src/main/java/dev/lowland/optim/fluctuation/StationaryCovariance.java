package dev.lowland.optim.fluctuation;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The covariance of the fluctuations ξ of a run about its slow flow, by the linear recursion that they follow: ξ_{k+1}
 * = (I − ηH)ξ_k + β(ξ_k − ξ_{k−1}) + ε_k with Cov ε_k = η(1−β)λ H/α, from ξ_0 = 0.
 *
 * <p>Its limit is S = (λ/α) Π(2I − eH)⁻¹. Exact for the full batch; for smaller batches this is the paper's covariance,
 * which leaves out that sampling acts on the fluctuating residuals too.
 *
 * <p>Immutable, shared by threads. Cost: one H or G and O(P³). Source: Damian, Ma, Lee 2021, section 3 and the
 * appendices on momentum and classification.
 */
public final class StationaryCovariance {

    /** Eigenvalues above this share of the largest span the range of H, the others its null space. */
    public static final double RANGE_THRESHOLD = 1e-9;

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
        return new StationaryCovariance(objective, sgd);
    }

    /**
     * S = (λ/α) Π(2I − eH)⁻¹ with H = ∇²L(θ) and Π the projector on the eigenvectors whose eigenvalue exceeds
     * {@link #RANGE_THRESHOLD} times the largest. Take θ on the valley floor, where H has no eigenvalue below zero.
     *
     * @param theta P × 1, finite. Not modified.
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if theta is not finite or an argument has another shape
     * @throws IllegalArgumentException if e·h_max ≥ 2, where the fluctuations have no stationary covariance: UNDEFINED
     */
    public void limit(DMatrixRMaj theta, DMatrixRMaj out) {
        int size = objective.parameterCount();
        Checks.finite("StationaryCovariance.limit", "theta", theta);
        Checks.shape("StationaryCovariance.limit", "out", out, size, size);
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        objective.hessian(theta, hessian);
        SymmetricEigen eigen = SymmetricEigen.of(hessian);
        double rate = learningRate / (1 + momentum);
        double top = eigen.values()[size - 1];
        if (!(rate * top < 2)) {
            throw Checks.error(
                    "StationaryCovariance.limit",
                    "the margin 2 - e*topEigenvalue at theta",
                    Double.toString(2 - rate * top),
                    "positive");
        }
        double[] variances = new double[size];
        for (int i = 0; i < size; i++) {
            double h = eigen.values()[i];
            variances[i] = h > RANGE_THRESHOLD * top ? strength / curvature / (2 - rate * h) : 0;
        }
        assemble(eigen.vectors(), variances, out);
    }

    /**
     * Cov ξ_k after k steps from ξ_0 = 0, with H = αG(θ) frozen. Without momentum it is (λ/α)Π(2I − ηH)⁻¹(I − (I −
     * ηH)^{2k}); with momentum each eigenvalue has a recursion in (ξ_k, ξ_{k−1}), summed by doubling. Defined for any
     * step size, also where it grows.
     *
     * @param theta P × 1, finite. Not modified.
     * @param steps k ≥ 0
     * @param out P × P. Modified.
     * @throws IllegalArgumentException if an argument is out of range or has another shape
     */
    public void afterSteps(DMatrixRMaj theta, long steps, DMatrixRMaj out) {
        int size = objective.parameterCount();
        Checks.finite("StationaryCovariance.afterSteps", "theta", theta);
        Checks.atLeast("StationaryCovariance.afterSteps", "steps", steps, 0);
        Checks.shape("StationaryCovariance.afterSteps", "out", out, size, size);
        DMatrixRMaj gaussNewton = new DMatrixRMaj(size, size);
        objective.gaussNewton(theta, gaussNewton);
        SymmetricEigen eigen = SymmetricEigen.of(gaussNewton);
        double top = eigen.values()[size - 1];
        double[] variances = new double[size];
        for (int i = 0; i < size; i++) {
            double g = eigen.values()[i];
            if (g > RANGE_THRESHOLD * top) {
                double noise = learningRate * (1 - momentum) * strength * g;
                variances[i] = HeavyBallVariance.afterSteps(learningRate * curvature * g, momentum, noise, steps);
            }
        }
        assemble(eigen.vectors(), variances, out);
    }

    /** out = V diag(variances) Vᵀ. */
    private static void assemble(DMatrixRMaj vectors, double[] variances, DMatrixRMaj out) {
        int size = variances.length;
        Arrays.fill(out.data, 0, size * size, 0);
        for (int k = 0; k < size; k++) {
            if (variances[k] == 0) {
                continue;
            }
            for (int i = 0; i < size; i++) {
                double factor = variances[k] * vectors.data[i * size + k];
                for (int j = 0; j <= i; j++) {
                    out.data[i * size + j] += factor * vectors.data[j * size + k];
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
