package dev.lowland.core.linalg.krylov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Subspace;
import org.ejml.data.DMatrixRMaj;

/**
 * A few eigenvalues and eigenvectors, with what they may be off by: some eigenvalue of A is within {@code residuals[i]}
 * of {@code values[i]}, and within residual²/gap if the rest of the spectrum is a gap away.
 *
 * @param values q numbers, the most wanted first; not a copy
 * @param vectors orthonormal columns, P × q, column i belongs to {@code values[i]}; not a copy
 * @param residuals ‖A·u_i − values[i]·u_i‖, q numbers, up to rounding of size ε‖A‖; not a copy
 * @param converged whether all residuals met the tolerance and the search for missed eigenvalues found none
 * @param products how many products with A were spent
 */
@SuppressWarnings("ArrayRecordComponent") // results that are read, never compared
public record Eigenpairs(double[] values, DMatrixRMaj vectors, double[] residuals, boolean converged, int products) {
    /** Refuses null. */
    public Eigenpairs {
        Checks.notNull("eigenpairs", "vectors", vectors);
    }

    /**
     * The number of pairs.
     *
     * @return q
     */
    public int count() {
        return values.length;
    }

    /**
     * The span of the vectors, to deflate with.
     *
     * @return a subspace of dimension q
     */
    public Subspace subspace() {
        return Subspace.of(vectors);
    }
}
