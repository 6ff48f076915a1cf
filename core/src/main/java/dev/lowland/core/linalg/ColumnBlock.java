package dev.lowland.core.linalg;

import dev.lowland.core.check.Checks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Some neighbouring columns of a row-major matrix as a matrix of their own. Keeps memory for one block; for one thread.
 */
public final class ColumnBlock {

    private double[] copy = {};

    /** Creates it; memory is taken when a block is first copied, and kept. */
    public ColumnBlock() {}

    /**
     * The columns first, …, first + width − 1 of an n × m matrix, row by row. Columns that lie behind the last are
     * zeros. O(n·width), and nothing is copied if these are all columns of the matrix.
     *
     * @param matrix n × m. Not modified.
     * @param first the first column, in [0, m]
     * @param width how many columns, ≥ 1
     * @return n × width numbers at its beginning: the matrix's own array, or memory of this object that the next call
     *     overwrites. To be read only.
     * @throws IllegalArgumentException if first or width is outside its range
     */
    public double[] of(DMatrixRMaj matrix, int first, int width) {
        Checks.notNull("columnBlock", "matrix", matrix);
        int columns = matrix.numCols;
        Checks.atLeast("columnBlock", "first", first, 0);
        Checks.atLeast("columnBlock", "columns of matrix", columns, first);
        Checks.atLeast("columnBlock", "width", width, 1);
        if (first == 0 && width == columns) {
            return matrix.data;
        }
        int size = matrix.numRows;
        Checks.atMost("columnBlock", "numbers of the block", (long) size * width, Integer.MAX_VALUE - 8L);
        Checks.room("columnBlock", "width", width, (double) size * width);
        int length = size * width;
        if (copy.length < length) {
            copy = new double[length];
        }
        int count = Math.min(width, columns - first);
        for (int i = 0; i < size; i++) {
            System.arraycopy(matrix.data, i * columns + first, copy, i * width, count);
            Arrays.fill(copy, i * width + count, (i + 1) * width, 0);
        }
        return copy;
    }
}
