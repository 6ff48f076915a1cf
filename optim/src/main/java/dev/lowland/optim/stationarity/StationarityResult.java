package dev.lowland.optim.stationarity;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/** A point near a given θ at which ∇L/λ + v is small: an (ε, γ) for θ, where v is ∇R in the theory. Immutable. */
public final class StationarityResult {

    /** How the search for it ended. */
    public enum Status {
        /** On the valley floor and within the radius asked for. */
        FOUND,
        /** On the valley floor, but farther away than was asked for. */
        OUTSIDE,
        /**
         * Nearer to the floor than θ, but not on it: no step across the valley leads further down, or the search became
         * too long.
         */
        STALLED,
        /** v has no value at θ, or a number left its range: there is no ε. */
        UNDEFINED
    }

    private final Status status;
    private final DMatrixRMaj parameters;
    private final double epsilon;
    private final double distance;
    private final double noise;

    StationarityResult(Status status, DMatrixRMaj parameters, double epsilon, double distance, double noise) {
        this.status = status;
        this.parameters = parameters;
        this.epsilon = epsilon;
        this.distance = distance;
        this.noise = noise;
    }

    /**
     * How the search ended.
     *
     * @return the status
     */
    public Status status() {
        return status;
    }

    /**
     * A copy of θ*.
     *
     * @return P × 1; θ itself if the status is UNDEFINED
     */
    public DMatrixRMaj parameters() {
        return parameters.copy();
    }

    /**
     * ε = ‖∇L/λ + v‖₂ at θ*.
     *
     * @return ε ≥ 0
     * @throws IllegalStateException if the status is UNDEFINED
     */
    public double epsilon() {
        if (status == Status.UNDEFINED) {
            throw Checks.outOfTurn("StationarityResult.epsilon", "the status", "UNDEFINED", "another");
        }
        return epsilon;
    }

    /**
     * What the probes of an estimated v add: the root of the sum of the squared standard errors of its entries, of
     * which ε² has the square too much in the mean.
     *
     * @return 0 if v is exact
     */
    public double noise() {
        return noise;
    }

    /**
     * γ = ‖θ − θ*‖₂.
     *
     * @return γ ≥ 0
     */
    public double distance() {
        return distance;
    }

    @Override
    public String toString() {
        return status + (status == Status.UNDEFINED ? "" : ", epsilon " + epsilon + ", gamma " + distance);
    }
}
