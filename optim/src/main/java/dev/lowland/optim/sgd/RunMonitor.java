package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;

/**
 * Looks at a run while it goes, and at how it is getting on: what a {@link RunObserver} does that wants more than θ.
 * Called on the thread of the run.
 */
@FunctionalInterface
public interface RunMonitor {

    /**
     * Called after each step that is to be seen.
     *
     * @param view the run at this step, valid during the call only
     * @return true to go on, false to stop the run here
     */
    boolean onStep(RunView view);

    /**
     * How often to be called.
     *
     * @return m ≥ 1: after the steps whose number is a multiple of m
     */
    default long period() {
        return 1;
    }

    /**
     * A monitor with a period.
     *
     * @param period m ≥ 1: called after the steps whose number is a multiple of m
     * @param monitor what to call
     * @return the monitor
     * @throws IllegalArgumentException if the period is not positive
     */
    static RunMonitor every(long period, RunMonitor monitor) {
        Checks.notNull("RunMonitor.every", "monitor", monitor);
        Checks.atLeast("RunMonitor.every", "period", period, 1);
        return new RunMonitor() {
            @Override
            public boolean onStep(RunView view) {
                return monitor.onStep(view);
            }

            @Override
            public long period() {
                return period;
            }
        };
    }
}
