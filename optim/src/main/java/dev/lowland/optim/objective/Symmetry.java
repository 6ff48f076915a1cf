package dev.lowland.optim.objective;

import org.ejml.data.DMatrixRMaj;

/** Symmetric matrices that are symmetric to the last bit. */
final class Symmetry {

    private Symmetry() {}

    /** Replaces the square matrix A by (A + Aᵀ)/2. */
    static void average(DMatrixRMaj a) {
        int n = a.numRows;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double mean = 0.5 * (a.data[i * n + j] + a.data[j * n + i]);
                a.data[i * n + j] = mean;
                a.data[j * n + i] = mean;
            }
        }
    }
}
