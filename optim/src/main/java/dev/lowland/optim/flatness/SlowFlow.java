package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Evaluator;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.NoiseLaw;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Φ, where the theory says that the mean of the runs goes: gradient descent on L + λR with the run's own η and β,
 * θ_{k+1} = θ_k − η(∇L + λ∇R) + β(θ_k − θ_{k−1}), from rest. Any {@link DriftField} v may stand in for ∇R.
 *
 * <p>Immutable, shared by threads. A step costs a gradient of L and the field, and allocates nothing that the field does not. Source: Damian,
 * Ma, Lee 2021, section 3 (the reference process of the local coupling).
 */
public final class SlowFlow {

    private final Objective objective;
    private final double learningRate;
    private final double momentum;
    private final DriftField drift;
    private final double strength;

    private SlowFlow(Objective objective, double learningRate, double momentum, DriftField drift, double strength) {
        this.objective = objective;
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.drift = drift;
        this.strength = strength;
    }

    /**
     * The flow that belongs to an optimiser, with its {@link Regularizer} and its λ.
     *
     * @param objective gives L
     * @param sgd gives η, β and λ
     * @return the flow
     * @throws IllegalArgumentException if the noise is {@link NoiseLaw#EXPLICIT}, which has no regulariser
     */
    public static SlowFlow of(Objective objective, LabelNoiseSgd sgd) {
        if (sgd.noiseLaw(objective) == NoiseLaw.EXPLICIT) {
            throw Checks.error(
                    "SlowFlow.of",
                    "noiseLaw",
                    "EXPLICIT, which has no regulariser",
                    "that of labels; SlowFlow.along takes the drift of any noise");
        }
        return along(objective, sgd, Regularizer.of(objective, sgd));
    }

    /**
     * The flow along any drift, with the λ of an optimiser.
     *
     * @param objective gives L
     * @param sgd gives η, β and λ
     * @param drift the field v
     * @return the flow
     */
    public static SlowFlow along(Objective objective, LabelNoiseSgd sgd, DriftField drift) {
        return new SlowFlow(
                objective, sgd.learningRate(), sgd.momentum(), drift, sgd.regularizationStrength(objective));
    }

    /**
     * The same with another potential in place of R.
     *
     * @param other the potential
     * @return a new flow
     */
    public SlowFlow withPotential(DriftPotential other) {
        return withDrift(other);
    }

    /**
     * The same along another drift.
     *
     * @param other the field v
     * @return a new flow
     */
    public SlowFlow withDrift(DriftField other) {
        return new SlowFlow(objective, learningRate, momentum, other, strength);
    }

    /**
     * The same with another λ.
     *
     * @param other λ ≥ 0, finite
     * @return a new flow
     * @throws IllegalArgumentException if λ is out of range
     */
    public SlowFlow withStrength(double other) {
        Checks.notNegative("SlowFlow", "strength", other);
        return new SlowFlow(objective, learningRate, momentum, drift, other);
    }

    /**
     * λ.
     *
     * @return the strength of the potential
     */
    public double strength() {
        return strength;
    }

    /**
     * The potential.
     *
     * @return R unless replaced
     * @throws IllegalStateException if the flow follows a drift without a potential
     */
    public DriftPotential potential() {
        if (drift instanceof DriftPotential potential) {
            return potential;
        }
        throw new IllegalStateException("SlowFlow.potential: the drift of " + drift.name() + " has no potential");
    }

    /**
     * What it flows along beside −∇L.
     *
     * @return the field v, ∇R unless replaced
     */
    public DriftField drift() {
        return drift;
    }

    /**
     * Flows for a number of steps.
     *
     * @param theta the start, P × 1, finite. Not modified.
     * @param steps number of steps, at least 0
     * @return where it went; the path has the end, if reached
     * @throws IllegalArgumentException if an argument is out of range
     */
    public SlowFlowResult run(DMatrixRMaj theta, long steps) {
        return run(theta, new long[] {steps});
    }

    /**
     * Flows and keeps the states at checkpoints, the last of which is the end.
     *
     * @param theta the start, P × 1, finite. Not modified.
     * @param checkpoints numbers of steps, at least one, not negative and growing. Not modified.
     * @return where it went
     * @throws IllegalArgumentException if an argument is out of range
     */
    public SlowFlowResult run(DMatrixRMaj theta, long[] checkpoints) {
        Checks.shape("SlowFlow.run", "theta", theta, objective.parameterCount(), 1);
        Checks.finite("SlowFlow.run", "theta", theta);
        Checks.atLeast("SlowFlow.run", "number of checkpoints", checkpoints.length, 1);
        Checks.atLeast("SlowFlow.run", "steps", checkpoints[0], 0);
        for (int i = 1; i < checkpoints.length; i++) {
            Checks.atLeast("SlowFlow.run", "checkpoint " + i, checkpoints[i], checkpoints[i - 1] + 1);
        }
        return new Descent(theta).run(checkpoints);
    }

    /** The state of one flow. */
    private final class Descent {
        final Evaluator evaluator = objective.evaluator();
        final DriftEvaluator field = drift.evaluator();
        final int size = objective.parameterCount();
        final DMatrixRMaj theta = new DMatrixRMaj(size, 1);
        final DMatrixRMaj next = new DMatrixRMaj(size, 1);
        final DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        final DMatrixRMaj push = new DMatrixRMaj(size, 1);
        final double[] velocity = new double[size];

        Descent(DMatrixRMaj start) {
            System.arraycopy(start.data, 0, theta.data, 0, size);
        }

        SlowFlowResult run(long[] checkpoints) {
            List<SlowFlowResult.Point> path = new ArrayList<>();
            long step = 0;
            for (long checkpoint : checkpoints) {
                for (; step < checkpoint; step++) {
                    FlowStatus status = step();
                    if (status != FlowStatus.FINISHED) {
                        return new SlowFlowResult(status, step, theta.copy(), path);
                    }
                }
                path.add(new SlowFlowResult.Point(step, theta.copy()));
            }
            return new SlowFlowResult(FlowStatus.FINISHED, step, theta.copy(), path);
        }

        private FlowStatus step() {
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
}
