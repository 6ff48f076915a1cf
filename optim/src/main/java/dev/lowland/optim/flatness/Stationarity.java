package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * How far a point is from a stationary point of L̃/λ = L/λ + R: ‖∇L/λ + ∇R‖₂, the ε of an (ε, γ)-stationary point. Immutable,
 * shared by threads. Source: Damian, Ma, Lee 2021, definition 1.
 */
public final class Stationarity {

    private final Objective objective;
    private final DriftPotential potential;
    private final double strength;

    private Stationarity(Objective objective, DriftPotential potential, double strength) {
        this.objective = objective;
        this.potential = potential;
        this.strength = strength;
    }

    /**
     * The measure that belongs to an optimiser.
     *
     * @param objective gives L
     * @param sgd gives λ and R; must have noise, so that λ &gt; 0
     * @return the measure
     * @throws IllegalArgumentException if λ is not positive
     */
    public static Stationarity of(Objective objective, LabelNoiseSgd sgd) {
        return of(objective, Regularizer.of(objective, sgd), sgd.regularizationStrength(objective));
    }

    /**
     * The measure for another potential or strength.
     *
     * @param objective gives L
     * @param potential in place of R
     * @param strength λ &gt; 0
     * @return the measure
     * @throws IllegalArgumentException if λ is not positive
     */
    public static Stationarity of(Objective objective, DriftPotential potential, double strength) {
        Checks.positive("Stationarity.of", "strength", strength);
        return new Stationarity(objective, potential, strength);
    }

    /**
     * The measure at a point.
     *
     * @param theta P × 1, finite. Not modified.
     * @return ‖∇L/λ + ∇R‖₂, or empty where R is undefined
     * @throws IllegalArgumentException if theta is not finite or has another shape
     */
    public OptionalDouble at(DMatrixRMaj theta) {
        Checks.finite("Stationarity.at", "theta", theta);
        int size = objective.parameterCount();
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        DMatrixRMaj drift = new DMatrixRMaj(size, 1);
        objective.gradient(theta, gradient);
        if (potential.evaluator().gradient(theta, drift) == PotentialStatus.UNDEFINED) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double entry = gradient.data[i] / strength + drift.data[i];
            sum += entry * entry;
        }
        return OptionalDouble.of(Math.sqrt(sum));
    }
}
