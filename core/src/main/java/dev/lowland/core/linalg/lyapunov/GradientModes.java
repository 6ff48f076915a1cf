package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.linalg.RangeDecomposition;
import org.ejml.data.DMatrixRMaj;

/**
 * G = (1/n) Σ A_i = unit²·W·diag(d)·Wᵀ on its range, A_i the sum of g gᵀ over the c gradients of sample i, and the
 * gradients in the coordinates of W, over the unit. Found from the matrix of gradients itself, not from G.
 *
 * @param unit what gradients are measured in; the largest d is near 1
 * @param curvatures d, r numbers, descending
 * @param basis W, P × r, orthonormal
 * @param gradients each row is Wᵀg/unit, n·c × r, those of a sample together
 * @param group c, the number of gradients of a sample
 * @param cut the largest singular value of the gradients that counts as 0, over the largest
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GradientModes(
        double unit, double[] curvatures, DMatrixRMaj basis, DMatrixRMaj gradients, int group, double cut) {

    /** Directions with a singular value at most {@code threshold} times the largest are not in the range. */
    static GradientModes of(DMatrixRMaj gradients, int group, double threshold) {
        RangeDecomposition range = RangeDecomposition.of(gradients, threshold, 0);
        double[] values = range.values();
        int samples = gradients.numRows / group;
        double[] curvatures = new double[values.length];
        for (int a = 0; a < values.length; a++) {
            curvatures[a] = values[a] * (values[a] / samples);
        }
        DMatrixRMaj coordinates = range.left();
        for (int e = 0; e < coordinates.getNumElements(); e++) {
            coordinates.data[e] *= values[e % values.length];
        }
        return new GradientModes(range.unit(), curvatures, range.right(), coordinates, group, range.cut());
    }

    /** An eigenvalue of G, of one of the {@link #curvatures}. */
    double curvature(double relative) {
        return relative * unit * unit;
    }

    int rank() {
        return curvatures.length;
    }

    int samples() {
        return gradients.numRows / group;
    }
}
