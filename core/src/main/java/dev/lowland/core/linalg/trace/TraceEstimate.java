package dev.lowland.core.linalg.trace;

/**
 * An estimate of a trace.
 *
 * @param value the estimate
 * @param standardError its estimated standard deviation, ≥ 0
 * @param samples how many random samples the standard error rests on
 * @param products how many products with the matrix were spent
 */
public record TraceEstimate(double value, double standardError, int samples, int products) {}
