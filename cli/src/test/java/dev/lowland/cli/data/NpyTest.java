package dev.lowland.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What numpy wrote is read as the numbers that numpy says it has. */
class NpyTest {
    @TempDir
    Path folder;

    private static Path arrays() {
        try {
            return Path.of(NpyTest.class.getResource("/numpy/arrays.npz").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> names() throws IOException {
        try (ZipFile zip = new ZipFile(arrays().toFile())) {
            List<String> names = zip.stream()
                    .map(e -> e.getName().replace(".npy", ""))
                    .filter(n -> !n.endsWith("-expected"))
                    .toList();
            assertEquals(29, names.size());
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsWhatNumpyWrites(String name) throws IOException {
        NpyArray found = Npy.read(arrays(), name);
        NpyArray expected = Npy.read(arrays(), name + "-expected");
        assertArrayEquals(expected.shape(), found.shape());
        assertArrayEquals(expected.values(), found.values());
        assertEquals(IntStream.of(found.shape()).asLongStream().reduce(1, (a, b) -> a * b), found.values().length);
    }

    /** Not against itself alone: some of the numbers as they are in the script. */
    @Test
    void theNumbersAreThoseOfTheScript() throws IOException {
        assertArrayEquals(
                new double[] {1.5, -2.25, 0, 100, -0.0, 3, 7.5, 0x1p-14, 65504, 0x1p-24, 1, -8},
                Npy.read(arrays(), "big-f2").values());
        assertArrayEquals(new double[] {3.25}, Npy.read(arrays(), "scalar").values());
        double[] rising = IntStream.range(0, 24).asDoubleStream().toArray();
        assertArrayEquals(rising, Npy.read(arrays(), "fortran-three").values());
        assertArrayEquals(
                new double[] {0, 250, 500, 31750, 1250, 1500},
                Npy.read(arrays(), "big-u8").values());
        assertArrayEquals(
                new double[] {0, 0, 1, 1, 1, 1}, Npy.read(arrays(), "bool").values());
    }

    @Test
    void writesWhatItReads() throws IOException {
        double[] values =
                IntStream.range(0, 1000).mapToDouble(i -> Math.sin(i) / 3).toArray();
        Path file = Files.write(folder.resolve("theta.npy"), Npy.bytes(values));
        NpyArray read = Npy.read(file);
        assertArrayEquals(new int[] {1000}, read.shape());
        assertArrayEquals(values, read.values());
        byte[] bytes = Npy.bytes(1.0);
        assertEquals(128 + 8, bytes.length, "numbers begin at a multiple of 64");
        assertEquals('\n', bytes[127]);
        assertEquals(
                1.0,
                ByteBuffer.wrap(bytes, 128, 8).order(ByteOrder.LITTLE_ENDIAN).getDouble());
    }

    @Test
    void readsHeadersOfOtherWriters() throws IOException {
        for (String header : List.of(
                "{\"shape\":(2L,),\"fortran_order\":False,\"descr\":\"<f8\"}",
                "{'descr':'=f8','fortran_order':True,'shape':( 2 ,)}\n",
                "  {'descr': '<f8',\n'fortran_order': False, 'shape': (2, ), }   \n")) {
            assertArrayEquals(new double[] {1, 2}, Npy.read(file(header, 1, 2)).values());
        }
    }

    private Path file(String header, double... values) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(10 + header.length() + 8 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.ISO_8859_1));
        for (double value : values) {
            out.putDouble(value);
        }
        return Files.write(folder.resolve("a.npy"), out.array());
    }

    @Test
    void everyHalfIsItsValue() {
        assertEquals(0x1.ffcp15, NpyType.half((short) 0x7bff));
        assertEquals(0x1p-14, NpyType.half((short) 0x0400));
        assertEquals(0x0.ffcp-14, NpyType.half((short) 0x03ff));
        assertEquals(-1.0, NpyType.half((short) 0xbc00));
        assertEquals(Double.NEGATIVE_INFINITY, NpyType.half((short) 0xfc00));
        assertTrue(Double.isNaN(NpyType.half((short) 0x7e00)));
        double last = -1;
        for (int bits = 0; bits < 0x7c00; bits++) {
            double value = NpyType.half((short) bits);
            assertTrue(value > last && value == (float) value);
            last = value;
        }
    }

    @Test
    void placesAreByIndices() throws IOException {
        NpyArray array = new NpyArray("f", "x", new int[] {2, 3, 4}, new double[24]);
        assertEquals("x: entry [1, 0, 2]", array.place(14));
        array.values()[14] = Double.NaN;
        FileFault fault = assertThrows(FileFault.class, array::finite);
        assertEquals("f: x: entry [1, 0, 2] is NaN, must be finite", fault.getMessage());
    }
}
