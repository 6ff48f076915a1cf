package dev.lowland.optim.ensemble;

import dev.lowland.optim.parallel.Pace;
import dev.lowland.optim.sgd.SgdStepper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Runs blocks of replicas for one thread. Between two events (a checkpoint, a measurement, a guard) it only steps.
 * Guards look for divergence; when one finds it, the block goes back to the guard before and takes the steps again, one
 * look a step. By the clock, after whatever step it is, it tells of progress and asks whether to stop.
 */
final class BlockRunner {

    /** Steps between guards. */
    private static final long GUARD_PERIOD = 64;

    private final EnsembleRun run;
    private final SgdStepper stepper;
    private final long[] checkpoints;
    private final long end;
    private final double[] guardParameters;
    private final double[] guardVelocity;
    private final List<WatchRunner> watches = new ArrayList<>();
    private final Pace pace = new Pace();
    private final BooleanSupplier stop = this::stops;
    private long guardStep;
    private long reported;
    private int counted;

    BlockRunner(EnsembleRun run) {
        this.run = run;
        this.stepper = run.program().newStepper();
        this.checkpoints = run.checkpoints();
        this.end = checkpoints[checkpoints.length - 1];
        this.guardParameters = new double[stepper.parameters().length];
        this.guardVelocity = new double[stepper.velocity().length];
    }

    /** Looks up where it is time to, and returns whether to stop: to be asked after each piece of work. */
    boolean stops() {
        if (pace.due()) {
            report();
            run.askWhetherToStop();
        }
        return run.isStopped();
    }

    /** Steps that are taken again, after a divergence, have been reported. */
    private void report() {
        long step = stepper.stepsTaken();
        if (step > reported) {
            run.advance((step - reported) * counted);
            reported = step;
        }
    }

    /** Runs the block that begins with this replica; null if the run is to stop. */
    @Nullable
    BlockSums run(int firstReplica) {
        counted = Math.min(stepper.lanes(), run.ensemble().replicaCount() - firstReplica);
        stepper.start(run.theta().data, firstReplica);
        EnsembleState from = run.from();
        if (from != null) {
            FinalStates.load(from, stepper, counted);
        }
        reported = stepper.stepsTaken();
        remember();
        watches.clear();
        for (Watch watch : run.ensemble().watches()) {
            watches.add(new WatchRunner(watch, stepper, counted));
        }
        BlockSums sums = new BlockSums();
        while (true) {
            if (diverged()) {
                return findDivergence() ? finish(sums) : null;
            }
            long step = stepper.stepsTaken();
            if (step - guardStep >= GUARD_PERIOD) {
                remember();
            }
            for (WatchRunner watch : watches) {
                watch.measureIfDue(stepper);
            }
            if (step == checkpoints[sums.checkpoints().size()]) {
                checkpoint(sums, firstReplica);
            }
            if (step == end || step >= run.divergence().step()) {
                report();
                FinalStates finalStates = run.finalStates();
                if (finalStates != null) {
                    finalStates.keep(stepper, counted);
                }
                return stops() ? null : finish(sums);
            }
            if (!stepTo(nextEvent(sums))) {
                return null;
            }
        }
    }

    private BlockSums finish(BlockSums sums) {
        for (WatchRunner watch : watches) {
            sums.addSeries(watch.finish());
        }
        return sums;
    }

    private long nextEvent(BlockSums sums) {
        long next = Math.min(
                guardStep + GUARD_PERIOD, checkpoints[sums.checkpoints().size()]);
        for (WatchRunner watch : watches) {
            next = Math.min(next, watch.nextStep());
        }
        return next;
    }

    /** Takes the steps up to this one; false if the run is to stop. */
    private boolean stepTo(long step) {
        boolean followed = false;
        for (WatchRunner watch : watches) {
            followed |= watch.followsSteps();
        }
        while (stepper.stepsTaken() < step) {
            if (followed) {
                stepper.prepareStep();
                for (WatchRunner watch : watches) {
                    watch.beforeStep(stepper);
                }
            }
            if (!stepper.stepUnless(stop) || stops()) {
                return false;
            }
        }
        return true;
    }

    /** Reports the first of the counted lanes to leave the range of numbers; false if the run is to stop. */
    private boolean findDivergence() {
        stepper.restore(guardStep, guardParameters, guardVelocity);
        do {
            stepper.step();
            if (stops()) {
                return false;
            }
        } while (!diverged());
        int lane = stepper.divergedLane().orElseThrow();
        run.divergence().report(stepper.stepsTaken(), stepper.firstReplica() + lane);
        return true;
    }

    /** Whether the first lane that has diverged is one that counts. */
    private boolean diverged() {
        return stepper.divergedLane().orElse(counted) < counted;
    }

    private void remember() {
        guardStep = stepper.stepsTaken();
        System.arraycopy(stepper.parameters(), 0, guardParameters, 0, guardParameters.length);
        System.arraycopy(stepper.velocity(), 0, guardVelocity, 0, guardVelocity.length);
    }

    private void checkpoint(BlockSums sums, int firstReplica) {
        int size = run.theta().numRows;
        int lanes = stepper.lanes();
        double[] state = stepper.parameters();
        if (!run.states().isEmpty()) {
            DMatrixRMaj kept = run.states().get(sums.checkpoints().size());
            for (int l = 0; l < counted; l++) {
                for (int i = 0; i < size; i++) {
                    kept.data[(firstReplica + l) * size + i] = state[i * lanes + l];
                }
            }
        }
        sums.addCheckpoint(CheckpointSums.of(state, size, lanes, counted, run.moments(), stop));
    }
}
