package dev.lowland.autodiff.graph;

import dev.lowland.core.check.Checks;

/**
 * The shape of a value: a stack of {@code groups} row-major matrices of {@code rows × columns}. With one group it is an
 * ordinary matrix; a stack is seen by EJML as a matrix of (groups·rows) × columns. An axis may be empty.
 *
 * @param groups number of matrices, outermost in memory
 * @param rows rows of each matrix
 * @param columns columns of each matrix, innermost in memory
 */
public record Shape(int groups, int rows, int columns) {

    /**
     * Checks the three lengths.
     *
     * @throws IllegalArgumentException if one is negative or the number of entries exceeds an {@code int}
     */
    public Shape {
        if (groups < 0 || rows < 0 || columns < 0) {
            throw Checks.error(
                    "shape", "the shape", groups + "×" + rows + "×" + columns, "of axes that are not negative");
        }
        long matrix = (long) rows * columns;
        if (matrix > Integer.MAX_VALUE || matrix * groups > Integer.MAX_VALUE) {
            throw Checks.error(
                    "shape",
                    "the shape",
                    groups + "×" + rows + "×" + columns,
                    "of at most " + Integer.MAX_VALUE + " entries");
        }
    }

    /**
     * The shape of one matrix.
     *
     * @param rows its rows
     * @param columns its columns
     * @return 1 × rows × columns
     */
    public static Shape of(int rows, int columns) {
        return new Shape(1, rows, columns);
    }

    /**
     * The shape of a stack of matrices.
     *
     * @param groups number of matrices
     * @param rows rows of each
     * @param columns columns of each
     * @return groups × rows × columns
     */
    public static Shape of(int groups, int rows, int columns) {
        return new Shape(groups, rows, columns);
    }

    /**
     * The shape of a single number.
     *
     * @return 1 × 1 × 1
     */
    public static Shape scalar() {
        return new Shape(1, 1, 1);
    }

    /**
     * Number of entries.
     *
     * @return groups · rows · columns
     */
    public int size() {
        return groups * rows * columns;
    }

    /**
     * Entries of one matrix of the stack.
     *
     * @return rows · columns
     */
    public int matrixSize() {
        return rows * columns;
    }

    /**
     * Whether this is a single number.
     *
     * @return true for 1 × 1 × 1
     */
    public boolean isScalar() {
        return groups == 1 && rows == 1 && columns == 1;
    }

    /**
     * Copies of this shape, stacked outermost on the group axis.
     *
     * @param count number of copies
     * @return (count·groups) × rows × columns
     * @throws IllegalArgumentException if the number of entries exceeds an {@code int}
     */
    public Shape stacked(int count) {
        long stacked = (long) count * groups;
        if (stacked > Integer.MAX_VALUE) {
            throw Checks.error(
                    "stack",
                    "the shape of " + count + " copies of " + this,
                    stacked + "×" + rows + "×" + columns,
                    "of at most " + Integer.MAX_VALUE + " entries");
        }
        return new Shape((int) stacked, rows, columns);
    }

    /**
     * The shape of the transposed matrices.
     *
     * @return groups × columns × rows
     */
    public Shape transposed() {
        return new Shape(groups, columns, rows);
    }

    @Override
    public String toString() {
        return groups == 1 ? rows + "×" + columns : groups + "×" + rows + "×" + columns;
    }
}
