package dev.lowland.optim.minimizer;

/** Why a minimisation ended. */
public enum MinimizerStatus {
    /** The gradient is as small as was wanted. */
    GRADIENT,
    /** The value is as small as was wanted. */
    VALUE,
    /** All steps were taken. */
    STEPS,
    /** The next step would leave the range of numbers; the point is the one before. */
    DIVERGED,
    /** The thread was interrupted; the interrupt stays set. */
    STOPPED
}
