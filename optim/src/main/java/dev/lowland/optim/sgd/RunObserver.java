package dev.lowland.optim.sgd;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/** Looks at a run while it goes. Called on the thread of the run. */
@FunctionalInterface
public interface RunObserver {

    /**
     * Called after each step that is to be seen.
     *
     * @param step number of steps taken so far, from the very start
     * @param parameters θ, P × 1, valid during the call only. Not to be modified.
     * @return true to go on, false to stop the run here
     */
    boolean onStep(long step, DMatrixRMaj parameters);

    /**
     * How often to be called.
     *
     * @return m ≥ 1: after the steps whose number is a multiple of m
     */
    default long period() {
        return 1;
    }

    /**
     * An observer with a period.
     *
     * @param period m ≥ 1: called after the steps whose number is a multiple of m
     * @param observer what to call
     * @return the observer
     * @throws IllegalArgumentException if the period is not positive
     */
    static RunObserver every(long period, RunObserver observer) {
        Checks.notNull("RunObserver.every", "observer", observer);
        Checks.atLeast("RunObserver.every", "period", period, 1);
        Checks.notNull("RunObserver.every", "observer", observer);
        return new RunObserver() {
            @Override
            public boolean onStep(long step, DMatrixRMaj parameters) {
                Checks.notNull("on step", "parameters", parameters);
                return observer.onStep(step, parameters);
            }

            @Override
            public long period() {
                return period;
            }
        };
    }
}
