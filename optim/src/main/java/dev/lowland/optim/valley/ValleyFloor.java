package dev.lowland.optim.valley;

import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * Moves points across the valley to its floor, where the part of ∇L + λv in the range of K is zero: Newton's method
 * with K in place of the Hessian, the step halved until the decrement gᵀK⁺g falls. For one thread.
 */
public final class ValleyFloor {

    /** How a relaxation ended. */
    public enum End {
        /** On the floor. */
        RELAXED,
        /** The field has no value, or a number left its range, where it began. */
        UNDEFINED,
        /** No step across the valley leads nearer to a floor, or the search for it became too long or was stopped. */
        STALLED
    }

    private static final int MAX_STEPS = 60;
    private static final int MAX_HALVINGS = 40;

    /** Points that a relaxation looks at, at most. */
    private static final int MAX_LOOKS = MAX_STEPS * MAX_HALVINGS;

    /** Even where a look is dear: what Newton's method takes from near the floor, with some to spare. */
    private static final int FEWEST_LOOKS = 12;

    /** The most multiplications spent on the directions across in one relaxation: a minute or two. */
    private static final double WORK = 1e11;

    /**
     * A step that fails to lower the decrement counts as rounding, or noise of an estimate, if it is this short,
     * relative to θ.
     */
    private static final double ROUNDING = 1e-7;

    private final ObjectiveEvaluator evaluator;
    private final DriftEvaluator field;
    private final double strength;
    private final int size;
    private final Across across;
    private final DMatrixRMaj force;
    private final DMatrixRMaj push;
    private final DMatrixRMaj step;
    private final DMatrixRMaj start;
    private final double[] way;
    private final BooleanSupplier stop;
    private double decrement;
    private double distance;
    private int looks;

    /**
     * What relaxes points of an objective.
     *
     * @param objective gives L
     * @param drift the field v
     * @param strength λ ≥ 0
     * @param across finds the directions across the valley
     */
    public ValleyFloor(Objective objective, DriftField drift, double strength, Across across) {
        this(objective, drift, strength, across, () -> false);
    }

    /**
     * The same with something that ends a search.
     *
     * @param objective gives L
     * @param drift the field v
     * @param strength λ ≥ 0
     * @param across finds the directions across the valley
     * @param stop asked before each look; true ends the search
     */
    public ValleyFloor(Objective objective, DriftField drift, double strength, Across across, BooleanSupplier stop) {
        this.stop = stop;
        this.evaluator = objective.evaluator();
        this.field = drift.evaluator();
        this.strength = strength;
        this.size = objective.parameterCount();
        this.across = across;
        this.force = new DMatrixRMaj(size, 1);
        this.push = new DMatrixRMaj(size, 1);
        this.step = new DMatrixRMaj(size, 1);
        this.start = new DMatrixRMaj(size, 1);
        this.way = new double[size];
    }

    /**
     * ∇L + λv where the last relaxation ended.
     *
     * @return P × 1, this object's own; to be read only
     */
    public DMatrixRMaj force() {
        return force;
    }

    /**
     * The way to the floor in first order, from a point that is not moved.
     *
     * @param theta P × 1. Not modified.
     * @param out −K⁺(∇L + λv), P × 1. Modified.
     * @return false if the field has no value there, or a number left its range
     */
    public boolean stepAt(DMatrixRMaj theta, DMatrixRMaj out) {
        boolean defined = look(theta);
        System.arraycopy(step.data, 0, out.data, 0, size);
        return defined;
    }

    /**
     * How far the last relaxation ended from the floor.
     *
     * @return the length of the step that it would have taken next
     */
    public double distance() {
        return distance;
    }

    /**
     * Moves a point to the floor, until a step is shorter than a tolerance.
     *
     * @param theta P × 1. Modified.
     * @param tolerance in the 2-norm of θ
     * @return how it ended
     */
    public End relax(DMatrixRMaj theta, double tolerance) {
        looks = (int) Math.max(FEWEST_LOOKS, Math.min(MAX_LOOKS, WORK / across.work()));
        if (!look(theta)) {
            return End.UNDEFINED;
        }
        for (int k = 0; k < MAX_STEPS; k++) {
            distance = Norms.two(step);
            if (distance <= tolerance) {
                return End.RELAXED;
            }
            if (!walk(theta)) {
                return distance <= ROUNDING * Norms.two(theta) ? End.RELAXED : End.STALLED;
            }
        }
        return End.STALLED;
    }

    /** One step that lowers the decrement, as long as possible; false if there is none, and θ is where it was. */
    private boolean walk(DMatrixRMaj theta) {
        System.arraycopy(theta.data, 0, start.data, 0, size);
        System.arraycopy(step.data, 0, way, 0, size);
        double before = decrement;
        double part = 1;
        for (int halving = 0; halving < MAX_HALVINGS && looks > 0 && !stop.getAsBoolean(); halving++) {
            for (int i = 0; i < size; i++) {
                theta.data[i] = start.data[i] + part * way[i];
            }
            if (look(theta) && decrement < before) {
                return true;
            }
            part *= 0.5;
        }
        System.arraycopy(start.data, 0, theta.data, 0, size);
        look(theta);
        return false;
    }

    /** The field, or UNDEFINED where an interrupt kept its threads from finding it. */
    private PotentialStatus fieldAt(DMatrixRMaj theta) {
        try {
            return field.field(theta, push);
        } catch (IllegalStateException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return PotentialStatus.UNDEFINED;
        }
    }

    /** Sets force, space, step and decrement at θ. */
    private boolean look(DMatrixRMaj theta) {
        looks--;
        evaluator.gradient(theta, force);
        if (fieldAt(theta) == PotentialStatus.UNDEFINED || !across.compute(theta)) {
            return false;
        }
        boolean sound = true;
        for (int i = 0; i < size; i++) {
            force.data[i] += strength * push.data[i];
            sound &= Math.abs(force.data[i]) <= Double.MAX_VALUE;
        }
        decrement = sound ? across.descend(force, step) : Double.NaN;
        return sound;
    }
}
