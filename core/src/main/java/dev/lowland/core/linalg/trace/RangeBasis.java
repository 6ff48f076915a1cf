package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;

/**
 * An orthonormal basis of the span of given vectors, by Gram–Schmidt in two passes; a vector that adds nothing is left
 * out.
 */
final class RangeBasis {
    /** What is left of a vector counts as nothing below this part of the longest vector seen. */
    private static final double NEGLIGIBLE = 1e-13;

    private final int size;
    private final DMatrixRMaj[] vectors;
    private int count;
    private double longest;

    RangeBasis(int size, int capacity) {
        this.size = size;
        this.vectors = new DMatrixRMaj[Math.min(size, capacity)];
    }

    int count() {
        return count;
    }

    DMatrixRMaj get(int j) {
        return vectors[j];
    }

    /** Takes up y, which is overwritten with what it adds. */
    void add(DMatrixRMaj y) {
        longest = Math.max(longest, Norms.two(y));
        remove(y);
        double norm = Norms.two(y);
        if (count == vectors.length || !(norm > NEGLIGIBLE * longest)) {
            return;
        }
        // what is left may be rounding of something much longer: only after it has been scaled is a further pass of use
        divide(y, norm);
        remove(y);
        divide(y, Norms.two(y));
        vectors[count++] = y.copy();
    }

    private static void divide(DMatrixRMaj v, double by) {
        for (int i = 0; i < v.numRows; i++) {
            v.data[i] /= by;
        }
    }

    /** v = v − Q·Qᵀv. */
    void remove(DMatrixRMaj v) {
        KernelSet kernels = Kernels.active();
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < count; j++) {
                Checks.notInterrupted("trace");
                double product = kernels.dot(size, vectors[j].data, 0, v.data, 0);
                kernels.axpy(size, -product, vectors[j].data, 0, v.data, 0);
            }
        }
    }
}
