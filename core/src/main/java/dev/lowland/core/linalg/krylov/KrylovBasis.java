package dev.lowland.core.linalg.krylov;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;

/** Orthonormal vectors that grow one by one; memory for them is taken when they first come and then kept. */
final class KrylovBasis {
    /** Rotations work on this many rows at once, so that the part of the basis they read stays in cache. */
    private static final int CHUNK = 512;

    private final int size;
    private final DMatrixRMaj[] vectors;
    private int count;

    KrylovBasis(int size, int capacity) {
        this.size = size;
        this.vectors = new DMatrixRMaj[capacity];
    }

    int count() {
        return count;
    }

    int capacity() {
        return vectors.length;
    }

    void clear() {
        count = 0;
    }

    DMatrixRMaj get(int j) {
        return vectors[j];
    }

    void swap(int i, int j) {
        DMatrixRMaj kept = vectors[i];
        vectors[i] = vectors[j];
        vectors[j] = kept;
    }

    /** Appends w/norm. */
    void append(DMatrixRMaj w, double norm) {
        DMatrixRMaj vector = vectors[count];
        if (vector == null) {
            vector = new DMatrixRMaj(size, 1);
            vectors[count] = vector;
        }
        for (int i = 0; i < size; i++) {
            vector.data[i] = w.data[i] / norm;
        }
        count++;
    }

    /**
     * w = w − V·Vᵀw in two passes.
     *
     * @param coefficients gets Vᵀw, at least count numbers
     */
    void orthogonalise(DMatrixRMaj w, double[] coefficients) {
        KernelSet kernels = Kernels.active();
        for (int j = 0; j < count; j++) {
            coefficients[j] = 0;
        }
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < count; j++) {
                Checks.notInterrupted("Krylov basis");
                double product = kernels.dot(size, vectors[j].data, 0, w.data, 0);
                kernels.axpy(size, -product, vectors[j].data, 0, w.data, 0);
                coefficients[j] += product;
            }
        }
    }

    /** out = Σ_j c_j v_j over the first n vectors. */
    void combine(int n, double[] c, DMatrixRMaj out) {
        for (int i = 0; i < size; i++) {
            out.data[i] = 0;
        }
        KernelSet kernels = Kernels.active();
        for (int j = 0; j < n; j++) {
            Checks.notInterrupted("Krylov basis");
            kernels.axpy(size, c[j], vectors[j].data, 0, out.data, 0);
        }
    }

    /**
     * The first n vectors become k combinations of themselves; those after them move down to follow them.
     *
     * @param s s[i][j]: the part of vector j in new vector i, k rows of at least n
     */
    void compress(int n, int k, double[][] s) {
        double[] chunk = new double[k * CHUNK];
        KernelSet kernels = Kernels.active();
        for (int from = 0; from < size; from += CHUNK) {
            Checks.notInterrupted("Krylov basis");
            int length = Math.min(CHUNK, size - from);
            for (int i = 0; i < k; i++) {
                for (int e = 0; e < length; e++) {
                    chunk[i * CHUNK + e] = 0;
                }
                for (int j = 0; j < n; j++) {
                    kernels.axpy(length, s[i][j], vectors[j].data, from, chunk, i * CHUNK);
                }
            }
            for (int i = 0; i < k; i++) {
                System.arraycopy(chunk, i * CHUNK, vectors[i].data, from, length);
            }
        }
        for (int j = n; j < count; j++) {
            swap(k + j - n, j);
        }
        count = k + count - n;
    }

    /** Forgets all but the first n vectors. */
    void truncate(int n) {
        count = n;
    }

    /** out = A·v_j, with a finite result or an error. Returns ‖A·v_j‖. */
    double apply(String operation, LinearOperator a, int j, DMatrixRMaj out) {
        a.apply(vectors[j], out);
        double norm = Norms.two(out);
        if (!(norm <= Double.MAX_VALUE)) {
            Checks.finite(operation, "product of a", out);
            throw Checks.error(operation, "product of a", "of norm " + norm, "of finite norm");
        }
        return norm;
    }
}
