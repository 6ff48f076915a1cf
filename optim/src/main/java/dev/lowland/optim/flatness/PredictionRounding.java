package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.linalg.krylov.Eigenpairs;
import dev.lowland.optim.curvature.Curvature;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * What the rounding of predictions puts on λmax and R, relative to them, to first order. ∇²L has the part (1/n) Σ_i
 * ℓ′_i ∇²f_i, which for the square loss is the residuals f − y times how f is bent. Where a model fits its targets to
 * the last digits, these residuals are mostly rounding, and where it is strongly bent there too, as a saturated unit
 * with a huge input is, so are λmax and R. Elsewhere both numbers are next to nothing.
 *
 * <p>With v the eigenvector of λmax and W Wᵀ = (1/α)(2I − e∇²L)⁻¹: δλmax = vᵀδ(∇²L)v and δR = ½ tr(Wᵀδ(∇²L)W), each at
 * most {@link Curvature#predictionRounding} of it. That holds if a model gives predictions to half a unit in their last
 * place; one that adds up large terms which cancel does not, and then both are too small.
 *
 * @param topEigenvalue a bound on |δλmax/λmax|
 * @param regularizer a bound on |δR/R|; empty where R is not defined or 0, or P is above {@value #MOST_PARAMETERS}
 */
public record PredictionRounding(double topEigenvalue, OptionalDouble regularizer) {

    /** Beyond, W would cost about as much as R again. */
    private static final int MOST_PARAMETERS = 256;

    /** Checks that there is a bound or the absence of one. */
    public PredictionRounding {
        Checks.notNull("prediction rounding", "regularizer", regularizer);
    }

    /**
     * At a point.
     *
     * @param regularizer R, of an objective
     * @param theta P × 1, finite. Not modified.
     * @return the bounds
     * @throws IllegalArgumentException if theta is not finite or has another shape, or ∇²L is not finite
     */
    public static PredictionRounding of(Regularizer regularizer, DMatrixRMaj theta) {
        Checks.notNull("prediction rounding", "regularizer", regularizer);
        Curvature curvature = regularizer.curvature();
        int size = curvature.objective().parameterCount();
        if (size > MOST_PARAMETERS) {
            Eigenpairs top = curvature.top(theta, 1);
            return new PredictionRounding(
                    share(curvature.predictionRounding(theta, top.vectors()), top.values()[0]), OptionalDouble.empty());
        }
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        curvature.dense().at(theta, hessian);
        SymmetricEigen eigen = SymmetricEigen.of(hessian);
        double[] values = eigen.values();
        DMatrixRMaj vectors = eigen.vectors();
        double alpha = curvature.objective().loss().curvature();
        double rate = regularizer.effectiveRate();
        DMatrixRMaj top = new DMatrixRMaj(size, 1);
        DMatrixRMaj root = new DMatrixRMaj(size, size);
        double value = 0;
        for (int k = 0; k < size; k++) {
            value += Regularizer.term(rate, values[k]) / alpha;
            for (int i = 0; i < size; i++) {
                double entry = vectors.data[i * size + k];
                root.data[i * size + k] = entry / Math.sqrt(alpha * (2 - rate * values[k]));
                top.data[i] = entry;
            }
        }
        boolean defined = rate * values[size - 1] < 2 && value != 0;
        return new PredictionRounding(
                share(curvature.predictionRounding(theta, top), values[size - 1]),
                defined
                        ? OptionalDouble.of(share(0.5 * curvature.predictionRounding(theta, root), value))
                        : OptionalDouble.empty());
    }

    private static double share(double part, double whole) {
        return part == 0 ? 0 : part / Math.abs(whole);
    }

    /**
     * The larger of the two.
     *
     * @return a bound on the relative error of what comes from ∇²L
     */
    public double largest() {
        return Math.max(topEigenvalue, regularizer.orElse(0));
    }
}
