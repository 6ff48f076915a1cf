package dev.lowland.core.linalg;

import dev.lowland.core.kernel.Kernels;
import org.ejml.data.DMatrixRMaj;

/** Euclidean norms that neither overflow nor underflow on the way. Thread safe; nothing allocates. */
public final class Norms {
    private static final double SMALL = 1e-280;
    private static final double LARGE = 1e280;

    private Norms() {}

    /**
     * ‖v‖ = √Σ v_i², in the fixed order of {@link dev.lowland.core.kernel.contract.ReductionKernels}. Cost: one pass,
     * or three if the squares leave the range of numbers.
     *
     * @param v any shape; for a matrix it is the Frobenius norm. Not modified.
     * @return the norm; NaN if an entry is NaN, infinite if one is infinite and none is NaN
     */
    public static double two(DMatrixRMaj v) {
        double square = Kernels.dot(v, v);
        if (square > SMALL && square < LARGE) {
            return Math.sqrt(square);
        }
        double largest = 0;
        for (int e = 0; e < v.getNumElements(); e++) {
            largest = Math.max(largest, Math.abs(v.data[e]));
        }
        if (!(largest > 0 && largest <= Double.MAX_VALUE)) {
            return largest;
        }
        double sum = 0;
        for (int e = 0; e < v.getNumElements(); e++) {
            double x = v.data[e] / largest;
            sum += x * x;
        }
        return largest * Math.sqrt(sum);
    }
}
