package dev.lowland.optim.data;

import dev.lowland.core.check.Checks;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * Rows in a file that is mapped to memory: the operating system reads what is asked for and keeps what fits. Made by
 * {@link RowFile#open}.
 *
 * <p>The file must be left alone as long as it is read. Its size and the time of its last change are looked at with
 * every row whose number is a multiple of {@value #LOOK_ROWS}, and by {@link #requireUnchanged}; reading allocates
 * nothing. Immutable, shared by threads. The file stays mapped until this object is no longer in use: there is nothing
 * to close.
 */
public final class MappedRows implements RowSource {

    /** Bytes of one mapping; larger files have several. */
    static final int MAP_BYTES = 1 << 30;

    private static final int LOOK_ROWS = 4096;

    private static final String RULE = "left alone as long as it is read";

    private final RowFile layout;
    private final int rows;
    private final int columns;
    private final int rowsOfMap;
    private final Elements[] maps;
    private final File file;
    private final long bytes;
    private final long modified;

    private MappedRows(RowFile layout, int rows, int rowsOfMap, Elements[] maps, long bytes, long modified) {
        this.layout = layout;
        this.rows = rows;
        this.columns = layout.columns();
        this.rowsOfMap = rowsOfMap;
        this.maps = maps;
        this.file = layout.path().toFile();
        this.bytes = bytes;
        this.modified = modified;
    }

    static MappedRows open(RowFile layout) throws IOException {
        return open(layout, MAP_BYTES);
    }

    /** With mappings of at most so many bytes, and at least a row. */
    static MappedRows open(RowFile layout, int mapBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(layout.path(), StandardOpenOption.READ)) {
            long modified = layout.path().toFile().lastModified();
            long bytes = channel.size();
            int rows = layout.rowsIn(bytes);
            int rowsOfMap = (int) Math.max(1, Math.min(rows, mapBytes / layout.rowBytes()));
            Elements[] maps = new Elements[(int) (((long) rows + rowsOfMap - 1) / rowsOfMap)];
            for (int m = 0; m < maps.length; m++) {
                long first = (long) m * rowsOfMap;
                long count = Math.min(rowsOfMap, rows - first);
                long from = layout.offset() + first * layout.rowBytes();
                ByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, from, count * layout.rowBytes());
                maps[m] = Elements.of(layout.type(), map.order(layout.order()), layout.scaling());
            }
            return new MappedRows(layout, rows, rowsOfMap, maps, bytes, modified);
        }
    }

    @Override
    public int rowCount() {
        return rows;
    }

    @Override
    public int columnCount() {
        return columns;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the file has been changed, cut short or taken away since it was opened
     */
    @Override
    public void read(int first, int count, double[] out, int offset) {
        RowRange.check("read", this, first, count, out, offset);
        if (count > 0 && (first % LOOK_ROWS == 0 || first / LOOK_ROWS != (first + count - 1) / LOOK_ROWS)) {
            requireSame();
        }
        int row = first;
        int to = offset;
        while (row < first + count) {
            int inMap = row % rowsOfMap;
            int together = Math.min(first + count - row, rowsOfMap - inMap);
            read(row / rowsOfMap, inMap, together, out, to, 1);
            row += together;
            to += together * columns;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the file has been changed, cut short or taken away since it was opened
     */
    @Override
    public void readRow(int row, double[] out, int offset, int stride) {
        RowRange.checkRow("readRow", this, row, out, offset, stride);
        if (row % LOOK_ROWS == 0) {
            requireSame();
        }
        read(row / rowsOfMap, row % rowsOfMap, 1, out, offset, stride);
    }

    private void read(int map, int row, int count, double[] out, int offset, int stride) {
        try {
            maps[map].read(row * columns, count * columns, out, offset, stride);
        } catch (InternalError e) {
            // how the JVM says that a mapped page is not there any more
            throw new UncheckedIOException(cutShort(e));
        }
    }

    private IOException cutShort(InternalError cause) {
        IOException e = Checks.file("read", layout.path().toString(), "cut short", RULE);
        e.initCause(cause);
        return e;
    }

    private void requireSame() {
        try {
            requireUnchanged();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Looks whether the file is still what was opened, by its size and the time of its last change.
     *
     * @throws IOException if it is not
     */
    public void requireUnchanged() throws IOException {
        if (file.lastModified() != modified || file.length() != bytes) {
            throw Checks.file("read", layout.path().toString(), "changed since it was opened", RULE);
        }
    }

    @Override
    public boolean isFinite() {
        return layout.type().isFinite(layout.scaling());
    }

    @Override
    public String toString() {
        return rows + " rows of " + layout;
    }
}
