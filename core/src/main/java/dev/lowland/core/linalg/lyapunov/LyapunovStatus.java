package dev.lowland.core.linalg.lyapunov;

/** Whether a recursion has a stationary covariance. */
public enum LyapunovStatus {
    /** It has, and this was proved. */
    STABLE,
    /** It has none: the covariance grows without bound. */
    UNSTABLE,
    /** It is too near the limit, or the iteration was too short, to tell. */
    UNRESOLVED
}
