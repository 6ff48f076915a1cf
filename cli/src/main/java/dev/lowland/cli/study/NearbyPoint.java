package dev.lowland.cli.study;

import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.stationarity.FloorMethod;
import dev.lowland.optim.stationarity.Stationarity;
import dev.lowland.optim.stationarity.StationarityResult;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The (ε, γ) of a point: a θ* near it where ∇L/λ + ∇R is small. It is the valley floor beneath θ, see
 * {@link Stationarity#near(DMatrixRMaj)}.
 *
 * @param status how the search ended
 * @param reason why there are no numbers, empty if there are
 * @param point θ*, P × 1; null where there is none
 * @param epsilon ‖∇L/λ + ∇R‖₂ at θ*; NaN where there is none
 * @param noise what probes of an estimated ∇R add to ε, in the root of the sum of squares; 0 if ∇R is exact
 * @param distance γ = ‖θ − θ*‖₂; NaN where there is none
 * @param floor how the directions across the valley were found
 */
public record NearbyPoint(
        Status status,
        String reason,
        @Nullable DMatrixRMaj point,
        double epsilon,
        double noise,
        double distance,
        FloorMethod floor) {

    /** How the search ended. */
    public enum Status {
        /** θ* is on the valley floor. */
        FOUND,
        /** θ* is nearer to the floor than θ, but not on it. */
        STALLED,
        /** ∇R has no value at θ. */
        UNDEFINED,
        /** λ is 0. */
        NO_NOISE,
        /** There are too many outputs and parameters for a search of moderate length. */
        TOO_LARGE
    }

    static NearbyPoint of(Objective objective, Regularizer regularizer, double lambda, DMatrixRMaj theta) {
        if (lambda == 0) {
            return none(Status.NO_NOISE, "there is no noise, and λ is 0");
        }
        Optional<String> large = RowsLimit.refusesSearch(objective);
        if (large.isPresent()) {
            return none(Status.TOO_LARGE, large.get());
        }
        Stationarity measure = Stationarity.of(objective, regularizer, lambda)
                .withThreads(regularizer.settings().threads());
        StationarityResult found = measure.near(theta);
        if (found.status() == StationarityResult.Status.UNDEFINED) {
            return none(Status.UNDEFINED, "∇R has no value here");
        }
        return new NearbyPoint(
                found.status() == StationarityResult.Status.FOUND ? Status.FOUND : Status.STALLED,
                "",
                found.parameters(),
                found.epsilon(),
                found.noise(),
                found.distance(),
                measure.floorMethod());
    }

    private static NearbyPoint none(Status status, String reason) {
        return new NearbyPoint(status, reason, null, Double.NaN, Double.NaN, Double.NaN, FloorMethod.AUTOMATIC);
    }
}
