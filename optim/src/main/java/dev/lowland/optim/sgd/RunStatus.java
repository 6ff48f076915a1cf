package dev.lowland.optim.sgd;

/** How a run ended. */
public enum RunStatus {
    /** All steps were taken. */
    FINISHED,
    /** A parameter left the range of numbers that a run may have; see {@link Run#divergedAtStep()}. */
    DIVERGED,
    /** An observer asked for the end, or the thread of the run was interrupted. */
    STOPPED
}
