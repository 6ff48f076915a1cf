package dev.lowland.optim.flow;

import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.valley.NormalSpace;
import dev.lowland.optim.valley.ValleyFloor;
import org.ejml.data.DMatrixRMaj;

/**
 * The velocity of the slow flow along the valley, at a point first moved to the floor beneath it: f + n − ½(1+β)/(1−β)
 * f′f. Here f = −(η/(1−β))(∇L + λv) without what little is left across the valley, n is how the floor rises or falls
 * along f, and the rest is by what a flow in steps differs from one in time to first order. Directions that take longer
 * than {@link #SLOWEST} steps to settle are not across the valley but part of the flow. For one thread.
 *
 * <p>The plain flow is not quite on the floor: while that rises by n a step, the state follows K⁺n/rate behind, rate =
 * η/(1−β).
 *
 * <p>n is of order λ, and a point moved along f alone reaches the floor all the same; but as the directions across turn
 * on the way, not the same point of it to second order in the length of a step.
 */
final class ValleyField {

    /** Steps in which a direction across the valley settles by a factor e⁴, at most. */
    static final int SLOWEST = 16_384;

    private static final double E_FOLDS = 4;
    private static final double TOLERANCE = 1e-13;

    /** How far to go for f′, relative to θ: its error by the curvature of f is about that by rounding. */
    static final double DIFFERENCE = 1e-6;

    /** How far to go to both sides for n, relative to θ. */
    private static final double SYMMETRIC_DIFFERENCE = 1e-5;

    private final NormalSpace space;
    private final ValleyFloor floor;
    private final int size;
    private final double rate;
    private final double momentum;
    private final DMatrixRMaj aside;
    private final DMatrixRMaj stepAhead;
    private final DMatrixRMaj stepBehind;
    private final DMatrixRMaj velocityAside;
    private final DMatrixRMaj along;
    private final DMatrixRMaj bend;
    private final DMatrixRMaj lag;
    /** n where it was found last. */
    private final DMatrixRMaj rise;
    /** How far n was from that where it was found before, over the length of f. */
    private double wrongGuess;

    private double lagError;
    private long settlingSteps;

    ValleyField(SlowFlow flow) {
        momentum = flow.momentum();
        rate = flow.learningRate() / (1 - momentum);
        size = flow.objective().parameterCount();
        aside = new DMatrixRMaj(size, 1);
        stepAhead = new DMatrixRMaj(size, 1);
        stepBehind = new DMatrixRMaj(size, 1);
        velocityAside = new DMatrixRMaj(size, 1);
        along = new DMatrixRMaj(size, 1);
        bend = new DMatrixRMaj(size, 1);
        lag = new DMatrixRMaj(size, 1);
        rise = new DMatrixRMaj(size, 1);
        space = new NormalSpace(flow.objective(), 0, E_FOLDS / (rate * SLOWEST));
        floor = new ValleyFloor(flow.objective(), flow.pull(), flow.pullStrength(), space, flow::stopRequested);
    }

    /** Moves the point to the floor and finds the velocity there; false if either is not possible. */
    boolean at(DMatrixRMaj point, DMatrixRMaj velocity) {
        if (!inTime(point, velocity)) {
            return false;
        }
        settlingSteps = settling();
        System.arraycopy(velocity.data, 0, along.data, 0, size);
        bend.zero();
        lag.zero();
        if (!addRise(point, velocity)) {
            return false;
        }
        double changes = Norms.two(bend) / Math.max(Norms.two(velocity), Double.MIN_NORMAL);
        lagError = Norms.two(lag) * Math.min(1, changes * settlingSteps / E_FOLDS);
        double factor = 0.5 * (1 + momentum) / (1 - momentum);
        for (int i = 0; i < size; i++) {
            velocity.data[i] -= factor * bend.data[i];
        }
        return true;
    }

    /** f, at the floor beneath the point, which is moved there. */
    boolean inTime(DMatrixRMaj point, DMatrixRMaj velocity) {
        double tolerance = TOLERANCE * (Norms.two(point) + Double.MIN_NORMAL);
        if (floor.relax(point, tolerance) != ValleyFloor.End.RELAXED) {
            return false;
        }
        alongFloor(velocity);
        return true;
    }

    /**
     * Adds n = −(K⁺(∇L + λv))′f to f, at the point moved last, and finds the lag and f′(f + n), all by one look ahead
     * and one behind. These go along f + g, g what n was where it was found last, so that they are nearly on the floor:
     * there −K⁺(∇L + λv) changes by n − g.
     */
    private boolean addRise(DMatrixRMaj point, DMatrixRMaj velocity) {
        guessRise(velocity);
        for (int i = 0; i < size; i++) {
            velocity.data[i] += rise.data[i];
        }
        double far = far(SYMMETRIC_DIFFERENCE, point, velocity);
        if (far == 0) {
            return true;
        }
        move(point, far, velocity);
        if (!floor.stepAt(aside, stepAhead)) {
            return false;
        }
        alongFloor(velocityAside);
        move(point, -far, velocity);
        if (!floor.stepAt(aside, stepBehind)) {
            return false;
        }
        alongFloor(bend);
        for (int i = 0; i < size; i++) {
            bend.data[i] = (velocityAside.data[i] - bend.data[i]) / (2 * far);
            stepAhead.data[i] = (stepAhead.data[i] - stepBehind.data[i]) / (2 * far);
            rise.data[i] += stepAhead.data[i];
            velocity.data[i] += stepAhead.data[i];
        }
        wrongGuess = Norms.two(stepAhead) / Math.max(Norms.two(along), Double.MIN_NORMAL);
        space.descend(rise, lag);
        for (int i = 0; i < size; i++) {
            lag.data[i] /= rate;
        }
        return true;
    }

    /** g = Πn, n where it was found last; 0 if that is no small part of f. */
    private void guessRise(DMatrixRMaj velocity) {
        System.arraycopy(rise.data, 0, lag.data, 0, size);
        space.removeNormal(lag);
        for (int i = 0; i < size; i++) {
            rise.data[i] -= lag.data[i];
        }
        lag.zero();
        if (!(Norms.two(rise) <= 0.5 * Norms.two(velocity))) {
            rise.zero();
        }
    }

    /** f where the floor was looked for last. */
    private void alongFloor(DMatrixRMaj out) {
        System.arraycopy(floor.force().data, 0, out.data, 0, size);
        space.removeNormal(out);
        for (int i = 0; i < size; i++) {
            out.data[i] *= -rate;
        }
    }

    /** out = f′d at the point moved last; left alone where d is zero. False if it is not to be had. */
    private boolean changeAlong(DMatrixRMaj point, DMatrixRMaj d, DMatrixRMaj out) {
        double far = far(DIFFERENCE, point, d);
        if (far == 0) {
            return true;
        }
        move(point, far, d);
        if (!inTime(aside, velocityAside)) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            out.data[i] = (velocityAside.data[i] - along.data[i]) / far;
        }
        return true;
    }

    /** How often a direction goes into a share of the length of θ; 0 if that is no number. */
    private static double far(double share, DMatrixRMaj point, DMatrixRMaj d) {
        double far = share * Norms.two(point) / Norms.two(d);
        return far <= Double.MAX_VALUE ? far : 0;
    }

    private void move(DMatrixRMaj point, double far, DMatrixRMaj d) {
        for (int i = 0; i < size; i++) {
            aside.data[i] = point.data[i] + far * d.data[i];
        }
    }

    /**
     * What flowing in steps does beyond first order at the point moved last: the length of c f′f′f, c = ½((1+β)/(1−β))²
     * − ⅙, and what of the first order was left out with n − g. Infinite if it is not to be had.
     */
    double beyondFirstOrder(DMatrixRMaj point) {
        double ratio = (1 + momentum) / (1 - momentum);
        DMatrixRMaj second = new DMatrixRMaj(size, 1);
        return changeAlong(point, bend, second)
                ? (0.5 * ratio * ratio - 1.0 / 6) * Norms.two(second) + 0.5 * ratio * wrongGuess * Norms.two(bend)
                : Double.POSITIVE_INFINITY;
    }

    /**
     * What the flow along the valley is where the plain one is, other than on the floor beneath, at the point moved
     * last: ‖f(y + lag) − f(y)‖. Infinite if it is not to be had.
     */
    double pushOfLag(DMatrixRMaj point) {
        move(point, 1, lag);
        if (!floor.stepAt(aside, stepAhead)) {
            return Double.POSITIVE_INFINITY;
        }
        alongFloor(velocityAside);
        return Norms.distance(velocityAside, along);
    }

    /** From the floor to where the plain flow is, at the point moved last; live. */
    DMatrixRMaj lag() {
        return lag;
    }

    /** About how wrong the lag is: it is that of a floor which rises for ever as it does here. */
    double lagError() {
        return lagError;
    }

    /** v ← (I − Π)v, Π the projector across the valley at the last point. */
    void removeNormal(DMatrixRMaj v) {
        space.removeNormal(v);
    }

    /** Steps in which all that is across the valley at the last point, and the velocity, settle by a factor e⁴. */
    long settlingSteps() {
        return settlingSteps;
    }

    private long settling() {
        double across = E_FOLDS / (rate * space.smallestCurvature());
        return (long) Math.ceil(Math.max(16, Math.max(across, E_FOLDS * E_FOLDS / (1 - momentum))));
    }
}
