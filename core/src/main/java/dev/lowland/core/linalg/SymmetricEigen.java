package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: A = V·diag(h)·Vᵀ with h₀ ≤ h₁ ≤ … and VᵀV = I.
 *
 * <p>Each eigenvector has its entry of largest magnitude positive, so that equal matrices give equal vectors.
 *
 * <p>Computed by EJML's symmetric QR algorithm; O(P³). Objects are immutable but for the arrays they hand out, which
 * are the caller's to leave alone; safe to share between threads that only read.
 */
public final class SymmetricEigen {
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
     */
    public static SymmetricEigen of(DMatrixRMaj a) {
        Checks.atLeast("symmetric eigen decomposition", "size of a", a.numRows, 1);
        Checks.square("symmetric eigen decomposition", "a", a);
        Checks.finite("symmetric eigen decomposition", "a", a);
        Checks.symmetric("symmetric eigen decomposition", "a", a, SYMMETRY_TOLERANCE);
        int n = a.numRows;
        EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(n, true, true);
        if (!solver.decompose(symmetricPart(a))) {
            throw Checks.error(
                    "symmetric eigen decomposition",
                    "a",
                    "of size " + n + " and does not converge",
                    "a matrix that converges");
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((i, j) -> Double.compare(solver.getEigenvalue(i).real, solver.getEigenvalue(j).real))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values = new double[n];
        DMatrixRMaj vectors = new DMatrixRMaj(n, n);
        for (int j = 0; j < n; j++) {
            values[j] = solver.getEigenvalue(order[j]).real;
            copyColumn(solver.getEigenVector(order[j]), vectors, j);
        }
        return new SymmetricEigen(values, vectors);
    }

    private static DMatrixRMaj symmetricPart(DMatrixRMaj a) {
        int n = a.numRows;
        DMatrixRMaj part = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                part.data[i * n + j] = 0.5 * a.data[i * n + j] + 0.5 * a.data[j * n + i];
            }
        }
        return part;
    }

    private static void copyColumn(DMatrixRMaj vector, DMatrixRMaj vectors, int column) {
        int n = vectors.numRows;
        int largest = 0;
        for (int i = 1; i < n; i++) {
            if (Math.abs(vector.data[i]) > Math.abs(vector.data[largest])) {
                largest = i;
            }
        }
        double sign = vector.data[largest] < 0 ? -1 : 1;
        for (int i = 0; i < n; i++) {
            vectors.data[i * n + column] = sign * vector.data[i];
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
