package dev.lowland.optim.flow;

import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.valley.NormalSpace;
import dev.lowland.optim.valley.ValleyFloor;
import org.ejml.data.DMatrixRMaj;

/**
 * The velocity of the slow flow along the valley: at a point, first moved to the floor beneath it, f = −(η/(1−β))(∇L +
 * λv) without what little is left across the valley, less ½(1+β)/(1−β) f′f, by which a flow in steps differs from one
 * in time to first order. Directions that take longer than {@link #SLOWEST} steps to settle are not across the valley
 * but part of the flow. For one thread.
 */
final class ValleyField {

    /** Steps in which a direction across the valley settles by a factor e⁴, at most. */
    static final int SLOWEST = 16_384;

    private static final double E_FOLDS = 4;
    private static final double TOLERANCE = 1e-13;

    /** How far to go for f′, relative to θ. */
    private static final double DIFFERENCE = 1e-4;

    private final NormalSpace space;
    private final ValleyFloor floor;
    private final double rate;
    private final double momentum;
    private final DMatrixRMaj ahead;
    private final DMatrixRMaj aheadVelocity;
    private long settlingSteps;

    ValleyField(SlowFlow flow) {
        momentum = flow.momentum();
        rate = flow.learningRate() / (1 - momentum);
        ahead = new DMatrixRMaj(flow.objective().parameterCount(), 1);
        aheadVelocity = new DMatrixRMaj(flow.objective().parameterCount(), 1);
        space = new NormalSpace(flow.objective(), 0, E_FOLDS / (rate * SLOWEST));
        floor = new ValleyFloor(flow.objective(), flow.drift(), flow.strength(), space);
    }

    /** Moves the point to the floor and finds the velocity there; false if either is not possible. */
    boolean at(DMatrixRMaj point, DMatrixRMaj velocity) {
        if (!inTime(point, velocity)) {
            return false;
        }
        settlingSteps = settling();
        double speed = Norms.two(velocity);
        double steps = DIFFERENCE * Norms.two(point) / speed;
        if (!(steps > 0 && steps <= Double.MAX_VALUE)) {
            return true;
        }
        for (int i = 0; i < point.numRows; i++) {
            ahead.data[i] = point.data[i] + steps * velocity.data[i];
        }
        if (!inTime(ahead, aheadVelocity)) {
            return false;
        }
        double factor = 0.5 * (1 + momentum) / (1 - momentum) / steps;
        for (int i = 0; i < point.numRows; i++) {
            velocity.data[i] -= factor * (aheadVelocity.data[i] - velocity.data[i]);
        }
        return true;
    }

    /** f, at the floor beneath the point. */
    private boolean inTime(DMatrixRMaj point, DMatrixRMaj velocity) {
        double tolerance = TOLERANCE * (Norms.two(point) + Double.MIN_NORMAL);
        if (floor.relax(point, tolerance) != ValleyFloor.End.RELAXED) {
            return false;
        }
        System.arraycopy(floor.force().data, 0, velocity.data, 0, point.numRows);
        space.removeNormal(velocity);
        for (int i = 0; i < point.numRows; i++) {
            velocity.data[i] *= -rate;
        }
        return true;
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
