package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import org.ejml.data.DMatrixRMaj;

/** Columns of a row-major matrix, laid out one after another. Stateless. */
public final class Columns {
    /** Rows taken at a time, so that their lines are still in the first-level cache when the next column wants them. */
    private static final int ROWS = 64;

    private Columns() {}

    /**
     * rows[j·n + i] = matrix[i, first + j] for i in [0, n), j in [0, count). O(n·count), no allocation.
     *
     * @param matrix n × m. Not modified.
     * @param first the first column to copy
     * @param count how many columns
     * @param rows where column {@code first} begins at 0, the next at n, and so on; at least count·n long, not the matrix's own array. Modified.
     * @throws IllegalArgumentException if a column is not there, or rows are too short
     */
    public static void copyAsRows(DMatrixRMaj matrix, int first, int count, double[] rows) {
        int size = matrix.numRows;
        int columns = matrix.numCols;
        Checks.atLeast("copyAsRows", "first", first, 0);
        Checks.atLeast("copyAsRows", "count", count, 0);
        Checks.atLeast("copyAsRows", "columns of matrix", columns, Math.addExact(first, count));
        Checks.atLeast("copyAsRows", "length of rows", rows.length, Math.multiplyExact(count, size));
        double[] data = matrix.data;
        for (int top = 0; top < size; top += ROWS) {
            int bottom = Math.min(size, top + ROWS);
            for (int j = 0; j < count; j++) {
                for (int i = top; i < bottom; i++) {
                    rows[j * size + i] = data[i * columns + first + j];
                }
            }
        }
    }
}
