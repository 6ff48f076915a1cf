package dev.lowland.core.linalg;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Matrices of known spectrum for tests. */
public final class TestMatrices {
    private TestMatrices() {}

    public static RandomStream stream(long seed) {
        return RandomStream.of(seed, 0, Purpose.TEST);
    }

    public static DMatrixRMaj gaussian(int rows, int columns, long seed) {
        DMatrixRMaj m = new DMatrixRMaj(rows, columns);
        stream(seed).fillGaussian(0, rows * columns, m.data, 0, 1);
        return m;
    }

    /** Orthogonal, by Gram–Schmidt in two passes on the columns of a Gaussian matrix. */
    public static DMatrixRMaj orthogonal(int n, long seed) {
        DMatrixRMaj q = gaussian(n, n, seed);
        for (int j = 0; j < n; j++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < j; k++) {
                    double dot = 0;
                    for (int i = 0; i < n; i++) {
                        dot += q.get(i, j) * q.get(i, k);
                    }
                    for (int i = 0; i < n; i++) {
                        q.set(i, j, q.get(i, j) - dot * q.get(i, k));
                    }
                }
            }
            double norm = 0;
            for (int i = 0; i < n; i++) {
                norm += q.get(i, j) * q.get(i, j);
            }
            for (int i = 0; i < n; i++) {
                q.set(i, j, q.get(i, j) / Math.sqrt(norm));
            }
        }
        return q;
    }

    /** Q·diag(spectrum)·Qᵀ with a random orthogonal Q, exactly symmetric. */
    public static DMatrixRMaj withSpectrum(double[] spectrum, long seed) {
        DMatrixRMaj q = orthogonal(spectrum.length, seed);
        return function(q, spectrum, x -> x);
    }

    /** V·diag(f(h))·Vᵀ, exactly symmetric. */
    public static DMatrixRMaj function(DMatrixRMaj v, double[] h, DoubleUnaryOperator f) {
        int n = h.length;
        DMatrixRMaj scaled = v.copy();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled.data[i * n + j] *= f.applyAsDouble(h[j]);
            }
        }
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(scaled, v, a);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a.data[i * n + j] = a.data[j * n + i];
            }
        }
        return a;
    }

    /** f(A) by EJML's eigenvectors. */
    public static DMatrixRMaj function(DMatrixRMaj a, DoubleUnaryOperator f) {
        SymmetricEigen eigen = SymmetricEigen.of(a);
        return function(eigen.vectors(), eigen.values(), f);
    }

    public static DMatrixRMaj randomSymmetric(int n, long seed) {
        DMatrixRMaj g = gaussian(n, n, seed);
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        CommonOps_DDRM.transpose(g, a);
        CommonOps_DDRM.addEquals(a, g);
        return a;
    }

    public static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, c);
        return c;
    }

    public static DMatrixRMaj column(DMatrixRMaj m, int j) {
        return CommonOps_DDRM.extractColumn(m, j, null);
    }

    public static double dot(DMatrixRMaj a, DMatrixRMaj b) {
        return CommonOps_DDRM.dot(a, b);
    }

    public static double distance(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int e = 0; e < a.getNumElements(); e++) {
            sum += (a.data[e] - b.data[e]) * (a.data[e] - b.data[e]);
        }
        return Math.sqrt(sum);
    }

    /** An operator that answers NaN. */
    public static LinearOperator broken(int n) {
        return new LinearOperator() {
            @Override
            public int size() {
                return n;
            }

            @Override
            public void apply(DMatrixRMaj v, DMatrixRMaj out) {
                out.zero();
                out.data[n / 2] = Double.NaN;
            }
        };
    }
}
