package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A = unit·U·diag(σ)·Vᵀ with orthonormal U and V, for the singular values above a threshold, which is where the rank of
 * A is decided. The threshold is one of singular values, not of their squares as in AᵀA: a direction of 10⁻⁹ of the
 * largest singular value is 10⁻¹⁸ in AᵀA, and lost in rounding there.
 *
 * <h2>Method</h2>
 *
 * <p>The eigenvalues of BBᵀ, B the shorter side's rows of A, are right down to some {@value #SPAN} of the largest. What
 * lies above that is taken; the rest of B, which is orthogonal to it, is of the size of what is left, so its own BBᵀ
 * has the next ones, and so on. Singular values come out as accurate as from A itself, about 10⁻¹⁶ of the largest;
 * where the columns of a wide A differ in scale, each to about its own 10⁻¹².
 *
 * <p>Cost for an m × q matrix, m ≤ q: products of 2m²q and an eigen decomposition of m³ for the first 2 decades, less
 * for each further two; at most a handful. Memory: 3mq. An interrupt of the thread ends it. Immutable.
 */
public final class RangeDecomposition {
    /** What rounding leaves of a singular value of 0 stays below this part of the largest. */
    public static final double ROUNDING = 1e-12;

    private static final String OPERATION = "range decomposition";

    /** Eigenvalues above this part of the largest are accurate. */
    private static final double SPAN = 1e-4;

    private final double unit;
    private final double[] values;
    private final DMatrixRMaj left;
    private final DMatrixRMaj right;
    private final double cut;

    private RangeDecomposition(double unit, double[] values, DMatrixRMaj left, DMatrixRMaj right, double cut) {
        this.unit = unit;
        this.values = values;
        this.left = left;
        this.right = right;
        this.cut = cut;
    }

    /**
     * Decomposes a matrix.
     *
     * @param a A, m × q, not empty, finite. Not modified.
     * @param threshold relative to the largest singular value; those up to it count as 0. In [0, 1)
     * @param above singular values up to this count as 0 as well, at least 0
     * @return the decomposition
     * @throws IllegalArgumentException if an argument breaks these rules
     * @throws IllegalStateException if the thread is interrupted, which is left set
     */
    public static RangeDecomposition of(DMatrixRMaj a, double threshold, double above) {
        Checks.notNull(OPERATION, "a", a);
        Checks.atLeast(OPERATION, "rows of a", a.numRows, 1);
        Checks.atLeast(OPERATION, "columns of a", a.numCols, 1);
        Checks.finite(OPERATION, "a", a);
        Checks.inHalfOpenRange(OPERATION, "threshold", threshold, 0, 1);
        if (!(above >= 0)) {
            throw Checks.error(OPERATION, "above", Double.toString(above), "at least 0");
        }
        double unit = Norms.unit(a);
        if (unit == 0) {
            return new RangeDecomposition(
                    1, new double[0], new DMatrixRMaj(a.numRows, 0), new DMatrixRMaj(a.numCols, 0), 0);
        }
        boolean wide = a.numRows <= a.numCols;
        Search search = new Search(shortRows(a, wide, unit));
        search.run(threshold, above / unit);
        DMatrixRMaj shorter = search.columns(search.shorter, Math.min(a.numRows, a.numCols));
        DMatrixRMaj longer = search.columns(search.longer, Math.max(a.numRows, a.numCols));
        double[] values = new double[search.values.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = search.values.get(k);
        }
        return wide
                ? new RangeDecomposition(unit, values, shorter, longer, search.cut)
                : new RangeDecomposition(unit, values, longer, shorter, search.cut);
    }

    /** A or its transpose, whichever has fewer rows, over the unit. */
    private static DMatrixRMaj shortRows(DMatrixRMaj a, boolean wide, double unit) {
        DMatrixRMaj rows = wide ? new DMatrixRMaj(a.numRows, a.numCols) : new DMatrixRMaj(a.numCols, a.numRows);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++) {
                rows.data[wide ? i * a.numCols + j : j * a.numRows + i] = a.data[i * a.numCols + j] / unit;
            }
        }
        return rows;
    }

    /** What is found so far, and what is left: rows that are combinations of those of A. */
    private static final class Search {
        final List<Double> values = new ArrayList<>();
        final List<double[]> shorter = new ArrayList<>();
        final List<double[]> longer = new ArrayList<>();
        private final int length;
        private DMatrixRMaj rest;
        /** Row i says which combination row i of the rest is. */
        private DMatrixRMaj mix;

        /** The largest singular value that counts as 0, relative to the largest. */
        double cut;

        Search(DMatrixRMaj rows) {
            this.rest = rows;
            this.length = rows.numCols;
            this.mix = new DMatrixRMaj(rows.numRows, rows.numRows);
            for (int i = 0; i < rows.numRows; i++) {
                mix.data[i * rows.numRows + i] = 1;
            }
        }

        void run(double threshold, double above) {
            double limit = above;
            while (rest.numRows > 0) {
                int n = rest.numRows;
                DMatrixRMaj products = new DMatrixRMaj(n, n);
                LongProduct.multiply(OPERATION, MatrixForm.NT, rest, rest, products);
                SymmetricEigen eigen = SymmetricEigen.of(products);
                int taken = 0;
                while (taken < n && eigen.values()[n - 1 - taken] > SPAN * eigen.values()[n - 1]) {
                    double value = take(eigen, taken);
                    limit = Math.max(limit, threshold * values.get(0));
                    if (!(value > limit)) {
                        dropLast();
                        cut = value / Math.max(value, values.isEmpty() ? value : values.get(0));
                        return;
                    }
                    taken++;
                }
                if (taken == 0) {
                    return;
                }
                goOn(eigen, taken);
            }
        }

        /** The next largest, and its length of Bᵀx, which is more accurate than the root of its eigenvalue. */
        private double take(SymmetricEigen eigen, int taken) {
            Checks.notInterrupted(OPERATION);
            int n = rest.numRows;
            double[] row = new double[length];
            double[] from = new double[mix.numCols];
            for (int i = 0; i < n; i++) {
                double x = eigen.vectors().data[i * n + n - 1 - taken];
                Kernels.active().axpy(length, x, rest.data, i * length, row, 0);
                Kernels.active().axpy(mix.numCols, x, mix.data, i * mix.numCols, from, 0);
            }
            double value = Norms.two(row);
            for (int j = 0; j < length; j++) {
                row[j] = value > 0 ? row[j] / value : 0;
            }
            values.add(value);
            shorter.add(from);
            longer.add(row);
            return value;
        }

        private void dropLast() {
            values.remove(values.size() - 1);
            shorter.remove(shorter.size() - 1);
            longer.remove(longer.size() - 1);
        }

        /** Leaves the combinations that were not taken, without what rounding has left of those that were. */
        private void goOn(SymmetricEigen eigen, int taken) {
            int n = rest.numRows;
            int left = n - taken;
            DMatrixRMaj chosen = new DMatrixRMaj(n, left);
            for (int i = 0; i < n; i++) {
                System.arraycopy(eigen.vectors().data, i * n, chosen.data, i * left, left);
            }
            DMatrixRMaj next = new DMatrixRMaj(left, length);
            DMatrixRMaj nextMix = new DMatrixRMaj(left, mix.numCols);
            if (left > 0) {
                LongProduct.multiply(OPERATION, MatrixForm.TN, chosen, rest, next);
                LongProduct.multiply(OPERATION, MatrixForm.TN, chosen, mix, nextMix);
                for (double[] found : longer) {
                    Checks.notInterrupted(OPERATION);
                    for (int i = 0; i < left; i++) {
                        double part = Kernels.active().dot(length, next.data, i * length, found, 0);
                        Kernels.active().axpy(length, -part, found, 0, next.data, i * length);
                    }
                }
            }
            rest = next;
            mix = nextMix;
        }

        DMatrixRMaj columns(List<double[]> rows, int size) {
            DMatrixRMaj columns = new DMatrixRMaj(size, rows.size());
            for (int a = 0; a < rows.size(); a++) {
                for (int i = 0; i < size; i++) {
                    columns.data[i * rows.size() + a] = rows.get(a)[i];
                }
            }
            return columns;
        }
    }

    /**
     * The rank of A.
     *
     * @return r, the number of singular values that do not count as 0
     */
    public int rank() {
        return values.length;
    }

    /**
     * What the singular values are measured in, so that none is too large or too small a number.
     *
     * @return a power of two
     */
    public double unit() {
        return unit;
    }

    /**
     * The singular values over the unit, descending.
     *
     * @return σ, r numbers; a copy
     */
    public double[] values() {
        return Arrays.copyOf(values, values.length);
    }

    /**
     * The vectors on the side of the rows.
     *
     * @return U, m × r, orthonormal; not a copy
     */
    public DMatrixRMaj left() {
        return left;
    }

    /**
     * The vectors on the side of the columns.
     *
     * @return V, q × r, orthonormal; not a copy
     */
    public DMatrixRMaj right() {
        return right;
    }

    /**
     * What was cut.
     *
     * @return the largest singular value that counts as 0, over the largest of all; 0 if there is none but zeros
     */
    public double cut() {
        return cut;
    }
}
