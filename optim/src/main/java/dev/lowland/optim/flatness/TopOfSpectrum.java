package dev.lowland.optim.flatness;

import dev.lowland.core.linalg.Subspace;
import org.ejml.data.DMatrixRMaj;

/**
 * The top of a spectrum: the vectors of which the part is computed instead of estimated, and the largest eigenvalues.
 *
 * @param deflated orthonormal, may be empty
 * @param eigenvalues ascending, at least one; the last may be raised
 * @param found the Rayleigh quotient of the first vector; −∞ if there is none
 * @param residual of the largest
 * @param products spent so far
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record TopOfSpectrum(Subspace deflated, double[] eigenvalues, double found, double residual, int products) {

    double largest() {
        return eigenvalues[eigenvalues.length - 1];
    }

    void raise(double ritz) {
        if (ritz > largest()) {
            eigenvalues[eigenvalues.length - 1] = ritz;
        }
    }

    DMatrixRMaj first() {
        DMatrixRMaj first = new DMatrixRMaj(deflated.size(), 1);
        deflated.copy(0, first);
        return first;
    }
}
