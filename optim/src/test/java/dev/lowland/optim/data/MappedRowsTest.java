package dev.lowland.optim.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedRowsTest {

    private static final double[] NUMBERS = {1, 2, 127, 0, 5, 77};

    @TempDir
    private Path folder;

    /** Behind a header of odd length, in both byte orders, with every cut into mappings. */
    @Test
    void everyTypeAndOrderGivesTheNumbersThatWereWritten() throws IOException {
        for (ElementType type : ElementType.values()) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                RowFile file =
                        RowFile.of(write(type, order, 3), type, 2).withOffset(3).withByteOrder(order);
                for (int mapBytes : new int[] {1, 2 * type.bytes(), 5 * type.bytes(), 1 << 20}) {
                    MappedRows rows = MappedRows.open(file, mapBytes);
                    assertEquals(3, rows.rowCount());
                    assertEquals(2, rows.columnCount());
                    assertArrayEquals(NUMBERS, ArrayRowsTest.all(rows), () -> rows + " by " + mapBytes);
                    double[] out = new double[4];
                    rows.readRow(2, out, 1, 2);
                    assertArrayEquals(new double[] {0, 5, 0, 77}, out);
                    rows.read(1, 1, out, 2);
                    assertArrayEquals(new double[] {0, 5, 127, 0}, out);
                }
            }
        }
    }

    @Test
    void bytesHaveASignOrNot() throws IOException {
        Path path = Files.write(folder.resolve("bytes"), new byte[] {-1, 3});
        assertArrayEquals(
                new double[] {-1, 3},
                ArrayRowsTest.all(RowFile.of(path, ElementType.SIGNED_BYTE, 1).open()));
        RowFile unsigned = RowFile.of(path, ElementType.UNSIGNED_BYTE, 1);
        assertArrayEquals(new double[] {255, 3}, ArrayRowsTest.all(unsigned.open()));
        assertArrayEquals(
                new double[] {0.5 * 255 - 1, 0.5},
                ArrayRowsTest.all(unsigned.withScale(0.5, -1).open()));
        assertTrue(unsigned.open().isFinite());
        assertFalse(RowFile.of(path, ElementType.FLOAT, 1)
                .withOffset(0)
                .withByteOrder(ByteOrder.BIG_ENDIAN)
                .toString()
                .isEmpty());
    }

    /** Beyond what one mapping can have; the file has holes and takes no room. */
    @Test
    void filesBeyondTwoGigabytesHaveSeveralMappings() throws IOException {
        Path path = folder.resolve("large");
        long bytes = (5L << 29) + 1000;
        int width = 1000;
        int rows = (int) (bytes / width);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength((long) rows * width);
            file.seek((rows - 1L) * width);
            file.write(42);
            file.seek((1L << 31) / width * width + 7);
            file.write(43);
        }
        MappedRows mapped = RowFile.of(path, ElementType.SIGNED_BYTE, width).open();
        assertEquals(rows, mapped.rowCount());
        double[] out = new double[2 * width];
        mapped.read(rows - 2, 2, out, 0);
        assertEquals(42, out[width]);
        mapped.readRow((int) ((1L << 31) / width), out, 0, 1);
        assertEquals(43, out[7]);
    }

    @Test
    void refusesAFileOfAnotherSize() throws IOException {
        Path path = Files.write(folder.resolve("short"), new byte[10]);
        RowFile file = RowFile.of(path, ElementType.INT, 2);
        refused(
                "open: " + path
                        + " of 10 bytes is 2 bytes longer than whole rows, must be a multiple of 8 bytes from byte"
                        + " 0 on, or have its number of rows given by withRows",
                file);
        assertEquals(1, file.withOffset(2).open().rowCount());
        assertEquals(1, file.withRows(1).open().rowCount());
        refused(
                "open: " + path
                        + " of 10 bytes is too short, must be at least 18 bytes: 2 rows of 8 bytes from byte 2 on",
                file.withRows(2).withOffset(2));
        refused(
                "open: " + path
                        + " of 10 bytes is too short, must be at least 11 bytes: 1 rows of 8 bytes from byte 3 on",
                file.withOffset(3));
        assertThrows(
                NoSuchFileException.class,
                () -> RowFile.of(folder.resolve("none"), ElementType.INT, 2).open());
    }

    /** Rewritten in place, cut short, or replaced by another. */
    @Test
    void refusesAFileThatChangedSinceItWasOpened() throws IOException {
        Path path = Files.write(folder.resolve("changing"), new byte[8]);
        MappedRows rows = RowFile.of(path, ElementType.INT, 2).open();
        rows.requireUnchanged();
        Files.setLastModifiedTime(path, FileTime.fromMillis(123_456_000));
        String text = "read: " + path + " is changed since it was opened, must be left alone as long as it is read";
        assertEquals(
                text, assertThrows(IOException.class, rows::requireUnchanged).getMessage());
        assertEquals(text, readFault(() -> rows.read(0, 1, new double[2], 0)));
        assertEquals(text, readFault(() -> rows.readRow(0, new double[3], 0, 2)));
    }

    /** The pages behind the new end are not there any more, which would end the JVM in other languages. */
    @Test
    void refusesAFileThatIsCutShortWhileItIsRead() throws IOException {
        int width = 1 << 16;
        Path path = Files.write(folder.resolve("cut"), new byte[4 * width]);
        MappedRows rows = RowFile.of(path, ElementType.SIGNED_BYTE, width).open();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(width);
        }
        String text = readFault(() -> rows.read(3, 1, new double[width], 0));
        assertEquals("read: " + path + " is cut short, must be left alone as long as it is read", text);
    }

    /** Every so many rows, wherever a chunk begins. */
    @Test
    void looksAtTheFileInEveryPass() throws IOException {
        Path path = Files.write(folder.resolve("pass"), new byte[10_000]);
        MappedRows rows = RowFile.of(path, ElementType.SIGNED_BYTE, 1).open();
        Files.setLastModifiedTime(path, FileTime.fromMillis(123_456_000));
        double[] out = new double[10_000];
        rows.read(1, 4095, out, 0);
        rows.read(4097, 4095, out, 0);
        assertThrows(UncheckedIOException.class, () -> rows.read(1, 4096, out, 0));
        assertThrows(UncheckedIOException.class, () -> rows.read(4096, 1, out, 0));
        assertThrows(UncheckedIOException.class, () -> rows.read(8191, 2, out, 0));
    }

    @Test
    void refusesSettingsOutOfRange() {
        RowFile file = RowFile.of(folder.resolve("any"), ElementType.DOUBLE, 3);
        String message = assertThrows(IllegalArgumentException.class, () -> file.withOffset(-1))
                .getMessage();
        assertEquals("withOffset: bytes is -1, must be at least 0", message);
        assertThrows(IllegalArgumentException.class, () -> file.withRows(0));
        assertThrows(IllegalArgumentException.class, () -> file.withScale(0, 0));
        assertThrows(IllegalArgumentException.class, () -> RowFile.of(folder, ElementType.INT, 0));
        message = assertThrows(IllegalArgumentException.class, () -> RowFile.of(folder, ElementType.DOUBLE, 1 << 28))
                .getMessage();
        assertEquals("RowFile.of: bytes of a row is 2147483648, must be at most 1073741824", message);
    }

    private static String readFault(Runnable action) {
        return assertThrows(UncheckedIOException.class, action::run).getCause().getMessage();
    }

    private static void refused(String text, RowFile file) {
        assertEquals(text, assertThrows(IOException.class, file::open).getMessage());
    }

    private Path write(ElementType type, ByteOrder order, int header) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(header + NUMBERS.length * type.bytes()).order(order);
        bytes.position(header);
        for (double x : NUMBERS) {
            switch (type) {
                case SIGNED_BYTE, UNSIGNED_BYTE -> bytes.put((byte) x);
                case INT -> bytes.putInt((int) x);
                case FLOAT -> bytes.putFloat((float) x);
                case DOUBLE -> bytes.putDouble(x);
            }
        }
        return Files.write(folder.resolve(type + "-" + order), bytes.array());
    }
}
