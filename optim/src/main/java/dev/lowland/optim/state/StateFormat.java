package dev.lowland.optim.state;

import dev.lowland.core.check.Checks;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** The bytes of a state: see the package. A header that can be trusted, a body, and SHA-256 of both. */
final class StateFormat {

    static final int VERSION = 1;

    private static final String READ = "read a saved state";
    private static final byte[] MAGIC = "LOWLANDS".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 24;
    private static final int CHECKED = HEADER - Integer.BYTES;
    private static final int DIGEST = 32;
    private static final String ALTERED = "altered since it was written";
    private static final String SAME = "as it was written";

    private StateFormat() {}

    /** How many bytes a state takes. */
    static long bytes(SavedState state) {
        return HEADER + bodyBytes(state) + DIGEST;
    }

    private static long bodyBytes(SavedState state) {
        long bytes = textBytes(state.kind()) + 3L * Integer.BYTES;
        for (Map.Entry<String, String> entry : state.settings().values().entrySet()) {
            bytes += textBytes(entry.getKey()) + textBytes(entry.getValue());
        }
        for (String name : state.numbers().keySet()) {
            bytes += textBytes(name) + Long.BYTES;
        }
        for (Map.Entry<String, double[]> entry : state.arrays().entrySet()) {
            bytes += textBytes(entry.getKey()) + Integer.BYTES + (long) Double.BYTES * entry.getValue().length;
        }
        return bytes;
    }

    private static long textBytes(String text) {
        return Integer.BYTES + (long) text.getBytes(StandardCharsets.UTF_8).length;
    }

    static void write(SavedState state, OutputStream out) throws IOException {
        Writer writer = new Writer(out);
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putInt(VERSION).putLong(bodyBytes(state));
        header.putInt(checksum(header.array()));
        writer.bytes(header.array(), HEADER);
        writer.text(state.kind());
        writer.number(state.settings().values().size());
        for (Map.Entry<String, String> entry : state.settings().values().entrySet()) {
            writer.text(entry.getKey());
            writer.text(entry.getValue());
        }
        writer.number(state.numbers().size());
        for (Map.Entry<String, Long> entry : state.numbers().entrySet()) {
            writer.text(entry.getKey());
            writer.longNumber(entry.getValue());
        }
        writer.number(state.arrays().size());
        for (Map.Entry<String, double[]> entry : state.arrays().entrySet()) {
            writer.text(entry.getKey());
            writer.array(entry.getValue());
        }
        out.write(writer.digest.digest());
    }

    private static int checksum(byte[] header) {
        CRC32C sum = new CRC32C();
        sum.update(header, 0, CHECKED);
        return (int) sum.getValue();
    }

    /** A state with nothing behind it. */
    static SavedState readAll(InputStream in) throws IOException {
        SavedState state = read(in);
        if (in.read() >= 0) {
            throw Checks.file(READ, "the state", "longer than it says", SAME);
        }
        return state;
    }

    static SavedState read(InputStream in) throws IOException {
        Reader reader = new Reader(in);
        byte[] header = reader.header();
        ByteBuffer fields =
                ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        int version = fields.getInt();
        long length = fields.getLong();
        if (fields.getInt() != checksum(header)) {
            throw Checks.file(READ, "the header", ALTERED, SAME);
        }
        if (version != VERSION) {
            String found = "of version " + version + (version > VERSION ? ", written by a newer Lowland" : "");
            throw Checks.file(READ, "the state", found, "of version " + VERSION);
        }
        reader.left = length;
        SavedState state = body(reader);
        byte[] expected = reader.digest.digest();
        byte[] found = new byte[DIGEST];
        reader.left = DIGEST;
        reader.fill(found, DIGEST);
        if (!Arrays.equals(expected, found)) {
            throw Checks.file(READ, "the state", ALTERED, SAME);
        }
        return state;
    }

    private static SavedState body(Reader reader) throws IOException {
        String kind = reader.text();
        StateSettings settings = StateSettings.empty();
        for (int i = reader.count(); i > 0; i--) {
            settings = settings.with(reader.text(), reader.text());
        }
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (int i = reader.count(); i > 0; i--) {
            numbers.put(reader.text(), reader.longNumber());
        }
        Map<String, double[]> arrays = new LinkedHashMap<>();
        for (int i = reader.count(); i > 0; i--) {
            arrays.put(reader.text(), reader.array());
        }
        if (reader.left != 0) {
            throw Checks.file(READ, "the state", ALTERED, SAME);
        }
        return SavedState.lent(kind, settings, numbers, arrays);
    }

    /** Little-endian numbers to a stream, and to the digest. */
    private static final class Writer {
        final MessageDigest digest = StateSettings.sha256();
        private final OutputStream out;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);

        Writer(OutputStream out) {
            this.out = out;
        }

        void bytes(byte[] bytes, int count) throws IOException {
            digest.update(bytes, 0, count);
            out.write(bytes, 0, count);
        }

        void number(int number) throws IOException {
            buffer.clear().putInt(number);
            bytes(buffer.array(), Integer.BYTES);
        }

        void longNumber(long number) throws IOException {
            buffer.clear().putLong(number);
            bytes(buffer.array(), Long.BYTES);
        }

        void text(String text) throws IOException {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            bytes(utf8, utf8.length);
        }

        void array(double[] array) throws IOException {
            number(array.length);
            int together = buffer.capacity() / Double.BYTES;
            for (int from = 0; from < array.length; from += together) {
                int count = Math.min(together, array.length - from);
                buffer.clear().asDoubleBuffer().put(array, from, count);
                bytes(buffer.array(), count * Double.BYTES);
            }
        }
    }

    /** The same numbers back, as far as the header says that there are any. */
    private static final class Reader {
        final MessageDigest digest = StateSettings.sha256();
        private final InputStream in;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);
        long left = HEADER;

        Reader(InputStream in) {
            this.in = in;
        }

        byte[] header() throws IOException {
            byte[] header = new byte[HEADER];
            int found = in.readNBytes(header, 0, HEADER);
            if (found < MAGIC.length || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                throw Checks.file(READ, "the beginning", "foreign", new String(MAGIC, StandardCharsets.US_ASCII));
            }
            if (found < HEADER) {
                throw cutShort();
            }
            digest.update(header);
            return header;
        }

        private IOException cutShort() {
            IOException e = Checks.file(READ, "the state", "cut short", SAME);
            e.initCause(new EOFException());
            return e;
        }

        void fill(byte[] bytes, int count) throws IOException {
            if (count > left) {
                throw Checks.file(READ, "the state", ALTERED, SAME);
            }
            if (in.readNBytes(bytes, 0, count) < count) {
                throw cutShort();
            }
            left -= count;
            digest.update(bytes, 0, count);
        }

        int number() throws IOException {
            fill(buffer.array(), Integer.BYTES);
            return buffer.getInt(0);
        }

        long longNumber() throws IOException {
            fill(buffer.array(), Long.BYTES);
            return buffer.getLong(0);
        }

        /** How many follow, each of at least a byte. */
        int count() throws IOException {
            return count(1);
        }

        private int count(int bytesEach) throws IOException {
            int count = number();
            if (count < 0 || (long) count * bytesEach > left) {
                throw Checks.file(READ, "the state", ALTERED, SAME);
            }
            return count;
        }

        String text() throws IOException {
            byte[] utf8 = new byte[count()];
            fill(utf8, utf8.length);
            return new String(utf8, StandardCharsets.UTF_8);
        }

        double[] array() throws IOException {
            double[] array = new double[count(Double.BYTES)];
            int together = buffer.capacity() / Double.BYTES;
            for (int from = 0; from < array.length; from += together) {
                int count = Math.min(together, array.length - from);
                fill(buffer.array(), count * Double.BYTES);
                buffer.clear().asDoubleBuffer().get(array, from, count);
            }
            return array;
        }
    }
}
