package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.batch.BatchLaw;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Regularization;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.schedule.Schedule;
import dev.lowland.optim.schedule.Schedules;
import org.ejml.data.DMatrixRMaj;

/**
 * The settings of an optimiser, of parts that combine freely, and the runs with them: an update rule, a schedule of its
 * learning rate, a law of the batches, a law of the noise, and regularization. Immutable, shared by threads: each
 * {@code with…} gives a new one. {@link LabelNoiseSgd} is the one of the paper.
 *
 * <p>Step k, counted from 0: draw the batch, make its labels noisy, take the gradient of the mean loss over it (twice,
 * if the rule looks ahead), clip it and add weight decay, follow the rule with η_k, add what noise there is on the
 * parameters. The package documentation says which random numbers a step takes.
 */
public final class Optimiser {

    private final String operation;
    private final UpdateRule rule;
    private final Schedule schedule;
    private final BatchLaw batches;
    private final Noise noise;
    private final Regularization regularization;
    private final long seed;
    private final int threads;
    private final CompiledRuns compiledRuns = new CompiledRuns();

    private Optimiser(
            String operation,
            UpdateRule rule,
            Schedule schedule,
            BatchLaw batches,
            Noise noise,
            Regularization regularization,
            long seed,
            int threads) {
        this.operation = operation;
        this.rule = Checks.notNull(operation, "rule", rule);
        this.schedule = Checks.notNull(operation, "schedule", schedule);
        this.batches = Checks.notNull(operation, "batches", batches);
        this.noise = Checks.notNull(operation, "noise", noise);
        this.regularization = Checks.notNull(operation, "regularization", regularization);
        this.seed = seed;
        Checks.atLeast(operation, "threads", threads, 1);
        this.threads = threads;
        if (rule.name().equals("adamw") && regularization.weightDecay() > 0) {
            throw Checks.error(
                    operation, "weightDecay", "given beside adamw", "that of adamw alone, which has its own");
        }
    }

    /** What {@link LabelNoiseSgd} is made of; it refuses under its own name. */
    static Optimiser named(String operation, UpdateRule rule, double learningRate) {
        Checks.positive(operation, "learningRate", learningRate);
        Schedule schedule = Schedules.constant(learningRate);
        return new Optimiser(operation, rule, schedule, Batches.full(), Noise.byLoss(0), Regularization.none(), 1, 1);
    }

    /**
     * A rule on the full batch, without noise and regularization, seed 1, one thread.
     *
     * @param rule the update rule
     * @param schedule the learning rate of each step
     * @return the optimiser
     */
    public static Optimiser of(UpdateRule rule, Schedule schedule) {
        return new Optimiser("Optimiser", rule, schedule, Batches.full(), Noise.none(), Regularization.none(), 1, 1);
    }

    /**
     * The same with a learning rate that stays as it is.
     *
     * @param rule the update rule
     * @param learningRate η, positive and finite
     * @return the optimiser
     * @throws IllegalArgumentException if η is not
     */
    public static Optimiser of(UpdateRule rule, double learningRate) {
        Checks.positive("Optimiser", "learningRate", learningRate);
        return of(rule, Schedules.constant(learningRate));
    }

    /**
     * The same with another rule.
     *
     * @param other the rule
     * @return a new optimiser
     * @throws IllegalArgumentException if it does not go with the regularization
     */
    public Optimiser withRule(UpdateRule other) {
        return new Optimiser(operation, other, schedule, batches, noise, regularization, seed, threads);
    }

    /**
     * The same with other learning rates.
     *
     * @param other the schedule
     * @return a new optimiser
     */
    public Optimiser withSchedule(Schedule other) {
        return new Optimiser(operation, rule, other, batches, noise, regularization, seed, threads);
    }

    /**
     * The same with another learning rate, which stays as it is.
     *
     * @param other η, positive and finite
     * @return a new optimiser
     * @throws IllegalArgumentException if it is not
     */
    public Optimiser withLearningRate(double other) {
        Checks.positive(operation, "learningRate", other);
        return withSchedule(Schedules.constant(other));
    }

    /**
     * The same with other batches.
     *
     * @param other the law
     * @return a new optimiser
     */
    public Optimiser withBatches(BatchLaw other) {
        return new Optimiser(operation, rule, schedule, other, noise, regularization, seed, threads);
    }

    /**
     * The same with other noise. Whether it suits the loss is asked where the objective is known:
     * {@link #noiseLaw(Objective)}.
     *
     * @param other the noise
     * @return a new optimiser
     */
    public Optimiser withNoise(Noise other) {
        return new Optimiser(operation, rule, schedule, batches, other, regularization, seed, threads);
    }

    /**
     * The same with other regularization.
     *
     * @param other clipping and weight decay
     * @return a new optimiser
     * @throws IllegalArgumentException if the rule has weight decay of its own, and this too
     */
    public Optimiser withRegularization(Regularization other) {
        return new Optimiser(operation, rule, schedule, batches, noise, other, seed, threads);
    }

    /**
     * The same with other random numbers.
     *
     * @param other any number
     * @return a new optimiser
     */
    public Optimiser withSeed(long other) {
        return new Optimiser(operation, rule, schedule, batches, noise, regularization, other, threads);
    }

    /**
     * The same with several threads, which a single run may use for a large batch: see
     * {@link LabelNoiseSgd#withThreads}. They do not change any result.
     *
     * @param count at least 1
     * @return a new optimiser
     * @throws IllegalArgumentException if it is not
     */
    public Optimiser withThreads(int count) {
        return new Optimiser(operation, rule, schedule, batches, noise, regularization, seed, count);
    }

    /**
     * The update rule.
     *
     * @return the rule
     */
    public UpdateRule rule() {
        return rule;
    }

    /**
     * The learning rates.
     *
     * @return the schedule
     */
    public Schedule schedule() {
        return schedule;
    }

    /**
     * The law of the batches.
     *
     * @return the law
     */
    public BatchLaw batches() {
        return batches;
    }

    /**
     * The noise.
     *
     * @return law and size
     */
    public Noise noise() {
        return noise;
    }

    /**
     * What is done to the gradient before the rule.
     *
     * @return clipping and weight decay
     */
    public Regularization regularization() {
        return regularization;
    }

    /**
     * The seed of all random numbers.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * The threads of a single run.
     *
     * @return at least 1
     */
    public int threads() {
        return threads;
    }

    /**
     * B on this objective.
     *
     * @param objective decides the size of the full batch
     * @return samples of the largest batch
     * @throws IllegalArgumentException if the law of the batches cannot be used on so many samples
     */
    public int batchSize(Objective objective) {
        return batches.batchSize(
                Checks.notNull("batchSize", "objective", objective).sampleCount());
    }

    /**
     * The law of the noise on this objective.
     *
     * @param objective decides by its loss and targets
     * @return the law
     * @throws IllegalArgumentException if the law set does not suit them
     */
    public NoiseLaw noiseLaw(Objective objective) {
        Checks.notNull("noiseLaw", "objective", objective);
        return noise.law(operation, objective);
    }

    /**
     * λ = ησ²/(B(1−β)), where it is a number: see {@link LabelNoiseSgd#regularizationStrength}.
     *
     * @param objective decides n and σ²
     * @return λ ≥ 0
     * @throws IllegalArgumentException if the noise or the schedule has no λ
     */
    public double regularizationStrength(Objective objective) {
        Checks.notNull("regularizationStrength", "objective", objective);
        return NoiseStrength.of(this, objective);
    }

    /**
     * Compiles the steps on an objective for replicas side by side.
     *
     * @param objective what to minimise
     * @param lanes number of replicas side by side, at least 1
     * @return the compiled steps
     * @throws IllegalArgumentException if a part does not suit the objective or there is no lane
     */
    public SgdProgram compile(Objective objective, int lanes) {
        return new SgdProgram(this, objective, lanes, false);
    }

    /**
     * Compiles steps for replicas side by side that may differ in all numbers of their settings, seeds and starts, but
     * not in the kinds of their parts, which are those of this optimiser: {@link SgdStepper#start(java.util.List, int)}
     * says which.
     *
     * @param objective what to minimise
     * @param lanes number of replicas side by side, at least 1
     * @return the compiled steps
     * @throws IllegalArgumentException if a part does not suit the objective or there is no lane
     */
    public SgdProgram compileVaried(Objective objective, int lanes) {
        return new SgdProgram(this, objective, lanes, true);
    }

    /**
     * Runs replica 0 from rest. An interrupt of the calling thread ends the run early, with status STOPPED, and is left
     * set. Threads are started by a run and ended with it. What a run compiles, and its memory, is kept for the next
     * one of this optimiser on this objective, as long as memory is not short.
     *
     * @param objective what to minimise
     * @param theta the start, P × 1, finite. Not modified.
     * @param steps number of steps, at least 0
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Run run(Objective objective, DMatrixRMaj theta, long steps) {
        return SingleRun.start(this, objective, theta, steps, null);
    }

    /**
     * Runs replica 0 from rest, with somebody looking.
     *
     * @param objective what to minimise
     * @param theta the start, P × 1, finite. Not modified.
     * @param steps number of steps, at least 0
     * @param observer sees the run and may stop it
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Run run(Objective objective, DMatrixRMaj theta, long steps, RunObserver observer) {
        Checks.notNull(operation + ".run", "observer", observer);
        return SingleRun.start(this, objective, theta, steps, SingleRun.monitor(observer));
    }

    /**
     * Goes on from where a run ended, with the random numbers that follow: bit for bit what the longer run would have
     * done, if the run is one of this optimiser on this objective. Numbers of the settings may be others than before;
     * after a change of the batch size or the law of the noise take another seed as well, for the numbers that follow
     * may else have been drawn before.
     *
     * @param objective what to minimise
     * @param from a run that did not diverge, of as many parameters
     * @param steps number of further steps, at least 0
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range, the run diverged, or it remembers something else
     *     than the rule
     */
    public Run resume(Objective objective, Run from, long steps) {
        return SingleRun.resume(this, objective, from, steps, null);
    }

    /**
     * Goes on from where a run ended, with somebody looking.
     *
     * @param objective what to minimise
     * @param from a run that did not diverge, of as many parameters
     * @param steps number of further steps, at least 0
     * @param observer sees the run and may stop it
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range, the run diverged, or it remembers something else
     *     than the rule
     */
    public Run resume(Objective objective, Run from, long steps, RunObserver observer) {
        Checks.notNull(operation + ".resume", "observer", observer);
        return SingleRun.resume(this, objective, from, steps, SingleRun.monitor(observer));
    }

    /**
     * Runs replica 0 from rest, with somebody looking who wants more than θ.
     *
     * @param objective what to minimise
     * @param theta the start, P × 1, finite. Not modified.
     * @param steps number of steps, at least 0
     * @param monitor sees the run and may stop it
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Run run(Objective objective, DMatrixRMaj theta, long steps, RunMonitor monitor) {
        Checks.notNull(operation + ".run", "monitor", monitor);
        return SingleRun.start(this, objective, theta, steps, monitor);
    }

    /**
     * Goes on from where a run ended, with somebody looking who wants more than θ.
     *
     * @param objective what to minimise
     * @param from a run that did not diverge, of as many parameters
     * @param steps number of further steps, at least 0
     * @param monitor sees the run and may stop it
     * @return where it ended
     * @throws IllegalArgumentException if an argument is out of range, the run diverged, or it remembers something else
     *     than the rule
     */
    public Run resume(Objective objective, Run from, long steps, RunMonitor monitor) {
        Checks.notNull(operation + ".resume", "monitor", monitor);
        return SingleRun.resume(this, objective, from, steps, monitor);
    }

    /** What refusals call it. */
    String operation() {
        return operation;
    }

    CompiledRuns compiledRuns() {
        return compiledRuns;
    }

    @Override
    public String toString() {
        return "Optimiser(rule=" + rule.name() + ", learningRate=" + schedule + ", batches=" + batches + ", " + noise
                + (regularization.isNone() ? "" : ", regularization=" + regularization) + ", seed=" + seed
                + (threads == 1 ? "" : ", threads=" + threads) + ")";
    }
}
