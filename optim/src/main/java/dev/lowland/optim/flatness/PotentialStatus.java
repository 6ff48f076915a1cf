package dev.lowland.optim.flatness;

/** Whether a potential has a value at a point. */
public enum PotentialStatus {
    /** It has. */
    DEFINED,
    /** It has not: for R, an eigenvalue of e·∇²L is 2 or more, or not a number. */
    UNDEFINED,
    /** An estimate found no reason against, but cannot exclude one. */
    UNCERTAIN
}
