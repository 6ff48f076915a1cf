package dev.lowland.core.kernel.adaptive;

import dev.lowland.core.kernel.contract.KernelSet;

/** Work that can be done in two ways with the same bits, of which the second must be compiled first. */
interface Rehearsed {

    /** What it is, for people. */
    String name();

    /** Makes ready to run the second way. */
    void prepare(KernelSet vector);

    /** Does a little of it the second way; returns the nanoseconds that the first would take, about, compiled. */
    double rehearse(Stage stage);

    /** Lets callers have the second way. */
    void open();

    /** Says that the second way will never come. */
    void giveUp();
}
