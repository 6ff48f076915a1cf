package dev.lowland.optim.flow;

import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The plain steps of one slow flow. For one thread.
 *
 * <p>A step is a function of θ and its last change. So once both are, bit for bit, what they were some steps ago, all
 * that follows is known: the flow is at rest, or goes round in a circle, and steps cost nothing any more. That is
 * looked for by R. P. Brent's rule (<i>An improved Monte Carlo factorization algorithm</i>, BIT 20, 1980): each state
 * is compared with the one after the last power of two of steps.
 */
final class FlowDescent {

    private final ObjectiveEvaluator evaluator;
    private final DriftEvaluator field;
    private final double learningRate;
    private final double momentum;
    private final double strength;
    private final SlowFlow flow;
    private final int size;
    private final boolean forgets;
    private final DMatrixRMaj theta;
    private final DMatrixRMaj next;
    private final DMatrixRMaj gradient;
    private final DMatrixRMaj push;
    private final double[] velocity;
    private final double[] change;
    private final double[] markedTheta;
    private final double[] markedVelocity;
    private long steps;
    private long taken;
    private long marked;
    private long nextMark;
    private @Nullable FlowProgress progress;
    /** Steps after which states come again; 0 as long as none has. */
    private long period;

    FlowDescent(SlowFlow flow) {
        evaluator = flow.objective().evaluator();
        field = flow.pull().evaluator();
        learningRate = flow.learningRate();
        momentum = flow.momentum();
        strength = flow.pullStrength();
        this.flow = flow;
        size = flow.objective().parameterCount();
        forgets = !field.remembers();
        theta = new DMatrixRMaj(size, 1);
        next = new DMatrixRMaj(size, 1);
        gradient = new DMatrixRMaj(size, 1);
        push = new DMatrixRMaj(size, 1);
        velocity = new double[size];
        change = new double[size];
        markedTheta = new double[size];
        markedVelocity = new double[size];
    }

    /** Tells somebody how many steps were taken since the flow was put where it began. */
    void tell(FlowProgress listener) {
        progress = listener;
    }

    /** θ, live. */
    DMatrixRMaj theta() {
        return theta;
    }

    /** The last change of θ, live. */
    double[] velocity() {
        return velocity;
    }

    /** Puts the flow at a point with a velocity, after no steps. */
    void set(DMatrixRMaj point, double[] lastChange) {
        System.arraycopy(point.data, 0, theta.data, 0, size);
        System.arraycopy(lastChange, 0, velocity, 0, size);
        steps = 0;
        taken = 0;
        period = 0;
        mark();
    }

    /** Steps since the flow was put where it began. */
    long steps() {
        return steps;
    }

    /** Those of them that were computed, because it was not known where they lead. */
    long taken() {
        return taken;
    }

    /** Whether the states are known to come again. */
    boolean repeats() {
        return period > 0;
    }

    /** The first step that is known to be taken again. */
    long repeatsFrom() {
        return marked;
    }

    /**
     * Takes so many steps; the first that cannot be taken, and those after it, are not unless the status is FINISHED.
     */
    FlowStatus advance(long count) {
        long end = steps + count;
        while (steps < end) {
            if (period > 0) {
                long rest = (end - steps) % period;
                steps = end - rest;
                if (rest == 0) {
                    tell();
                    break;
                }
            }
            FlowStatus status = flow.stopRequested() ? FlowStatus.STOPPED : stepUnlessInterrupted();
            if (status != FlowStatus.FINISHED) {
                return status;
            }
            steps++;
            taken++;
            tell();
            if (period == 0 && forgets) {
                compare();
            }
        }
        return FlowStatus.FINISHED;
    }

    private void tell() {
        if (progress != null) {
            progress.at(steps);
        }
    }

    /** An interrupt keeps the threads of a field from finding it. */
    private FlowStatus stepUnlessInterrupted() {
        try {
            return step();
        } catch (IllegalStateException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return FlowStatus.STOPPED;
        }
    }

    /** One step; θ and its last change stay as they are unless the status is FINISHED. */
    private FlowStatus step() {
        evaluator.gradient(theta, gradient);
        if (field.field(theta, push) == PotentialStatus.UNDEFINED) {
            return FlowStatus.UNDEFINED;
        }
        boolean sound = true;
        for (int i = 0; i < size; i++) {
            change[i] = momentum * velocity[i] - learningRate * (gradient.data[i] + strength * push.data[i]);
            next.data[i] = theta.data[i] + change[i];
            sound &= Math.abs(next.data[i]) <= LabelNoiseSgd.LARGEST_PARAMETER;
        }
        if (!sound) {
            return FlowStatus.DIVERGED;
        }
        System.arraycopy(next.data, 0, theta.data, 0, size);
        System.arraycopy(change, 0, velocity, 0, size);
        return FlowStatus.FINISHED;
    }

    private void compare() {
        if (same(theta.data, markedTheta) && (momentum == 0 || same(velocity, markedVelocity))) {
            period = steps - marked;
        } else if (steps == nextMark) {
            mark();
        }
    }

    private void mark() {
        System.arraycopy(theta.data, 0, markedTheta, 0, size);
        System.arraycopy(velocity, 0, markedVelocity, 0, size);
        marked = steps;
        nextMark = 2 * steps + 1;
    }

    private boolean same(double[] a, double[] b) {
        for (int i = 0; i < size; i++) {
            if (Double.doubleToRawLongBits(a[i]) != Double.doubleToRawLongBits(b[i])) {
                return false;
            }
        }
        return true;
    }
}
