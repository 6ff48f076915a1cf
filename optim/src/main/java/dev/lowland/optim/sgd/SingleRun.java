package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.parallel.Pace;
import java.util.Arrays;
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
    private final double[] before;
    private final double[] velocityBefore;
    private final DMatrixRMaj view;
    private final Pace pace = new Pace();
    private final BooleanSupplier interrupted = Thread.currentThread()::isInterrupted;

    private SingleRun(SgdStepper stepper) {
        this.stepper = stepper;
        before = new double[stepper.parameters().length];
        velocityBefore = new double[before.length];
        view = DMatrixRMaj.wrap(before.length, 1, stepper.parameters());
    }

    static Run start(
            LabelNoiseSgd sgd, Objective objective, DMatrixRMaj theta, long steps, @Nullable RunObserver observer) {
        Checks.notNull("LabelNoiseSgd.run", "objective", objective);
        Checks.shape("LabelNoiseSgd.run", "theta", theta, objective.parameterCount(), 1);
        Checks.finite("LabelNoiseSgd.run", "theta", theta);
        Checks.atLeast("LabelNoiseSgd.run", "steps", steps, 0);
        return run(sgd, objective, stepper -> stepper.start(theta.data, 0), steps, observer);
    }

    static Run resume(LabelNoiseSgd sgd, Objective objective, Run from, long steps, @Nullable RunObserver observer) {
        Checks.notNull("LabelNoiseSgd.resume", "objective", objective);
        Checks.notNull("LabelNoiseSgd.resume", "from", from);
        DMatrixRMaj theta = from.liveParameters();
        Checks.shape("LabelNoiseSgd.resume", "parameters of from", theta, objective.parameterCount(), 1);
        Checks.atLeast("LabelNoiseSgd.resume", "steps", steps, 0);
        Checks.atMost("LabelNoiseSgd.resume", "steps", steps, Long.MAX_VALUE - from.steps());
        if (from.status() == RunStatus.DIVERGED) {
            throw Checks.error("LabelNoiseSgd.resume", "from", from.toString(), "a run that did not diverge");
        }
        double[] velocity = from.liveVelocity().data;
        return run(sgd, objective, stepper -> stepper.resume(from.steps(), theta.data, velocity), steps, observer);
    }

    private static Run run(
            LabelNoiseSgd sgd,
            Objective objective,
            Consumer<SgdStepper> begin,
            long steps,
            @Nullable RunObserver observer) {
        SgdStepper stepper = sgd.compiledRuns().take(sgd, objective);
        Run run;
        try {
            begin.accept(stepper);
            run = new SingleRun(stepper).take(steps, observer);
        } finally {
            stepper.close();
        }
        sgd.compiledRuns().giveBack(stepper);
        return run;
    }

    private Run take(long steps, @Nullable RunObserver observer) {
        long period = observer == null ? Long.MAX_VALUE : observer.period();
        long end = stepper.stepsTaken() + steps;
        while (stepper.stepsTaken() < end) {
            remember();
            long now = stepper.stepsTaken();
            long toObserver = period - now % period;
            long next = now + Math.min(Math.min(GUARD_PERIOD, toObserver), end - now);
            boolean cutShort = !stepTo(next);
            if (stepper.divergedLane().isPresent()) {
                return diverged(now);
            }
            long step = stepper.stepsTaken();
            boolean unwanted = observer != null && step % period == 0 && !observer.onStep(step, view);
            if (unwanted || (cutShort && step < end)) {
                return result(RunStatus.STOPPED, step, stepper.parameters(), stepper.velocity());
            }
        }
        return result(RunStatus.FINISHED, end, stepper.parameters(), stepper.velocity());
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

    private void remember() {
        System.arraycopy(stepper.parameters(), 0, before, 0, before.length);
        System.arraycopy(stepper.velocity(), 0, velocityBefore, 0, before.length);
    }

    /** Goes back to the last sound state and takes the steps again, up to the one that diverges. */
    private Run diverged(long from) {
        stepper.restore(from, before, velocityBefore);
        while (true) {
            remember();
            stepper.step();
            if (stepper.divergedLane().isPresent()) {
                return result(RunStatus.DIVERGED, stepper.stepsTaken() - 1, before, velocityBefore);
            }
        }
    }

    private Run result(RunStatus status, long steps, double[] parameters, double[] velocity) {
        int size = before.length;
        return new Run(
                status,
                steps,
                DMatrixRMaj.wrap(size, 1, Arrays.copyOf(parameters, size)),
                DMatrixRMaj.wrap(size, 1, Arrays.copyOf(velocity, size)));
    }
}
