package dev.lowland.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads and writes arrays of numpy: {@code .npy}, one array a file, and {@code .npz}, a zip of them. Every number
 * becomes a double of the same value; a whole number that has none is refused. Objects, structures, texts, dates and
 * complex numbers are refused.
 *
 * <p>Reference: {@code numpy.lib.format}, versions 1.0, 2.0 and 3.0.
 */
public final class Npy {
    private static final int CHUNK = 1 << 16;
    private static final int ALIGNED = 64;

    private Npy() {}

    /**
     * The array of a file.
     *
     * @param file an npy file
     * @return the array
     * @throws FileFault if the file breaks a rule of the format
     * @throws IOException if it cannot be read
     */
    public static NpyArray read(Path file) throws IOException {
        try (DataBytes bytes = DataBytes.open(file, "an npy file")) {
            return read(bytes, file.toString(), "");
        }
    }

    /**
     * An array of an archive.
     *
     * @param file an npz file
     * @param name of the array
     * @return the array
     * @throws FileFault if the archive has no such array, or breaks a rule of the format
     * @throws IOException if it cannot be read
     */
    public static NpyArray read(Path file, String name) throws IOException {
        String rule = "an npz file";
        DataBytes.check(file, rule);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(name + ".npy");
            if (entry == null) {
                throw new FileFault(file.toString(), "the array '" + name + "'", "missing", oneOf(zip));
            }
            try (InputStream stream = zip.getInputStream(entry)) {
                long most = Math.min(
                        Math.max(0, entry.getSize()), DataBytes.unpacked(Math.max(0, entry.getCompressedSize())));
                return read(new DataBytes(file.toString(), name + ": ", stream, most, true), file.toString(), name);
            }
        } catch (ZipException e) {
            throw new FileFault(file.toString(), "the file", "no archive (" + e.getMessage() + ")", rule);
        }
    }

    private static String oneOf(ZipFile zip) {
        List<String> names = zip.stream()
                .map(ZipEntry::getName)
                .filter(n -> n.endsWith(".npy"))
                .map(n -> n.substring(0, n.length() - ".npy".length()))
                .toList();
        return names.isEmpty() ? "in an archive of arrays" : "one of " + String.join(", ", names);
    }

    private static NpyArray read(DataBytes bytes, String file, String name) throws IOException {
        NpyHeader header = NpyHeader.read(bytes);
        int count = header.count(bytes);
        double[] values = new double[count];
        int[] shape = new int[header.shape().length];
        for (int k = 0; k < shape.length; k++) {
            shape[k] = (int) Math.min(Integer.MAX_VALUE, header.shape()[k]);
        }
        NpyArray array = new NpyArray(file, name, shape, values);
        NpyType type = header.type();
        byte[] chunk = new byte[CHUNK];
        FortranOrder order = header.fortran() ? new FortranOrder(shape) : null;
        for (int from = 0; from < count; ) {
            int some = Math.min(count - from, CHUNK / type.bytes());
            bytes.read("the numbers", chunk, some * type.bytes());
            ByteBuffer buffer = ByteBuffer.wrap(chunk).order(type.order());
            for (int i = 0; i < some; i++) {
                int place = order == null ? from + i : order.next();
                values[place] = type.next(buffer);
                if (type.kind() != 'f' && Double.isNaN(values[place])) {
                    throw new FileFault(
                            file, array.place(place), "a whole number beyond 2^53", "one that a double holds exactly");
                }
            }
            from += some;
        }
        bytes.end();
        return array;
    }

    /** Where the numbers go that come with the first index fastest. */
    private static final class FortranOrder {
        private final int[] shape;
        private final int[] index;

        FortranOrder(int[] shape) {
            this.shape = shape;
            this.index = new int[shape.length];
        }

        int next() {
            int place = 0;
            for (int k = 0; k < shape.length; k++) {
                place = place * shape[k] + index[k];
            }
            for (int k = 0; k < shape.length; k++) {
                if (++index[k] < shape[k]) {
                    break;
                }
                index[k] = 0;
            }
            return place;
        }
    }

    /**
     * A vector as an npy file, {@code <f8}, version 1.0.
     *
     * @param values its numbers. Not modified.
     * @return the bytes of the file
     */
    public static byte[] bytes(double... values) {
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + values.length + ",), }";
        int start = 10;
        int padded = (start + dictionary.length() + 1 + ALIGNED - 1) / ALIGNED * ALIGNED;
        String header = dictionary + " ".repeat(padded - start - dictionary.length() - 1) + "\n";
        ByteBuffer out = ByteBuffer.allocate(padded + Double.BYTES * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII));
        for (double value : values) {
            out.putDouble(value);
        }
        return out.array();
    }
}
