package dev.lowland.optim.stationarity;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flatness.Decayed;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.TheoryTerms;
import dev.lowland.optim.valley.Across;
import dev.lowland.optim.valley.KrylovAcross;
import dev.lowland.optim.valley.NormalSpace;
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
     * without clipping. With weight decay γ it is that of L/λ + R + (γ/2λ)‖θ‖².
     *
     * @param objective gives L
     * @param optimiser gives λ and R; must have noise with a λ &gt; 0
     * @return the measure
     * @throws IllegalArgumentException if λ is not positive, or a part is one that there is no theory for
     */
    public static Stationarity of(Objective objective, Optimiser optimiser) {
        Checks.notNull("stationarity", "objective", objective);
        Checks.notNull("stationarity", "optimiser", optimiser);
        Regularizer regularizer = Regularizer.of(objective, optimiser);
        double strength = optimiser.regularizationStrength(objective);
        Checks.positive("Stationarity.of", "strength", strength);
        double decay = TheoryTerms.weightDecay("stationarity", optimiser);
        return of(objective, Decayed.of(regularizer, decay / strength), strength);
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
        Checks.notNull("stationarity", "method", method);
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
        return new StationaritySearch(objective, drift, strength, across(), theta, radius).find();
    }

    private void check(String operation, DMatrixRMaj theta) {
        Checks.shape(operation, "theta", theta, objective.parameterCount(), 1);
        Checks.finite(operation, "theta", theta);
    }
}
