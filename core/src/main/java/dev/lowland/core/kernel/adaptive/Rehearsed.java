package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.kernel.contract.KernelSet;

/** Work that can be done in two ways with the same bits, of which the second must be compiled first. */
interface Rehearsed {

    /** What it is, for people. */
    String name();

    /** Whether it comes before all that waits: true where it does the work of many kernels. */
    default boolean isUrgent() {
        return false;
    }

    /** Makes ready to run the second way. */
    void prepare(KernelSet vector);

    /**
     * Does a little of it the second way, and times that.
     *
     * @param pace how long this machine takes for plain code, beside the one on which times were taken
     * @return whether it took no longer than it takes compiled
     */
    boolean isFast(KernelSet vector, Stage stage, double pace);

    /**
     * Whether a time is one of compiled code, of which the plain counterpart takes so many nanoseconds on a machine of
     * pace 1, about. Code that is not compiled takes a hundred times as long.
     */
    static boolean isCompiled(long nanos, double plain, double pace) {
        return nanos <= 3 * plain * pace;
    }

    /** Lets callers have the second way. */
    void open(KernelSet vector);

    /** Says that the second way will never come. */
    void giveUp();
}
