package dev.lowland.optim.flow;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.flatness.Decayed;
import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flatness.DriftPotential;
import dev.lowland.optim.flatness.NoPotential;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.parallel.Workers;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.TheoryTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;

/**
 * Φ, where the theory says that the mean of the runs goes: gradient descent on L + λR with the run's own η and β,
 * θ_{k+1} = θ_k − η(∇L + λ∇R) + β(θ_k − θ_{k−1}), from rest. Any {@link DriftField} v may stand in for ∇R; weight decay
 * γ adds γθ to ∇L.
 *
 * <p>Immutable, shared by threads. A step costs a gradient of L and the field, and allocates nothing that the field
 * does not. Source: Damian, Ma, Lee 2021, section 3 (the reference process of the local coupling).
 */
public final class SlowFlow {

    private final Objective objective;
    private final double learningRate;
    private final double momentum;
    private final double weightDecay;
    private final DriftField drift;
    private final double strength;
    private final double tolerance;
    private final BooleanSupplier stop;
    private final DoubleConsumer listener;

    private SlowFlow(
            Objective objective,
            double learningRate,
            double momentum,
            double weightDecay,
            DriftField drift,
            double strength,
            double tolerance,
            BooleanSupplier stop,
            DoubleConsumer listener) {
        this.objective = objective;
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        this.drift = drift;
        this.strength = strength;
        this.tolerance = tolerance;
        this.stop = stop;
        this.listener = listener;
    }

    /**
     * The flow that belongs to an optimiser, with its {@link Regularizer} and its λ.
     *
     * @param objective gives L
     * @param sgd gives η, β and λ
     * @return the flow
     * @throws IllegalArgumentException if the noise is {@link NoiseLaw#EXPLICIT}, which has no regularizer
     */
    public static SlowFlow of(Objective objective, LabelNoiseSgd sgd) {
        Checks.notNull("SlowFlow.of", "objective", objective);
        Checks.notNull("SlowFlow.of", "sgd", sgd);
        return of(objective, sgd.optimiser());
    }

    /**
     * The flow that belongs to an optimiser of other parts: plain or with heavy ball, at a constant learning rate,
     * without clipping, with label noise of one size, flips with the probability of the loss, or anti-correlated noise
     * on the parameters. What its batches add is left out, as in the paper, and what weight decay does to R: see
     * {@link Decayed}.
     *
     * @param objective gives L
     * @param optimiser gives η, β and λ
     * @return the flow
     * @throws IllegalArgumentException if a part is one that there is no theory for
     */
    public static SlowFlow of(Objective objective, Optimiser optimiser) {
        Checks.notNull("SlowFlow.of", "objective", objective);
        Checks.notNull("SlowFlow.of", "optimiser", optimiser);
        NoiseLaw law = optimiser.noiseLaw(objective);
        if (law.addsToParameters() && !law.isTakenBack()) {
            throw Checks.error(
                    "SlowFlow.of",
                    "noiseLaw",
                    law.name() + ", which has no regularizer",
                    "that of labels, or anti-correlated; SlowFlow.along takes the drift of any noise");
        }
        return along(objective, optimiser, Regularizer.of(objective, optimiser))
                .withStrength(optimiser.regularizationStrength(objective));
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
        Checks.notNull("SlowFlow.along", "objective", objective);
        Checks.notNull("SlowFlow.along", "sgd", sgd);
        Checks.notNull("SlowFlow.along", "drift", drift);
        return along(objective, sgd.optimiser(), drift).withStrength(sgd.regularizationStrength(objective));
    }

    /**
     * The flow along any drift, with η and β of an optimiser, and λ = 0 until it is set.
     *
     * @param objective gives L
     * @param optimiser gives η, β and γ; plain or with heavy ball, at a constant learning rate, without clipping
     * @param drift the field v
     * @return the flow
     * @throws IllegalArgumentException if a part is one that there is no theory for
     */
    public static SlowFlow along(Objective objective, Optimiser optimiser, DriftField drift) {
        Checks.notNull("SlowFlow.along", "objective", objective);
        Checks.notNull("SlowFlow.along", "optimiser", optimiser);
        Checks.notNull("SlowFlow.along", "drift", drift);
        return new SlowFlow(
                objective,
                TheoryTerms.learningRate("SlowFlow", optimiser),
                TheoryTerms.momentum("SlowFlow", optimiser),
                TheoryTerms.weightDecay("SlowFlow", optimiser),
                drift,
                0,
                0,
                () -> false,
                done -> {});
    }

    /**
     * The same along another drift.
     *
     * @param other the field v in place of ∇R; a potential stands for its gradient
     * @return a new flow
     */
    public SlowFlow withDrift(DriftField other) {
        Checks.notNull("SlowFlow.withDrift", "other", other);
        return new SlowFlow(objective, learningRate, momentum, weightDecay, other, strength, tolerance, stop, listener);
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
        return new SlowFlow(objective, learningRate, momentum, weightDecay, drift, other, tolerance, stop, listener);
    }

    /**
     * The same flow in long steps along the valley, for so many steps that taking each is out of question: once the
     * state has settled on the valley floor, a Runge-Kutta pair follows it there, with the error held to a tolerance
     * and stated in the result. Where long steps do not pay, the flow takes plain ones: a tolerance that is too small
     * costs time, not truth.
     *
     * <p>The valley floor is where ∇L + λv vanishes across the valley: what the plain flow settles to between two long
     * steps, but for terms of relative order λ², which are measured beside some of the long steps.
     *
     * @param errorTolerance how far, in the norm of θ, the result may be from that of the plain steps; positive. The
     *     default is plain steps
     * @return a new flow
     * @throws IllegalArgumentException if the tolerance is not positive
     */
    public SlowFlow withLongSteps(double errorTolerance) {
        Checks.positive("SlowFlow.withLongSteps", "errorTolerance", errorTolerance);
        return new SlowFlow(
                objective, learningRate, momentum, weightDecay, drift, strength, errorTolerance, stop, listener);
    }

    /**
     * The same with something that can end a run early, with status STOPPED. An interrupt of the calling thread does so
     * too, and is left set.
     *
     * @param condition asked before each plain step, and as often in long ones; true ends the run
     * @return a new flow
     */
    public SlowFlow withStop(BooleanSupplier condition) {
        Checks.notNull("SlowFlow.withStop", "condition", condition);
        return new SlowFlow(
                objective, learningRate, momentum, weightDecay, drift, strength, tolerance, condition, listener);
    }

    /**
     * The same with somebody who is told how far a run has come.
     *
     * @param progress gets the share of the steps that is done, in (0, 1], ascending, some hundred times at most, from
     *     the thread that runs
     * @return a new flow
     */
    public SlowFlow withProgress(DoubleConsumer progress) {
        Checks.notNull("SlowFlow.withProgress", "progress", progress);
        return new SlowFlow(objective, learningRate, momentum, weightDecay, drift, strength, tolerance, stop, progress);
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
     * γ.
     *
     * @return the weight decay, 0 for none
     */
    public double weightDecay() {
        return weightDecay;
    }

    /**
     * The potential.
     *
     * @return R unless replaced; empty if the flow follows a drift without a potential
     */
    public Optional<DriftPotential> potential() {
        return drift instanceof DriftPotential potential ? Optional.of(potential) : Optional.empty();
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
        Checks.notNull("SlowFlow.run", "checkpoints", checkpoints);
        Checks.shape("SlowFlow.run", "theta", theta, objective.parameterCount(), 1);
        Checks.finite("SlowFlow.run", "theta", theta);
        Checks.atLeast("SlowFlow.run", "number of checkpoints", checkpoints.length, 1);
        Checks.atLeast("SlowFlow.run", "steps", checkpoints[0], 0);
        for (int i = 1; i < checkpoints.length; i++) {
            Checks.atLeast("SlowFlow.run", "checkpoint " + i, checkpoints[i], checkpoints[i - 1] + 1);
        }
        return tolerance > 0 ? LongFlow.run(this, tolerance, theta, checkpoints) : plain(theta, checkpoints);
    }

    /**
     * Runs several flows from one point, side by side.
     *
     * @param flows which, each with its own settings
     * @param theta the start, P × 1, finite. Not modified.
     * @param checkpoints as for one run. Not modified.
     * @param threads at most this many run at once; no result depends on it
     * @return where each went, in the order of the flows
     * @throws IllegalArgumentException if an argument is out of range
     * @throws IllegalStateException if the thread is interrupted before the last was begun
     */
    public static List<SlowFlowResult> runAll(
            List<SlowFlow> flows, DMatrixRMaj theta, long[] checkpoints, int threads) {
        Checks.noNulls("SlowFlow.runAll", "flows", flows);
        Checks.notNull("SlowFlow.runAll", "theta", theta);
        Checks.notNull("SlowFlow.runAll", "checkpoints", checkpoints);
        Checks.atLeast("SlowFlow.runAll", "threads", threads, 1);
        SlowFlowResult[] results = new SlowFlowResult[flows.size()];
        Workers.forEach(threads, results.length, (worker, index) -> {
            results[index] = flows.get(index).run(theta, checkpoints);
        });
        return List.of(results);
    }

    private SlowFlowResult plain(DMatrixRMaj theta, long[] checkpoints) {
        FlowDescent descent = new FlowDescent(this);
        descent.set(theta, new double[theta.numRows]);
        descent.tell(new FlowProgress(listener, 0, 1, checkpoints[checkpoints.length - 1]));
        List<SlowFlowResult.Point> path = new ArrayList<>();
        FlowStatus status = FlowStatus.FINISHED;
        for (long checkpoint : checkpoints) {
            status = descent.advance(checkpoint - descent.steps());
            if (status != FlowStatus.FINISHED) {
                break;
            }
            path.add(new SlowFlowResult.Point(checkpoint, descent.theta().copy(), 0));
        }
        OptionalLong rest = descent.repeats() ? OptionalLong.of(descent.repeatsFrom()) : OptionalLong.empty();
        return new SlowFlowResult(status, descent.steps(), descent.theta().copy(), path, 0, 0, descent.taken(), rest);
    }

    /** What stands beside ∇L, but for {@link #pullStrength}: the drift, with weight decay. */
    DriftField pull() {
        return strength == 0 && weightDecay > 0
                ? Decayed.of(new NoPotential(), 1)
                : Decayed.of(drift, weightDecay == 0 ? 0 : weightDecay / strength);
    }

    /** λ; γ where there is weight decay alone. */
    double pullStrength() {
        return strength == 0 ? weightDecay : strength;
    }

    /** Whether somebody wants the run to end. */
    boolean stopRequested() {
        return Thread.currentThread().isInterrupted() || stop.getAsBoolean();
    }

    DoubleConsumer listener() {
        return listener;
    }

    Objective objective() {
        return objective;
    }

    double learningRate() {
        return learningRate;
    }

    double momentum() {
        return momentum;
    }
}
