package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;

/**
 * A = Q·T·Qᵀ for symmetric A, with T tridiagonal and Q a product of reflections I − τvvᵀ, one for each row from the
 * last to the third.
 *
 * <p>Cost: 4n³/3 with n² numbers, and 2n³ to take n vectors back. An interrupt of the thread is seen within a row.
 *
 * <p>Reference: Martin, Reinsch, Wilkinson, <i>Householder's tridiagonalization of a symmetric matrix</i>, Numerische
 * Mathematik 11 (1968).
 */
final class Tridiagonalisation {
    /** Vectors taken back together, so that they stay in cache while the reflections pass. */
    private static final int GROUP = 16;

    /** What stands before T in a row and is shorter than this, relative to the largest entry of A, is zero. */
    private static final double NOTHING = 1e-150;

    /** Progress is told after so much more of the work. */
    private static final double TOLD = 0.01;

    private final String operation;
    private final int size;
    /** The lower triangle; row i becomes the v of its reflection. */
    private final double[] rows;

    private final double[] factors;
    private final double[] diagonal;
    private final double[] beside;

    private Tridiagonalisation(String operation, int size, double[] rows) {
        this.operation = operation;
        this.size = size;
        this.rows = rows;
        this.factors = new double[size];
        this.diagonal = new double[size];
        this.beside = new double[size];
    }

    /** Of the mean of A and its transpose, over a scale that is not 0; progress gets the share that is done. */
    static Tridiagonalisation of(String operation, DMatrixRMaj a, double scale, DoubleConsumer progress) {
        int n = a.numRows;
        double[] rows = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i * n + j] = 0.5 * (a.data[i * n + j] / scale) + 0.5 * (a.data[j * n + i] / scale);
            }
        }
        Tridiagonalisation result = new Tridiagonalisation(operation, n, rows);
        result.reduce(progress);
        return result;
    }

    /** T_ii. */
    double[] diagonal() {
        return diagonal;
    }

    /** T_{i,i+1}. */
    double[] beside() {
        return beside;
    }

    private void reduce(DoubleConsumer progress) {
        double[] image = new double[size];
        int told = 1;
        for (int i = size - 1; i > 0; i--) {
            double left = (double) (i + 1) / size;
            if (1 - left * left * left >= told * TOLD) {
                progress.accept(1 - left * left * left);
                told++;
            }
            int row = i * size;
            diagonal[i] = rows[row + i];
            double last = rows[row + i - 1];
            double before = Norms.two(rows, row, i - 1);
            if (before <= NOTHING) {
                beside[i - 1] = last;
                continue;
            }
            double norm = Math.hypot(before, last);
            beside[i - 1] = -Math.copySign(norm, last);
            rows[row + i - 1] = last - beside[i - 1];
            factors[i] = 1 / (norm * (norm + Math.abs(last)));
            multiply(i, image);
            update(i, image);
        }
        diagonal[0] = rows[0];
        progress.accept(1);
    }

    /** image = τA·v over the leading i × i block, of which the lower triangle is known. */
    private void multiply(int i, double[] image) {
        KernelSet kernels = Kernels.active();
        int v = i * size;
        Arrays.fill(image, 0, i, 0);
        for (int r = 0; r < i; r++) {
            Checks.notInterrupted(operation);
            int row = r * size;
            double entry = rows[v + r];
            image[r] += kernels.dot(r + 1, rows, row, rows, v);
            kernels.axpy(r, entry, rows, row, image, 0);
        }
        for (int r = 0; r < i; r++) {
            image[r] *= factors[i];
        }
    }

    /** The leading block becomes (I − τvvᵀ)A(I − τvvᵀ) = A − vwᵀ − wvᵀ with w = image − τ(image·v)v/2. */
    private void update(int i, double[] image) {
        KernelSet kernels = Kernels.active();
        int v = i * size;
        double part = 0.5 * factors[i] * kernels.dot(i, image, 0, rows, v);
        kernels.axpy(i, -part, rows, v, image, 0);
        for (int r = 0; r < i; r++) {
            Checks.notInterrupted(operation);
            kernels.axpy(r + 1, -rows[v + r], image, 0, rows, r * size);
            kernels.axpy(r + 1, -image[r], rows, v, rows, r * size);
        }
    }

    /** z ← Q·z for each of n vectors, one a row. */
    void takeBack(double[] vectors) {
        KernelSet kernels = Kernels.active();
        for (int from = 0; from < size; from += GROUP) {
            int to = Math.min(size, from + GROUP);
            for (int i = 2; i < size; i++) {
                Checks.notInterrupted(operation);
                for (int k = from; k < to && factors[i] != 0; k++) {
                    double part = factors[i] * kernels.dot(i, rows, i * size, vectors, k * size);
                    kernels.axpy(i, -part, rows, i * size, vectors, k * size);
                }
            }
        }
    }
}
