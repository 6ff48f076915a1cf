package dev.lowland.core.linalg.lyapunov;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.core.linalg.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;

/**
 * G = (1/n) Σ A_i = W·diag(d)·Wᵀ on its range, A_i the sum of g gᵀ over the c gradients of sample i, and the gradients
 * in the coordinates of W. Found from the smaller of G and the n·c × n·c matrix of inner products.
 *
 * @param curvatures d, r numbers, descending
 * @param basis W, P × r, orthonormal
 * @param gradients each row is Wᵀg, n·c × r, those of a sample together
 * @param group c, the number of gradients of a sample
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GradientModes(double[] curvatures, DMatrixRMaj basis, DMatrixRMaj gradients, int group) {

    /** Directions with d at most {@code threshold}·max d are not in the range. */
    static GradientModes of(DMatrixRMaj gradients, int group, double threshold) {
        return gradients.numRows <= gradients.numCols
                ? fromSamples(gradients, group, threshold)
                : fromG(gradients, group, threshold);
    }

    private static GradientModes fromSamples(DMatrixRMaj gradients, int group, double threshold) {
        int n = gradients.numRows;
        int samples = n / group;
        DMatrixRMaj inner = new DMatrixRMaj(n, n);
        Kernels.multiply(MatrixForm.NT, gradients, gradients, inner);
        divide(inner, samples);
        SymmetricEigen eigen = SymmetricEigen.of(inner);
        double[] d = range(eigen.values(), threshold);
        DMatrixRMaj coordinates = new DMatrixRMaj(n, d.length);
        DMatrixRMaj scaled = new DMatrixRMaj(n, d.length);
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < d.length; a++) {
                double u = eigen.vectors().data[i * n + n - 1 - a];
                coordinates.data[i * d.length + a] = u * Math.sqrt(samples * d[a]);
                scaled.data[i * d.length + a] = u / Math.sqrt(samples * d[a]);
            }
        }
        DMatrixRMaj basis = new DMatrixRMaj(gradients.numCols, d.length);
        Kernels.multiply(MatrixForm.TN, gradients, scaled, basis);
        return new GradientModes(d, basis, coordinates, group);
    }

    private static GradientModes fromG(DMatrixRMaj gradients, int group, double threshold) {
        int size = gradients.numCols;
        DMatrixRMaj g = new DMatrixRMaj(size, size);
        Kernels.multiply(MatrixForm.TN, gradients, gradients, g);
        divide(g, gradients.numRows / group);
        SymmetricEigen eigen = SymmetricEigen.of(g);
        double[] d = range(eigen.values(), threshold);
        DMatrixRMaj basis = new DMatrixRMaj(size, d.length);
        for (int i = 0; i < size; i++) {
            for (int a = 0; a < d.length; a++) {
                basis.data[i * d.length + a] = eigen.vectors().data[i * size + size - 1 - a];
            }
        }
        DMatrixRMaj coordinates = new DMatrixRMaj(gradients.numRows, d.length);
        Kernels.multiply(MatrixForm.NN, gradients, basis, coordinates);
        return new GradientModes(d, basis, coordinates, group);
    }

    private static void divide(DMatrixRMaj m, int by) {
        for (int e = 0; e < m.getNumElements(); e++) {
            m.data[e] /= by;
        }
    }

    private static double[] range(double[] ascending, double threshold) {
        int n = ascending.length;
        double top = ascending[n - 1];
        int r = 0;
        while (r < n && ascending[n - 1 - r] > threshold * top) {
            r++;
        }
        double[] d = new double[r];
        for (int a = 0; a < r; a++) {
            d[a] = ascending[n - 1 - a];
        }
        return d;
    }

    int rank() {
        return curvatures.length;
    }

    int samples() {
        return gradients.numRows / group;
    }
}
