package dev.lowland.core.linalg.trace;

/**
 * What is learnt of how eigenvalues are spread, with both of its errors: the scatter of the probes, which falls with
 * their number, and what a few nodes cannot tell of a spectrum, which all probes share and which falls only with the
 * number of steps.
 *
 * @param value the estimate
 * @param standardError the estimated standard deviation of the value, from the scatter of the probes, ≥ 0
 * @param quadratureError how far the value may be off beyond that, ≥ 0: a bound or an estimate, as the method says that
 *     made it
 * @param samples how many probes the standard error rests on
 * @param products how many products with the matrix were spent
 */
public record DensityEstimate(double value, double standardError, double quadratureError, int samples, int products) {}
