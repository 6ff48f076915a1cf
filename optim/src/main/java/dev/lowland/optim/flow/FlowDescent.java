package dev.lowland.optim.flow;

import dev.lowland.optim.flatness.DriftEvaluator;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import org.ejml.data.DMatrixRMaj;

/** The state of one slow flow, and its step. For one thread. */
final class FlowDescent {

    private final ObjectiveEvaluator evaluator;
    private final DriftEvaluator field;
    private final double learningRate;
    private final double momentum;
    private final double strength;
    private final int size;
    private final DMatrixRMaj theta;
    private final DMatrixRMaj next;
    private final DMatrixRMaj gradient;
    private final DMatrixRMaj push;
    private final double[] velocity;

    FlowDescent(SlowFlow flow) {
        evaluator = flow.objective().evaluator();
        field = flow.drift().evaluator();
        learningRate = flow.learningRate();
        momentum = flow.momentum();
        strength = flow.strength();
        size = flow.objective().parameterCount();
        theta = new DMatrixRMaj(size, 1);
        next = new DMatrixRMaj(size, 1);
        gradient = new DMatrixRMaj(size, 1);
        push = new DMatrixRMaj(size, 1);
        velocity = new double[size];
    }

    /** θ, live. */
    DMatrixRMaj theta() {
        return theta;
    }

    /** The last change of θ, live. */
    double[] velocity() {
        return velocity;
    }

    /** Puts the flow at a point with a velocity. */
    void set(DMatrixRMaj point, double[] lastChange) {
        System.arraycopy(point.data, 0, theta.data, 0, size);
        System.arraycopy(lastChange, 0, velocity, 0, size);
    }

    /** One step; θ stays where it is unless the status is FINISHED. */
    FlowStatus step() {
        evaluator.gradient(theta, gradient);
        if (field.field(theta, push) == PotentialStatus.UNDEFINED) {
            return FlowStatus.UNDEFINED;
        }
        boolean sound = true;
        for (int i = 0; i < size; i++) {
            double change = momentum * velocity[i] - learningRate * (gradient.data[i] + strength * push.data[i]);
            velocity[i] = change;
            next.data[i] = theta.data[i] + change;
            sound &= Math.abs(next.data[i]) <= LabelNoiseSgd.LARGEST_PARAMETER;
        }
        if (!sound) {
            return FlowStatus.DIVERGED;
        }
        System.arraycopy(next.data, 0, theta.data, 0, size);
        return FlowStatus.FINISHED;
    }
}
