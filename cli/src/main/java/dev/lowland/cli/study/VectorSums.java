package dev.lowland.cli.study;

import dev.lowland.optim.ensemble.Moments;
import org.ejml.data.DMatrixRMaj;

/** Small sums over vectors, in index order. */
final class VectorSums {
    private VectorSums() {}

    /** ⟨u, a − b⟩. */
    static double along(DMatrixRMaj u, DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += u.data[i] * (a.data[i] - b.data[i]);
        }
        return sum;
    }

    /** The standard errors of the means, P × 1. */
    static DMatrixRMaj standardErrors(Moments moments) {
        DMatrixRMaj errors = moments.mean();
        for (int i = 0; i < errors.getNumElements(); i++) {
            errors.data[i] = moments.standardError(i);
        }
        return errors;
    }
}
