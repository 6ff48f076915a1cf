package dev.lowland.optim.stationarity;

import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.stationarity.StationarityResult.Status;
import dev.lowland.optim.valley.Across;
import dev.lowland.optim.valley.ValleyFloor;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * One search for a stationary point near θ: down to the valley floor; from there to the floor of softer directions if
 * that is near; from there along the valley while ε falls, within a radius. A drift from probes is held while θ moves.
 * For one use.
 */
final class StationaritySearch {

    /** The floor is reached when a step across the valley is this short, relative to θ. */
    private static final double TOLERANCE = 1e-13;

    /** A way this short, relative to θ, is none. */
    private static final double NEXT_TO_NOTHING = 1e-6;

    private static final int MAX_SLIDES = 200;
    private static final double SHORTEST_SLIDE = 1e-8;
    private static final int ROUNDS_OF_HELD_DRIFT = 2;

    private final Objective objective;
    private final DriftField drift;
    private final double strength;
    private final Across across;
    private final DMatrixRMaj theta;
    private final double radius;
    private final double tolerance;

    /** Theta is not copied, not modified. */
    StationaritySearch(
            Objective objective, DriftField drift, double strength, Across across, DMatrixRMaj theta, double radius) {
        this.objective = objective;
        this.drift = drift;
        this.strength = strength;
        this.across = across;
        this.theta = theta;
        this.radius = radius;
        this.tolerance = TOLERANCE * (Norms.two(theta) + Double.MIN_NORMAL);
    }

    StationarityResult find() {
        if (!slides()
                && drift instanceof DriftPotential potential
                && potential.method() == RegularizerMethod.STOCHASTIC) {
            return withHeldDrift(potential.evaluator());
        }
        Floor floor = new Floor(across);
        DMatrixRMaj point = theta.copy();
        ValleyFloor.End end = floor.relax(point);
        if (end == ValleyFloor.End.UNDEFINED) {
            return undefined();
        }
        StationarityResult found = floor.judge(end, point);
        Optional<Across> softer = found.status() == Status.FOUND ? floor.softer() : Optional.empty();
        if (softer.isPresent()) {
            Floor deeper = new Floor(softer.get());
            Optional<StationarityResult> below = deeper.below(found);
            if (below.isPresent()) {
                found = below.get();
                floor = deeper;
            }
        }
        return withNoise(found.status() == Status.FOUND && slides() ? floor.slide(found) : found);
    }

    private boolean slides() {
        return radius < Double.POSITIVE_INFINITY;
    }

    private StationarityResult undefined() {
        return new StationarityResult(Status.UNDEFINED, theta.copy(), Double.NaN, 0, 0);
    }

    private StationarityResult withNoise(StationarityResult found) {
        if (!(drift instanceof DriftPotential potential)) {
            return found;
        }
        DMatrixRMaj point = found.parameters();
        DMatrixRMaj error = new DMatrixRMaj(point.numRows, 1);
        potential.evaluator().evaluate(point, new DMatrixRMaj(point.numRows, 1), error);
        return new StationarityResult(found.status(), point, found.epsilon(), found.distance(), Norms.two(error));
    }

    /**
     * The floor with v held while θ moves to it: twice, because v at the first floor is another; what is left of it is
     * of order λ². Then ε with v at θ* itself.
     */
    private StationarityResult withHeldDrift(PotentialEvaluator evaluator) {
        DMatrixRMaj point = theta.copy();
        DMatrixRMaj push = new DMatrixRMaj(theta.numRows, 1);
        DMatrixRMaj error = new DMatrixRMaj(theta.numRows, 1);
        ValleyFloor floor = new ValleyFloor(objective, new HeldField(drift.name(), push), strength, across);
        ValleyFloor.End end = ValleyFloor.End.UNDEFINED;
        for (int round = 0; round < ROUNDS_OF_HELD_DRIFT; round++) {
            if (evaluator.field(point, push) == PotentialStatus.UNDEFINED) {
                return undefined();
            }
            end = floor.relax(point, tolerance);
            if (end == ValleyFloor.End.UNDEFINED) {
                return undefined();
            }
        }
        if (evaluator.evaluate(point, push, error).status() == PotentialStatus.UNDEFINED) {
            return undefined();
        }
        DMatrixRMaj force = new DMatrixRMaj(theta.numRows, 1);
        objective.gradient(point, force);
        for (int i = 0; i < theta.numRows; i++) {
            force.data[i] = force.data[i] / strength + push.data[i];
        }
        return new StationarityResult(
                end == ValleyFloor.End.RELAXED ? Status.FOUND : Status.STALLED,
                point,
                Norms.two(force),
                Norms.distance(point, theta),
                Norms.two(error));
    }

    /** The same vector at every point. */
    private record HeldField(String name, DMatrixRMaj vector) implements DriftField {
        @Override
        public DriftEvaluator evaluator() {
            return (theta, out) -> {
                System.arraycopy(vector.data, 0, out.data, 0, vector.numRows);
                return PotentialStatus.DEFINED;
            };
        }
    }

    /** The floor across some directions, and the valley along it. */
    private final class Floor {
        private final Across directions;
        private final ValleyFloor floor;

        Floor(Across directions) {
            this.directions = directions;
            this.floor = new ValleyFloor(objective, drift, strength, directions);
        }

        ValleyFloor.End relax(DMatrixRMaj point) {
            return floor.relax(point, tolerance);
        }

        /** What finds directions that were left out where {@link #relax} ended, if there are any. */
        Optional<Across> softer() {
            return directions.softer(floor.force());
        }

        /** What was found where {@link #relax} ended. */
        StationarityResult judge(ValleyFloor.End end, DMatrixRMaj point) {
            double epsilon = Norms.two(floor.force()) / strength;
            double distance = Norms.distance(point, theta);
            Status status = end == ValleyFloor.End.STALLED
                    ? Status.STALLED
                    : distance <= radius ? Status.FOUND : Status.OUTSIDE;
            return new StationarityResult(status, point, epsilon, distance, 0);
        }

        /**
         * The floor of the directions that are softer than {@link Stationarity#RANGE_THRESHOLD} as well, which badly
         * scaled features have, if it is near: no farther from the other one than that is from θ, or next to nothing.
         */
        Optional<StationarityResult> below(StationarityResult above) {
            DMatrixRMaj point = above.parameters();
            if (relax(point) != ValleyFloor.End.RELAXED
                    || Norms.distance(point, above.parameters())
                            > Math.max(above.distance(), NEXT_TO_NOTHING * Norms.two(theta))) {
                return Optional.empty();
            }
            StationarityResult found = judge(ValleyFloor.End.RELAXED, point);
            boolean better = found.status() == Status.FOUND && found.epsilon() < above.epsilon();
            return better ? Optional.of(found) : Optional.empty();
        }

        /** Down along the valley in steps that grow while ε falls within the radius, and shrink where it does not. */
        StationarityResult slide(StationarityResult first) {
            StationarityResult best = first;
            DMatrixRMaj way = wayDown();
            double length = radius / 4;
            for (int k = 0; k < MAX_SLIDES && length > SHORTEST_SLIDE * radius && Norms.two(way) > 0; k++) {
                DMatrixRMaj point = best.parameters();
                double factor = length / Norms.two(way);
                for (int i = 0; i < point.numRows; i++) {
                    point.data[i] += factor * way.data[i];
                }
                ValleyFloor.End end = relax(point);
                if (end == ValleyFloor.End.RELAXED) {
                    StationarityResult next = judge(end, point);
                    if (next.status() == Status.FOUND && next.epsilon() < best.epsilon()) {
                        best = next;
                        way = wayDown();
                        length *= 1.5;
                        continue;
                    }
                }
                length /= 2;
            }
            return best;
        }

        private DMatrixRMaj wayDown() {
            DMatrixRMaj way = floor.force().copy();
            directions.removeNormal(way);
            for (int i = 0; i < way.numRows; i++) {
                way.data[i] = -way.data[i];
            }
            return way;
        }
    }
}
