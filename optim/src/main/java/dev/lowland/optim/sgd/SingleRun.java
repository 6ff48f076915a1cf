package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.event.Events;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.parallel.Pace;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * One replica, step by step. Whether it has diverged is looked at now and then, and before anybody else looks; the step
 * at which it did is then found by taking the steps since the last look again. An interrupt is looked for by the clock,
 * and left set.
 */
final class SingleRun {

    /** Most steps between two looks. */
    private static final int GUARD_PERIOD = 64;

    private final SgdStepper stepper;
    private final RunView view;
    private final Pace pace = new Pace();
    private final BooleanSupplier interrupted = Thread.currentThread()::isInterrupted;

    private SingleRun(Objective objective, SgdStepper stepper) {
        this.stepper = stepper;
        DMatrixRMaj theta = DMatrixRMaj.wrap(stepper.parameters().length, 1, stepper.parameters());
        view = new RunView(objective, stepper, theta);
    }

    /** An observer as a monitor. */
    static RunMonitor monitor(RunObserver observer) {
        return RunMonitor.every(observer.period(), view -> observer.onStep(view.step(), view.parameters()));
    }

    static Run start(
            Optimiser optimiser, Objective objective, DMatrixRMaj theta, long steps, @Nullable RunMonitor monitor) {
        String operation = optimiser.operation() + ".run";
        Checks.notNull(operation, "objective", objective);
        Checks.shape(operation, "theta", theta, objective.parameterCount(), 1);
        Checks.finite(operation, "theta", theta);
        Checks.atLeast(operation, "steps", steps, 0);
        return run(optimiser, objective, stepper -> stepper.start(theta.data, 0), steps, monitor);
    }

    static Run resume(Optimiser optimiser, Objective objective, Run from, long steps, @Nullable RunMonitor monitor) {
        String operation = optimiser.operation() + ".resume";
        Checks.notNull(operation, "objective", objective);
        Checks.notNull(operation, "from", from);
        Checks.shape(operation, "parameters of from", from.parameters(), objective.parameterCount(), 1);
        Checks.atLeast(operation, "steps", steps, 0);
        Checks.atMost(operation, "steps", steps, Long.MAX_VALUE - from.steps());
        if (from.status() == RunStatus.DIVERGED) {
            throw Checks.error(operation, "from", from.toString(), "a run that did not diverge");
        }
        return run(optimiser, objective, stepper -> stepper.resume(operation, from.state()), steps, monitor);
    }

    private static Run run(
            Optimiser optimiser,
            Objective objective,
            Consumer<SgdStepper> begin,
            long steps,
            @Nullable RunMonitor monitor) {
        SgdStepper stepper = optimiser.compiledRuns().take(optimiser, objective);
        Events.Span span = Events.recorder().run(optimiser.operation(), objective.parameterCount(), 1, steps);
        Run run;
        try {
            begin.accept(stepper);
            run = new SingleRun(objective, stepper).take(steps, monitor);
        } finally {
            stepper.close();
        }
        span.end(run.status().name(), run.steps());
        run.divergedAtStep().ifPresent(step -> Events.recorder().divergence(step, 0));
        optimiser.compiledRuns().giveBack(stepper);
        return run;
    }

    private Run take(long steps, @Nullable RunMonitor monitor) {
        long period = monitor == null ? Long.MAX_VALUE : RunView.period(monitor);
        long end = stepper.stepsTaken() + steps;
        while (stepper.stepsTaken() < end) {
            stepper.remember();
            long now = stepper.stepsTaken();
            long toObserver = period - now % period;
            long next = now + Math.min(Math.min(GUARD_PERIOD, toObserver), end - now);
            boolean cutShort = !stepTo(next);
            if (stepper.divergedLane().isPresent()) {
                return diverged();
            }
            long step = stepper.stepsTaken();
            boolean unwanted = monitor != null && step % period == 0 && !monitor.onStep(view);
            if (unwanted || (cutShort && step < end)) {
                return new Run(RunStatus.STOPPED, stepper.state());
            }
        }
        return new Run(RunStatus.FINISHED, stepper.state());
    }

    /** Takes the steps up to this one; false if there is an interrupt, and then there may be fewer. */
    private boolean stepTo(long next) {
        while (stepper.stepsTaken() < next) {
            if (!stepper.stepUnless(interrupted) || (pace.due() && interrupted.getAsBoolean())) {
                return false;
            }
        }
        return !interrupted.getAsBoolean();
    }

    /** Goes back to the last sound state and takes the steps again, up to the one that diverges. */
    private Run diverged() {
        stepper.goBack();
        while (true) {
            stepper.remember();
            stepper.step();
            if (stepper.divergedLane().isPresent()) {
                stepper.goBack();
                return new Run(RunStatus.DIVERGED, stepper.state());
            }
        }
    }
}
