package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: A = V·diag(h)·Vᵀ with h₀ ≤ h₁ ≤ … and VᵀV = I.
 *
 * <p>Each eigenvector has its entry of largest magnitude positive, so that equal matrices give equal vectors.
 *
 * <p>By Householder's reflections and the QL iteration of {@link TridiagonalEigen}: eigenvalues are right to about
 * ε‖A‖. Cost: about 9P³ and 3P² numbers of memory; for the eigenvalues alone 4P³/3 and P². An interrupt ends it within
 * moments. Objects are immutable but for the arrays they hand out, which are the caller's to leave alone; safe to share
 * between threads that only read.
 */
public final class SymmetricEigen {
    private static final String OPERATION = "symmetric eigen decomposition";

    /** How far A may be from symmetric, relative to its largest entry. */
    private static final double SYMMETRY_TOLERANCE = 1e-8;

    private final double[] values;
    private final DMatrixRMaj vectors;

    private SymmetricEigen(double[] values, DMatrixRMaj vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes a symmetric matrix. The mean of A and Aᵀ is what is decomposed.
     *
     * @param a symmetric matrix, P × P, P ≥ 1, finite. Not modified.
     * @return the decomposition
     * @throws IllegalArgumentException if A is not square, not finite, or further from symmetric than 10⁻⁸ of its
     *     largest entry, or if the iteration does not converge, which is not known to happen
     * @throws IllegalStateException if the thread is interrupted, which is left set
     */
    public static SymmetricEigen of(DMatrixRMaj a) {
        Checks.notNull("symmetric eigen", "a", a);
        double scale = scale(a);
        int n = a.numRows;
        if (scale == 0) {
            return new SymmetricEigen(new double[n], CommonOps_DDRM.identity(n));
        }
        Tridiagonalisation form = Tridiagonalisation.of(OPERATION, a, scale, done -> {});
        TridiagonalEigen eigen = new TridiagonalEigen(n);
        eigen.solve(n, form.diagonal(), form.beside(), true);
        double[] rows = new double[n * n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = scale * eigen.value(i);
            for (int k = 0; k < n; k++) {
                rows[i * n + k] = eigen.entry(i, k);
            }
        }
        form.takeBack(rows);
        DMatrixRMaj vectors = new DMatrixRMaj(n, n);
        for (int j = 0; j < n; j++) {
            copyRow(rows, j, vectors);
        }
        return new SymmetricEigen(values, vectors);
    }

    /**
     * The eigenvalues alone, ascending, in a fifth of the time.
     *
     * @param a symmetric matrix, P × P, P ≥ 1, finite. Not modified.
     * @return P numbers, the same as {@link #values} up to rounding
     * @throws IllegalArgumentException as for {@link #of}
     * @throws IllegalStateException if the thread is interrupted, which is left set
     */
    public static double[] values(DMatrixRMaj a) {
        return values(a, done -> {});
    }

    /**
     * The eigenvalues alone, with somebody who is told how far it has come.
     *
     * @param a symmetric matrix, P × P, P ≥ 1, finite. Not modified.
     * @param progress gets the share that is done, in (0, 1], some hundred times at most
     * @return P numbers, ascending
     * @throws IllegalArgumentException as for {@link #of}
     * @throws IllegalStateException if the thread is interrupted, which is left set
     */
    public static double[] values(DMatrixRMaj a, DoubleConsumer progress) {
        Checks.notNull("symmetric eigenvalues", "a", a);
        Checks.notNull("symmetric eigenvalues", "progress", progress);
        double scale = scale(a);
        int n = a.numRows;
        double[] values = new double[n];
        if (scale > 0) {
            Tridiagonalisation form = Tridiagonalisation.of(OPERATION, a, scale, progress);
            TridiagonalEigen eigen = new TridiagonalEigen(n);
            eigen.solve(n, form.diagonal(), form.beside(), false);
            for (int i = 0; i < n; i++) {
                values[i] = scale * eigen.value(i);
            }
        }
        return values;
    }

    /** Checks A; the power of two that its largest entry is measured in. */
    private static double scale(DMatrixRMaj a) {
        Checks.atLeast(OPERATION, "size of a", a.numRows, 1);
        Checks.square(OPERATION, "a", a);
        Checks.finite(OPERATION, "a", a);
        Checks.symmetric(OPERATION, "a", a, SYMMETRY_TOLERANCE);
        return Norms.unit(a);
    }

    /** Column j of the vectors, with its largest entry positive. */
    private static void copyRow(double[] rows, int j, DMatrixRMaj vectors) {
        int n = vectors.numRows;
        int largest = j * n;
        for (int e = j * n; e < (j + 1) * n; e++) {
            if (Math.abs(rows[e]) > Math.abs(rows[largest])) {
                largest = e;
            }
        }
        double sign = rows[largest] < 0 ? -1 : 1;
        for (int i = 0; i < n; i++) {
            vectors.data[i * n + j] = sign * rows[j * n + i];
        }
    }

    /**
     * The eigenvalues in ascending order.
     *
     * @return P numbers; not a copy
     */
    public double[] values() {
        return values;
    }

    /**
     * The eigenvectors: column j belongs to {@code values()[j]}.
     *
     * @return P × P, orthogonal; not a copy
     */
    public DMatrixRMaj vectors() {
        return vectors;
    }

    /**
     * The size of the matrix.
     *
     * @return P
     */
    public int size() {
        return values.length;
    }
}
