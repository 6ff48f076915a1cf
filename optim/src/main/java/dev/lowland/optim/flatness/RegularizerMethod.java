package dev.lowland.optim.flatness;

/** How R is computed. */
public enum RegularizerMethod {
    /** EXACT up to {@link RegularizerSettings#EXACT_LIMIT} parameters, STOCHASTIC beyond. */
    AUTOMATIC,
    /** From the dense Hessian and all its eigenvalues. */
    EXACT,
    /** From Hessian-vector products with random probes, with a standard error. */
    STOCHASTIC
}
