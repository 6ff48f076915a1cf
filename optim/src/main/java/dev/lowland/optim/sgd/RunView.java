package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A run as a {@link RunMonitor} sees it after a step. Nothing is computed that is not asked for, what is asked for
 * twice is computed once, and nothing is allocated after the first time. For the thread of the run.
 */
public final class RunView {

    /** Observations over which {@link #runningLoss} is a mean. */
    public static final int RUNNING = 100;

    private final Objective objective;
    private final SgdStepper stepper;
    private final DMatrixRMaj theta;
    private @Nullable BatchProbe probe;
    private @Nullable ObjectiveEvaluator evaluator;
    private long probedAt = -1;
    private long countedAt = -1;
    private long counted;
    private double running;

    RunView(Objective objective, SgdStepper stepper, DMatrixRMaj theta) {
        this.objective = objective;
        this.stepper = stepper;
        this.theta = theta;
    }

    /**
     * Steps taken so far, from the very start.
     *
     * @return k
     */
    public long step() {
        return stepper.stepsTaken();
    }

    /**
     * The learning rate of the step last taken.
     *
     * @return η_{k−1}; of the first step, before any was taken
     */
    public double learningRate() {
        return stepper.rate(Math.max(0, step() - 1));
    }

    /**
     * θ_k.
     *
     * @return P × 1, live, valid during the call only. Not to be modified.
     */
    public DMatrixRMaj parameters() {
        return theta;
    }

    /**
     * The mean loss at θ_k over the batch of the coming step, with the labels that it will have. Costs a step.
     *
     * @return the loss of the batch
     */
    public double batchLoss() {
        return probed().loss();
    }

    /**
     * The mean of {@link #batchLoss} over the steps at which this was asked for, the last {@value #RUNNING} or so: m ←
     * m + (loss − m)/min(count, {@value #RUNNING}).
     *
     * @return the running mean, this step included
     */
    public double runningLoss() {
        if (countedAt != step()) {
            countedAt = step();
            counted++;
            running += (batchLoss() - running) / Math.min(counted, RUNNING);
        }
        return running;
    }

    /**
     * The norm of the gradient of {@link #batchLoss}, before clipping and weight decay.
     *
     * @return ‖g‖₂
     */
    public double gradientNorm() {
        double[] gradient = probed().gradient();
        return Norms.two(gradient);
    }

    /**
     * The training loss L(θ_k), over all samples with clean labels.
     *
     * @return the loss
     */
    public double loss() {
        ObjectiveEvaluator known = evaluator;
        if (known == null) {
            known = objective.evaluator();
            evaluator = known;
        }
        return known.loss(theta);
    }

    private BatchProbe probed() {
        BatchProbe known = probe;
        if (known == null) {
            known = new BatchProbe(stepper);
            probe = known;
        }
        if (probedAt != step()) {
            known.look();
            probedAt = step();
        }
        return known;
    }

    @Override
    public String toString() {
        return "step " + step();
    }

    static long period(RunMonitor monitor) {
        long period = monitor.period();
        Checks.atLeast("RunMonitor", "period", period, 1);
        return period;
    }
}
