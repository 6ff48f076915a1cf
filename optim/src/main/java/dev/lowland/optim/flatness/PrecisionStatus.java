package dev.lowland.optim.flatness;

/** Whether an estimate is as precise as was asked for. */
public enum PrecisionStatus {
    /** It is exact, or its standard error is within the target. */
    REACHED,
    /** The most probes allowed were run, and its standard error is above the target; or there is no value. */
    NOT_REACHED,
    /** There was no target. */
    NOT_ASKED
}
