package dev.lowland.optim.flow;

/** How a slow flow ended. */
public enum FlowStatus {
    /** All steps were taken. */
    FINISHED,
    /** The potential had no gradient at the state reached. */
    UNDEFINED,
    /** A parameter left the range of numbers that a run may have. */
    DIVERGED,
    /** The thread of the flow was interrupted, or a condition asked for the end. */
    STOPPED
}
