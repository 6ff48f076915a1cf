package dev.lowland.optim.data;

import dev.lowland.core.check.Checks;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Optional;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Rows in an array, row-major: x = scale·e + shift of its elements e, as they are unless {@link #withScale} says
 * otherwise. The array is not copied, and must not be modified as long as the rows are in use.
 *
 * <p>Immutable, shared by threads; reading allocates nothing.
 */
public final class ArrayRows implements RowSource {

    private static final String OPERATION = "ArrayRows.of";

    private final int rows;
    private final int columns;
    private final ElementType type;
    private final double @Nullable [] doubles;
    private final Scaling scaling;
    private final Function<Scaling, Elements> make;
    private final Elements elements;

    private ArrayRows(
            int rows,
            int columns,
            ElementType type,
            double @Nullable [] doubles,
            Scaling scaling,
            Function<Scaling, Elements> make) {
        this.rows = rows;
        this.columns = columns;
        this.type = type;
        this.doubles = doubles;
        this.scaling = scaling;
        this.make = make;
        this.elements = make.apply(scaling);
    }

    /**
     * The rows of a matrix.
     *
     * @param matrix n × d, n ≥ 1 and d ≥ 1. Not modified, not copied.
     * @return its rows
     * @throws IllegalArgumentException if it is empty
     */
    public static ArrayRows of(DMatrixRMaj matrix) {
        Checks.notNull(OPERATION, "matrix", matrix);
        Checks.atLeast(OPERATION, "rows of matrix", matrix.numRows, 1);
        Checks.atLeast(OPERATION, "columns of matrix", matrix.numCols, 1);
        return ofDoubles(matrix.data, matrix.numRows, matrix.numCols);
    }

    /**
     * Rows of doubles.
     *
     * @param values n·d numbers, row-major. Not modified, not copied.
     * @param columns d ≥ 1
     * @return n rows
     * @throws IllegalArgumentException if the numbers are no whole number of rows, at least one
     */
    public static ArrayRows of(double[] values, int columns) {
        Checks.notNull(OPERATION, "values", values);
        return ofDoubles(values, rows(values.length, columns), columns);
    }

    private static ArrayRows ofDoubles(double[] values, int rows, int columns) {
        DoubleBuffer buffer = DoubleBuffer.wrap(values);
        return new ArrayRows(
                rows, columns, ElementType.DOUBLE, values, Scaling.NONE, s -> Elements.ofDoubles(buffer, s));
    }

    /**
     * Rows of floats.
     *
     * @param values n·d numbers, row-major. Not modified, not copied.
     * @param columns d ≥ 1
     * @return n rows
     * @throws IllegalArgumentException if the numbers are no whole number of rows, at least one
     */
    public static ArrayRows of(float[] values, int columns) {
        FloatBuffer buffer = FloatBuffer.wrap(Checks.notNull(OPERATION, "values", values));
        return of(values.length, columns, ElementType.FLOAT, s -> Elements.ofFloats(buffer, s));
    }

    /**
     * Rows of whole numbers.
     *
     * @param values n·d numbers, row-major. Not modified, not copied.
     * @param columns d ≥ 1
     * @return n rows
     * @throws IllegalArgumentException if the numbers are no whole number of rows, at least one
     */
    public static ArrayRows of(int[] values, int columns) {
        IntBuffer buffer = IntBuffer.wrap(Checks.notNull(OPERATION, "values", values));
        return of(values.length, columns, ElementType.INT, s -> Elements.ofInts(buffer, s));
    }

    /**
     * Rows of bytes from −128 to 127.
     *
     * @param values n·d numbers, row-major. Not modified, not copied.
     * @param columns d ≥ 1
     * @return n rows
     * @throws IllegalArgumentException if the numbers are no whole number of rows, at least one
     */
    public static ArrayRows ofSignedBytes(byte[] values, int columns) {
        ByteBuffer buffer = ByteBuffer.wrap(Checks.notNull(OPERATION, "values", values));
        return of(values.length, columns, ElementType.SIGNED_BYTE, s -> new ByteElements(buffer, true, s));
    }

    /**
     * Rows of bytes from 0 to 255, as in images.
     *
     * @param values n·d numbers, row-major. Not modified, not copied.
     * @param columns d ≥ 1
     * @return n rows
     * @throws IllegalArgumentException if the numbers are no whole number of rows, at least one
     */
    public static ArrayRows ofUnsignedBytes(byte[] values, int columns) {
        ByteBuffer buffer = ByteBuffer.wrap(Checks.notNull(OPERATION, "values", values));
        return of(values.length, columns, ElementType.UNSIGNED_BYTE, s -> new ByteElements(buffer, false, s));
    }

    private static ArrayRows of(int length, int columns, ElementType type, Function<Scaling, Elements> make) {
        return new ArrayRows(rows(length, columns), columns, type, null, Scaling.NONE, make);
    }

    private static int rows(int length, int columns) {
        Checks.atLeast(OPERATION, "columns", columns, 1);
        if (length == 0 || length % columns != 0) {
            throw Checks.error(OPERATION, "values", "of length " + length, "a positive multiple of " + columns);
        }
        return length / columns;
    }

    /**
     * The same elements with other numbers: x = scale·e + shift.
     *
     * @param scale finite, not 0
     * @param shift finite
     * @return other rows over the same array
     * @throws IllegalArgumentException if an argument is out of range
     */
    public ArrayRows withScale(double scale, double shift) {
        return new ArrayRows(rows, columns, type, doubles, Scaling.of(scale, shift), make);
    }

    /**
     * The array itself, where its elements are the numbers.
     *
     * @return the array of doubles, to be read only; empty for other elements, or with a scale
     */
    public Optional<double[]> array() {
        return scaling.isNone() ? Optional.ofNullable(doubles) : Optional.empty();
    }

    @Override
    public int rowCount() {
        return rows;
    }

    @Override
    public int columnCount() {
        return columns;
    }

    @Override
    public void read(int first, int count, double[] out, int offset) {
        RowRange.check("read", this, first, count, out, offset);
        elements.read(first * columns, count * columns, out, offset, 1);
    }

    @Override
    public void readRow(int row, double[] out, int offset, int stride) {
        RowRange.checkRow("readRow", this, row, out, offset, stride);
        elements.read(row * columns, columns, out, offset, stride);
    }

    @Override
    public boolean isFinite() {
        return type.isFinite(scaling);
    }

    @Override
    public String toString() {
        return rows + "×" + columns + " numbers of type " + type;
    }
}
