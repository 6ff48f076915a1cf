package dev.lowland.core.linalg.trace;

import org.ejml.data.DMatrixRMaj;

/**
 * Takes the vectors w = g(A)z of a stochastic Lanczos quadrature. For any quadratic form q, the sum of q(w) over the
 * deflated vectors and the mean of q(w) over the probes add up to an unbiased estimate of tr g(A)·q·g(A).
 */
public interface DirectionSink {
    /**
     * A deflated vector, which counts with weight 1.
     *
     * @param index which one, from 0
     * @param w g(A)u, P × 1, lent for the time of the call. Not modified.
     */
    void deflated(int index, DMatrixRMaj w);

    /**
     * A probe, which counts with weight 1/(number of probes).
     *
     * @param index which one, from 0
     * @param w g(A)(I − UUᵀ)z, P × 1, lent for the time of the call. Not modified.
     */
    void probe(int index, DMatrixRMaj w);
}
