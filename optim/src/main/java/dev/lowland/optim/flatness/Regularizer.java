package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;

/**
 * The regulariser that label noise amounts to, R(θ) = −(1/(2eα)) tr log(I − (e/2)∇²L(θ)), e = η/(1+β): by eigenvalues
 * Σ_i −(1/(2eα)) log1p(−e h_i/2) = (1/α) Σ_i (h_i/4 + e h_i²/16 + …). It is defined while e·h_max &lt; 2.
 *
 * <p>Its gradient is ½ Σ_j ∇_θ D²L[w_j, w_j] with W Wᵀ = (1/α)(2I − eH)⁻¹ held constant. W comes from a Cholesky factor, which exists
 * exactly where R does; the value comes from the eigenvalues, because a determinant loses all digits as e → 0.
 *
 * <p>Immutable, shared by threads. Exact; the cost of a value is P Hessian-vector products and O(P³), of a gradient P more passes of
 * third order, so it suits P up to about 2,000. Source: Damian, Ma, Lee 2021, equation (2) and the appendices on momentum and
 * classification.
 */
public final class Regularizer implements DriftPotential {

    private final Objective objective;
    private final double effectiveRate;
    private final String name;

    private Regularizer(Objective objective, double effectiveRate, String name) {
        this.objective = objective;
        this.effectiveRate = effectiveRate;
        this.name = name;
    }

    /**
     * The regulariser that belongs to an optimiser.
     *
     * @param objective gives L and α
     * @param sgd gives η and β
     * @return R
     */
    public static Regularizer of(Objective objective, LabelNoiseSgd sgd) {
        return of(objective, sgd.learningRate(), sgd.momentum());
    }

    /**
     * The regulariser at a learning rate and a momentum.
     *
     * @param objective gives L and α
     * @param learningRate η ≥ 0; with 0 it is tr ∇²L/(4α), the limit
     * @param momentum β in [0, 1)
     * @return R
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Regularizer of(Objective objective, double learningRate, double momentum) {
        Checks.notNegative("Regularizer.of", "learningRate", learningRate);
        Checks.inHalfOpenRange("Regularizer.of", "momentum", momentum, 0, 1);
        return new Regularizer(objective, learningRate / (1 + momentum), "R");
    }

    static Regularizer limit(Objective objective, String name) {
        return new Regularizer(objective, 0, name);
    }

    @Override
    public String name() {
        return name;
    }

    Objective objective() {
        return objective;
    }

    /**
     * e = η/(1+β).
     *
     * @return e ≥ 0
     */
    public double effectiveRate() {
        return effectiveRate;
    }

    @Override
    public PotentialEvaluator evaluator() {
        return new RegularizerEvaluator(this);
    }
}
