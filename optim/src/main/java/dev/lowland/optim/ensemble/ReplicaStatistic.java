package dev.lowland.optim.ensemble;

import dev.lowland.optim.sgd.SgdStepper;

/**
 * A number to be watched in every replica while an ensemble runs, such as the loss. The ensemble averages it over
 * replicas at each scheduled step, and over the scheduled steps in each replica. Shared by threads; what a block of
 * replicas needs to remember is in its {@link Probe}.
 */
public interface ReplicaStatistic {

    /**
     * What it is, for people.
     *
     * @return a short text
     */
    String name();

    /**
     * Starts to watch a block of replicas, before their first step.
     *
     * @param stepper the block, at step 0. To be read only.
     * @return the watch over this block, used by one thread
     */
    Probe begin(SgdStepper stepper);

    /** A watch over one block of replicas. */
    @FunctionalInterface
    interface Probe {

        /**
         * The numbers after {@link SgdStepper#stepsTaken()} steps.
         *
         * @param stepper the block. To be read only; its arrays are laned.
         * @param out one number a lane, all finite where the parameters are. Modified.
         */
        void measure(SgdStepper stepper, double[] out);

        /**
         * Called before each step if {@link #followsSteps()}, when the stepper's parameters are those before the step,
         * and its targets and batch those of the step: for what is driven by the same noise.
         *
         * @param stepper the block. To be read only.
         */
        default void beforeStep(SgdStepper stepper) {}

        /**
         * Whether {@link #beforeStep} is to be called.
         *
         * @return false unless overridden
         */
        default boolean followsSteps() {
            return false;
        }
    }
}
