package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.sgd.SgdStepper;

/** A statistic over one block of replicas. */
final class WatchRunner {

    private final Watch watch;
    private final ReplicaStatistic.Probe probe;
    private final boolean followsSteps;
    private final int counted;
    private final double[] values;
    private final double[] totals;
    private final SeriesSums sums;
    private int next;

    WatchRunner(Watch watch, SgdStepper stepper, int counted) {
        this.watch = watch;
        this.probe = watch.statistic().begin(stepper);
        this.followsSteps = probe.followsSteps();
        this.counted = counted;
        this.values = new double[stepper.lanes()];
        this.totals = new double[stepper.lanes()];
        this.sums = new SeriesSums(watch.schedule().count());
    }

    boolean followsSteps() {
        return followsSteps;
    }

    void beforeStep(SgdStepper stepper) {
        if (followsSteps) {
            probe.beforeStep(stepper);
        }
    }

    /** The next step at which to measure, or the largest long. */
    long nextStep() {
        return next < watch.schedule().count() ? watch.schedule().step(next) : Long.MAX_VALUE;
    }

    void measureIfDue(SgdStepper stepper) {
        if (stepper.stepsTaken() != nextStep()) {
            return;
        }
        probe.measure(stepper, values);
        for (int l = 0; l < counted; l++) {
            if (!(Math.abs(values[l]) <= Double.MAX_VALUE)) {
                throw Checks.error(
                        "Ensemble.run",
                        "statistic " + watch.statistic().name(),
                        values[l] + " in replica " + (stepper.firstReplica() + l) + " after " + stepper.stepsTaken()
                                + " steps",
                        "finite");
            }
            totals[l] += values[l];
        }
        sums.set(next, values, counted);
        next++;
    }

    SeriesSums finish() {
        for (int l = 0; l < counted; l++) {
            totals[l] /= watch.schedule().count();
        }
        sums.setTimeMeans(totals, counted);
        return sums;
    }
}
