package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/** Symmetric matrices that are symmetric to the last bit. */
public final class Symmetry {

    private Symmetry() {}

    /**
     * Replaces A by (A + Aᵀ)/2.
     *
     * @param a square. Modified.
     * @throws IllegalArgumentException if it is not square
     */
    public static void average(DMatrixRMaj a) {
        Checks.square("average", "a", a);
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
