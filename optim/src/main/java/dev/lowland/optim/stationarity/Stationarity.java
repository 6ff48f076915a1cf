package dev.lowland.optim.stationarity;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.RangeDecomposition;
import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.PotentialEvaluator;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.valley.Across;
import dev.lowland.optim.valley.KrylovAcross;
import dev.lowland.optim.valley.NormalSpace;
import dev.lowland.optim.valley.ValleyFloor;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * How far a point is from a stationary point of L̃/λ = L/λ + R: ‖∇L/λ + ∇R‖₂, the ε of an (ε, γ)-stationary point. Any
 * {@link DriftField} v may stand in for ∇R. Immutable, shared by threads. Source: Damian, Ma, Lee 2021, definition 1.
 *
 * <p>A run jitters by √λ across the valley, so ε at θ itself is of the order of λ^{−1/2} and says nothing: the
 * definition asks for a point θ* near θ. {@link #near(DMatrixRMaj)} takes the one that the theory couples θ to, the
 * valley floor beneath it, where the part of ∇L/λ + v across the valley is zero; what is left is how steep L̃/λ is
 * along the valley. {@link #near(DMatrixRMaj, double)} goes on along the valley as far as a radius γ allows, and trades
 * distance for a smaller ε. Both are upper bounds on the best ε.
 *
 * <p>The directions across come from the n·c rows of the Jacobian while these are at most {@link #DENSE_NUMBERS}
 * numbers, and from products with the Gauss-Newton matrix beyond: {@link #floorMethod} tells which. A potential that is
 * estimated from probes makes ε² too large by the variance of the estimate: {@link StationarityResult#noise} tells it.
 */
public final class Stationarity {

    /**
     * Directions are across the valley if their curvature is above this share of the largest; softer ones, as badly
     * scaled features have, as well where their floor is near and they are found one by one.
     */
    public static final double RANGE_THRESHOLD = 1e-8;

    /** The most numbers that the rows of the Jacobian have where they are held. */
    public static final long DENSE_NUMBERS = 1L << 25;

    /** The largest min(n·c, P) of which all directions across are found one by one. */
    public static final int DENSE_DIRECTIONS = 1500;

    /** The floor is reached when a step across the valley is this short, relative to θ. */
    private static final double TOLERANCE = 1e-13;

    /** A way this short, relative to θ, is none. */
    private static final double NEXT_TO_NOTHING = 1e-6;

    private static final int MAX_SLIDES = 200;
    private static final int ROUNDS_OF_HELD_DRIFT = 2;

    private final Objective objective;
    private final DriftField drift;
    private final double strength;

    private final FloorMethod floorMethod;
    private final int threads;

    private Stationarity(Objective objective, DriftField drift, double strength, FloorMethod floorMethod, int threads) {
        this.floorMethod = floorMethod;
        this.threads = threads;
        this.objective = objective;
        this.drift = drift;
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
        Checks.notNull("stationarity", "objective", objective);
        Checks.notNull("stationarity", "sgd", sgd);
        return of(objective, sgd.optimiser());
    }

    /**
     * The measure that belongs to an optimiser of other parts: plain or with heavy ball, at a constant learning rate,
     * without clipping and weight decay.
     *
     * @param objective gives L
     * @param optimiser gives λ and R; must have noise with a λ &gt; 0
     * @return the measure
     * @throws IllegalArgumentException if λ is not positive, or a part is one that there is no theory for
     */
    public static Stationarity of(Objective objective, Optimiser optimiser) {
        Checks.notNull("stationarity", "objective", objective);
        Checks.notNull("stationarity", "optimiser", optimiser);
        return of(
                objective, Regularizer.of(objective, optimiser), optimiser.regularizationStrength(objective));
    }

    /**
     * The measure for another field or strength.
     *
     * @param objective gives L
     * @param drift v in place of ∇R; a potential stands for its gradient
     * @param strength λ &gt; 0
     * @return the measure
     * @throws IllegalArgumentException if λ is not positive
     */
    public static Stationarity of(Objective objective, DriftField drift, double strength) {
        Checks.notNull("Stationarity.of", "objective", objective);
        Checks.notNull("Stationarity.of", "drift", drift);
        Checks.positive("Stationarity.of", "strength", strength);
        return new Stationarity(objective, drift, strength, FloorMethod.AUTOMATIC, 1);
    }

    /**
     * The same with another way to the valley floor.
     *
     * @param method how the directions across are found; AUTOMATIC unless told otherwise
     * @return a new measure
     */
    public Stationarity withFloorMethod(FloorMethod method) {
        Checks.notNull("with floor method", "method", method);
        return new Stationarity(objective, drift, strength, method, threads);
    }

    /**
     * The same with several threads of the MATRIX_FREE way.
     *
     * @param count at least 1; no result depends on it
     * @return a new measure
     * @throws IllegalArgumentException if it is not
     */
    public Stationarity withThreads(int count) {
        Checks.atLeast("Stationarity", "threads", count, 1);
        return new Stationarity(objective, drift, strength, floorMethod, count);
    }

    /**
     * Which way the directions across the valley are found.
     *
     * @return DENSE or MATRIX_FREE
     */
    public FloorMethod floorMethod() {
        if (floorMethod != FloorMethod.AUTOMATIC) {
            return floorMethod;
        }
        long rows = (long) objective.sampleCount() * objective.data().outputSize();
        int size = objective.parameterCount();
        boolean dense = rows * size <= DENSE_NUMBERS && Math.min(rows, size) <= DENSE_DIRECTIONS;
        return dense ? FloorMethod.DENSE : FloorMethod.MATRIX_FREE;
    }

    private Across across() {
        return floorMethod() == FloorMethod.DENSE
                ? new NormalSpace(objective, RANGE_THRESHOLD, 0)
                : new KrylovAcross(objective, RANGE_THRESHOLD, threads);
    }

    /**
     * The measure at a point itself.
     *
     * @param theta P × 1, finite. Not modified.
     * @return ‖∇L/λ + v‖₂, or empty where v is undefined
     * @throws IllegalArgumentException if theta is not finite or has another shape
     */
    public OptionalDouble at(DMatrixRMaj theta) {
        check("Stationarity.at", theta);
        int size = objective.parameterCount();
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        DMatrixRMaj push = new DMatrixRMaj(size, 1);
        objective.gradient(theta, gradient);
        if (drift.evaluator().field(theta, push) == PotentialStatus.UNDEFINED) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < size; i++) {
            gradient.data[i] = gradient.data[i] / strength + push.data[i];
        }
        return OptionalDouble.of(Norms.two(gradient));
    }

    /**
     * The valley floor beneath a point: from θ straight across the valley, by Newton's method, until the part of ∇L/λ +
     * v across it is zero. Cost: three to six times a field and a Jacobian with an eigen decomposition of min(n·c, P)³,
     * or some hundred products with the Gauss-Newton matrix. Of a ∇R from probes only three fields: it is held while θ
     * moves.
     *
     * @param theta P × 1, finite. Not modified.
     * @return θ*, its ε and its distance γ
     * @throws IllegalArgumentException if theta is not finite or has another shape
     */
    public StationarityResult near(DMatrixRMaj theta) {
        return near(theta, Double.POSITIVE_INFINITY);
    }

    /**
     * The best point found within a radius: the valley floor beneath θ, and from there down along the valley while ε
     * falls.
     *
     * @param theta P × 1, finite. Not modified.
     * @param radius the largest γ allowed, positive; infinite stays at the floor beneath θ
     * @return θ*, its ε and its distance γ; OUTSIDE if the floor itself is farther away than the radius
     * @throws IllegalArgumentException if theta is not finite or has another shape, or the radius is not positive
     */
    public StationarityResult near(DMatrixRMaj theta, double radius) {
        check("Stationarity.near", theta);
        if (!(radius > 0)) {
            throw Checks.error("Stationarity.near", "radius", String.valueOf(radius), "positive");
        }
        double tolerance = TOLERANCE * (Norms.two(theta) + Double.MIN_NORMAL);
        if (radius == Double.POSITIVE_INFINITY
                && drift instanceof Regularizer regularizer
                && regularizer.method() == RegularizerMethod.STOCHASTIC) {
            return nearWithHeldDrift(regularizer.evaluator(), theta, tolerance);
        }
        Across across = across();
        ValleyFloor floor = new ValleyFloor(objective, drift, strength, across);
        DMatrixRMaj point = theta.copy();
        ValleyFloor.End end = floor.relax(point, tolerance);
        if (end == ValleyFloor.End.UNDEFINED) {
            return undefined(theta);
        }
        StationarityResult found = point(end, floor, theta, point, radius);
        if (found.status() == StationarityResult.Status.FOUND
                && across instanceof NormalSpace normal
                && normal.cut() > RangeDecomposition.ROUNDING) {
            Across every = new NormalSpace(objective, 0, 0);
            ValleyFloor deeper = new ValleyFloor(objective, drift, strength, every);
            Optional<StationarityResult> below = below(deeper, theta, found, radius, tolerance);
            if (below.isPresent()) {
                found = below.get();
                floor = deeper;
                across = every;
            }
        }
        if (found.status() != StationarityResult.Status.FOUND || radius == Double.POSITIVE_INFINITY) {
            return withNoise(found);
        }
        return withNoise(slide(floor, across, theta, found, radius, tolerance));
    }

    /**
     * The floor of the directions that are softer than {@link #RANGE_THRESHOLD} as well, which badly scaled features
     * have, if it is near: no farther from the other one than that is from θ, or next to nothing.
     */
    private Optional<StationarityResult> below(
            ValleyFloor floor, DMatrixRMaj theta, StationarityResult above, double radius, double tolerance) {
        DMatrixRMaj point = above.parameters();
        if (floor.relax(point, tolerance) != ValleyFloor.End.RELAXED
                || Norms.distance(point, above.parameters())
                        > Math.max(above.distance(), NEXT_TO_NOTHING * Norms.two(theta))) {
            return Optional.empty();
        }
        StationarityResult found = point(ValleyFloor.End.RELAXED, floor, theta, point, radius);
        boolean better = found.status() == StationarityResult.Status.FOUND && found.epsilon() < above.epsilon();
        return better ? Optional.of(found) : Optional.empty();
    }

    /**
     * The floor with v held while θ moves to it: twice, because v at the first floor is another; what is left of it is
     * of order λ². Then ε with v at θ* itself.
     */
    private StationarityResult nearWithHeldDrift(PotentialEvaluator evaluator, DMatrixRMaj theta, double tolerance) {
        DMatrixRMaj point = theta.copy();
        DMatrixRMaj push = new DMatrixRMaj(theta.numRows, 1);
        DMatrixRMaj error = new DMatrixRMaj(theta.numRows, 1);
        ValleyFloor floor = new ValleyFloor(objective, new HeldField(drift.name(), push), strength, across());
        ValleyFloor.End end = ValleyFloor.End.UNDEFINED;
        for (int round = 0; round < ROUNDS_OF_HELD_DRIFT; round++) {
            if (evaluator.field(point, push) == PotentialStatus.UNDEFINED) {
                return undefined(theta);
            }
            end = floor.relax(point, tolerance);
            if (end == ValleyFloor.End.UNDEFINED) {
                return undefined(theta);
            }
        }
        if (evaluator.evaluate(point, push, error).status() == PotentialStatus.UNDEFINED) {
            return undefined(theta);
        }
        DMatrixRMaj force = new DMatrixRMaj(theta.numRows, 1);
        objective.gradient(point, force);
        for (int i = 0; i < theta.numRows; i++) {
            force.data[i] = force.data[i] / strength + push.data[i];
        }
        return new StationarityResult(
                end == ValleyFloor.End.RELAXED ? StationarityResult.Status.FOUND : StationarityResult.Status.STALLED,
                point,
                Norms.two(force),
                Norms.distance(point, theta),
                Norms.two(error));
    }

    private static StationarityResult undefined(DMatrixRMaj theta) {
        return new StationarityResult(StationarityResult.Status.UNDEFINED, theta.copy(), Double.NaN, 0, 0);
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

    /** Down along the valley in steps that grow while ε falls within the radius, and shrink where it does not. */
    private StationarityResult slide(
            ValleyFloor floor,
            Across across,
            DMatrixRMaj theta,
            StationarityResult first,
            double radius,
            double tolerance) {
        StationarityResult best = first;
        DMatrixRMaj way = wayDown(floor, across);
        double length = radius / 4;
        for (int k = 0; k < MAX_SLIDES && length > 1e-8 * radius && Norms.two(way) > 0; k++) {
            DMatrixRMaj point = best.parameters();
            double factor = length / Norms.two(way);
            for (int i = 0; i < point.numRows; i++) {
                point.data[i] += factor * way.data[i];
            }
            ValleyFloor.End end = floor.relax(point, tolerance);
            if (end == ValleyFloor.End.RELAXED) {
                StationarityResult next = point(end, floor, theta, point, radius);
                if (next.status() == StationarityResult.Status.FOUND && next.epsilon() < best.epsilon()) {
                    best = next;
                    way = wayDown(floor, across);
                    length *= 1.5;
                    continue;
                }
            }
            length /= 2;
        }
        return best;
    }

    private static DMatrixRMaj wayDown(ValleyFloor floor, Across across) {
        DMatrixRMaj way = floor.force().copy();
        across.removeNormal(way);
        for (int i = 0; i < way.numRows; i++) {
            way.data[i] = -way.data[i];
        }
        return way;
    }

    private StationarityResult point(
            ValleyFloor.End end, ValleyFloor floor, DMatrixRMaj theta, DMatrixRMaj point, double radius) {
        double epsilon = Norms.two(floor.force()) / strength;
        double distance = Norms.distance(point, theta);
        StationarityResult.Status status = end == ValleyFloor.End.STALLED
                ? StationarityResult.Status.STALLED
                : distance <= radius ? StationarityResult.Status.FOUND : StationarityResult.Status.OUTSIDE;
        return new StationarityResult(status, point, epsilon, distance, 0);
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

    private void check(String operation, DMatrixRMaj theta) {
        Checks.shape(operation, "theta", theta, objective.parameterCount(), 1);
        Checks.finite(operation, "theta", theta);
    }
}
