package dev.lowland.optim.data;

import dev.lowland.core.check.Checks;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where rows are in a file, and how they are to be read: elements of one type, row-major, without gaps. Immutable;
 * {@link #open} maps them to memory.
 *
 * <pre>{@code
 * // MNIST's own files: 16 and 8 bytes of header, then bytes
 * RowSource images = RowFile.of(path, ElementType.UNSIGNED_BYTE, 784).withOffset(16).withScale(1 / 255.0, 0).open();
 * RowSource labels = RowFile.of(other, ElementType.UNSIGNED_BYTE, 1).withOffset(8).open();
 * Data data = Data.of(images, ClassRows.read(labels, 10));
 * }</pre>
 */
public final class RowFile {

    private final Path path;
    private final ElementType type;
    private final int columns;
    private final long offset;
    private final OptionalInt rows;
    private final ByteOrder order;
    private final Scaling scaling;

    private RowFile(
            Path path, ElementType type, int columns, long offset, OptionalInt rows, ByteOrder order, Scaling scaling) {
        this.path = path;
        this.type = type;
        this.columns = columns;
        this.offset = offset;
        this.rows = rows;
        this.order = order;
        this.scaling = scaling;
    }

    /**
     * Rows from the beginning of a file to its end, little-endian, unscaled.
     *
     * @param path the file
     * @param type of its elements
     * @param columns d, at least 1
     * @return the rows, not yet opened
     * @throws IllegalArgumentException if columns are fewer, a row has more than 2³⁰ bytes, or the file is in an
     *     archive or another file system that cannot be mapped
     */
    public static RowFile of(Path path, ElementType type, int columns) {
        Checks.notNull("RowFile.of", "path", path);
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw Checks.error(
                    "RowFile.of", "path", path + " of " + path.getFileSystem(), "of the machine's own files");
        }
        Checks.notNull("RowFile.of", "type", type);
        Checks.atLeast("RowFile.of", "columns", columns, 1);
        Checks.atMost("RowFile.of", "bytes of a row", (long) columns * type.bytes(), MappedRows.MAP_BYTES);
        return new RowFile(path, type, columns, 0, OptionalInt.empty(), ByteOrder.LITTLE_ENDIAN, Scaling.NONE);
    }

    /**
     * Rows that begin later in the file, behind a header.
     *
     * @param bytes before the first row, at least 0
     * @return other rows
     * @throws IllegalArgumentException if it is negative
     */
    public RowFile withOffset(long bytes) {
        Checks.atLeast("withOffset", "bytes", bytes, 0);
        return new RowFile(path, type, columns, bytes, rows, order, scaling);
    }

    /**
     * So many rows, with anything behind them in the file. Without this the file has to end with a whole row, and all
     * of them are meant.
     *
     * @param count n, at least 1
     * @return other rows
     * @throws IllegalArgumentException if it is less
     */
    public RowFile withRows(int count) {
        Checks.atLeast("withRows", "count", count, 1);
        return new RowFile(path, type, columns, offset, OptionalInt.of(count), order, scaling);
    }

    /**
     * Elements of several bytes in another order; bytes have none.
     *
     * @param other the order
     * @return other rows
     */
    public RowFile withByteOrder(ByteOrder other) {
        Checks.notNull("withByteOrder", "other", other);
        return new RowFile(path, type, columns, offset, rows, other, scaling);
    }

    /**
     * The same elements with other numbers: x = scale·e + shift.
     *
     * @param scale finite, not 0
     * @param shift finite
     * @return other rows
     * @throws IllegalArgumentException if an argument is out of range
     */
    public RowFile withScale(double scale, double shift) {
        return new RowFile(path, type, columns, offset, rows, order, Scaling.of(scale, shift));
    }

    /**
     * Maps the rows to memory. They take none of the heap, and of the machine's what is read and fits.
     *
     * @return the rows
     * @throws IOException if the file cannot be read, is too short for the rows, or does not end with a whole row
     */
    public MappedRows open() throws IOException {
        return MappedRows.open(this);
    }

    Path path() {
        return path;
    }

    int columns() {
        return columns;
    }

    long offset() {
        return offset;
    }

    ByteOrder order() {
        return order;
    }

    ElementType type() {
        return type;
    }

    Scaling scaling() {
        return scaling;
    }

    long rowBytes() {
        return (long) columns * type.bytes();
    }

    /** How many rows there are in a file of this size. */
    int rowsIn(long fileBytes) throws IOException {
        String file = path + " of " + fileBytes + " bytes";
        long room = fileBytes - offset;
        if (room < rowBytes() * rows.orElse(1)) {
            throw Checks.file(
                    "open",
                    file,
                    "too short",
                    "at least " + (offset + rowBytes() * rows.orElse(1)) + " bytes: " + rows.orElse(1) + " rows of "
                            + rowBytes() + " bytes from byte " + offset + " on");
        }
        if (rows.isPresent()) {
            return rows.getAsInt();
        }
        if (room % rowBytes() != 0) {
            throw Checks.file(
                    "open",
                    file,
                    room % rowBytes() + " bytes longer than whole rows",
                    "a multiple of " + rowBytes() + " bytes from byte " + offset + " on, or have its number of rows"
                            + " given by withRows");
        }
        if (room / rowBytes() > Integer.MAX_VALUE) {
            throw Checks.file("open", file, room / rowBytes() + " rows", "at most " + Integer.MAX_VALUE);
        }
        return (int) (room / rowBytes());
    }

    @Override
    public String toString() {
        return path + " (" + type + ", rows of " + columns + ", from byte " + offset + " on)";
    }
}
