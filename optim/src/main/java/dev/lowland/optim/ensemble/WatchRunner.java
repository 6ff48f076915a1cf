package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.sgd.SgdStepper;
import java.util.ArrayList;
import java.util.List;

/** A statistic over one block of replicas. */
final class WatchRunner {

    private final Watch watch;
    private final ReplicaStatistic.Probe probe;
    private final boolean followsSteps;
    private final List<BlockPart> parts;
    private final double[] values;
    private final double[] totals;
    private final List<SeriesSums> sums = new ArrayList<>();
    private int next;

    WatchRunner(Watch watch, SgdStepper stepper, List<BlockPart> parts) {
        this.watch = watch;
        this.probe = watch.statistic().begin(stepper);
        this.followsSteps = probe.followsSteps();
        this.parts = parts;
        this.values = new double[stepper.lanes()];
        this.totals = new double[stepper.lanes()];
        for (int i = 0; i < parts.size(); i++) {
            sums.add(new SeriesSums(watch.schedule().count(), watch.keepsValues()));
        }
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
        for (int i = 0; i < parts.size(); i++) {
            BlockPart part = parts.get(i);
            if (!part.hasDiverged()) {
                add(stepper, part);
                sums.get(i).set(next, values, part.lane(), part.count());
            }
        }
        next++;
    }

    private void add(SgdStepper stepper, BlockPart part) {
        for (int l = part.lane(); l < part.lane() + part.count(); l++) {
            if (!(Math.abs(values[l]) <= Double.MAX_VALUE)) {
                throw Checks.error(
                        "Ensemble.run",
                        "statistic " + watch.statistic().name(),
                        values[l] + " in replica " + part.replica(l) + " after " + stepper.stepsTaken() + " steps",
                        "finite");
            }
            totals[l] += values[l];
        }
    }

    /** What was found of a part; to be called once for each. */
    SeriesSums finish(int i) {
        BlockPart part = parts.get(i);
        for (int l = part.lane(); l < part.lane() + part.count(); l++) {
            totals[l] /= watch.schedule().count();
        }
        SeriesSums of = sums.get(i);
        of.setTimeMeans(totals, part.lane(), part.count());
        return of;
    }

    /** A statistic, when to measure it, and whether to keep the number of every replica. */
    record Watch(ReplicaStatistic statistic, StepSchedule schedule, boolean keepsValues) {}
}
