package dev.lowland.cli.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file from its beginning to its end, unpacked where they are packed. Who reads states how many bytes
 * are to come before they are taken into memory, and a number that the file cannot hold is refused. For one thread.
 */
final class DataBytes implements AutoCloseable {
    /** No byte of deflated data unpacks to more than this. */
    private static final long MOST_UNPACKED = 1032;

    private static final int GZIP = 0x8b1f;

    private final String file;
    private final String prefix;
    private final InputStream stream;
    private final long most;
    private final boolean packed;
    private long position;

    /**
     * Bytes of part of a file.
     *
     * @param file its name
     * @param prefix what to put before every place, such as the name of an array in an archive
     * @param stream the bytes
     * @param most how many there can be
     * @param packed whether they are being unpacked, and may be fewer
     */
    DataBytes(String file, String prefix, InputStream stream, long most, boolean packed) {
        this.file = file;
        this.prefix = prefix;
        this.stream = stream;
        this.most = most;
        this.packed = packed;
    }

    /** How many bytes so many packed ones can unpack to. */
    static long unpacked(long bytes) {
        return bytes > Long.MAX_VALUE / MOST_UNPACKED ? Long.MAX_VALUE : bytes * MOST_UNPACKED;
    }

    /**
     * Opens a file, which may be packed with gzip.
     *
     * @param file the file
     * @param rule what it must be, such as {@code an IDX file}
     * @throws FileFault if there is no such file
     */
    static DataBytes open(Path file, String rule) throws IOException {
        String name = file.toString();
        check(file, rule);
        long size = Files.size(file);
        InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            stream.mark(2);
            int magic = stream.read() | (stream.read() << 8);
            stream.reset();
            if (magic == GZIP) {
                return new DataBytes(name, "", new GZIPInputStream(stream, 1 << 16), unpacked(size), true);
            }
            return new DataBytes(name, "", stream, size, false);
        } catch (IOException e) {
            stream.close();
            throw broken(name, "the file", e);
        }
    }

    /** Refuses what is no file that can be opened. */
    static void check(Path file, String rule) throws FileFault {
        if (!Files.isRegularFile(file)) {
            String found = Files.isDirectory(file) ? "a folder" : Files.exists(file) ? "no file" : "missing";
            throw new FileFault(file.toString(), "the file", found, rule);
        }
    }

    /** The fault of a stream that does not unpack; other errors stay what they are. */
    private static IOException broken(String file, String place, IOException e) {
        if (e instanceof EOFException) {
            return new FileFault(file, place, "cut off", "a whole gzip");
        }
        return e instanceof ZipException
                ? new FileFault(file, place, "packed wrongly (" + e.getMessage() + ")", "whole")
                : e;
    }

    FileFault fault(String place, String found, String rule) {
        return new FileFault(file, prefix + place, found, rule);
    }

    /**
     * Says that so many bytes are to come.
     *
     * @param what they are, for the message
     * @throws FileFault if the file cannot hold as many
     */
    void expect(String what, long bytes) throws FileFault {
        long left = Math.max(0, most - position);
        if (bytes > left) {
            throw fault(
                    what,
                    "of " + bytes + " bytes",
                    "of at most " + left + (packed ? ", which so few packed bytes can hold" : ", which are there"));
        }
    }

    /**
     * Says that so many numbers are to be in memory.
     *
     * @throws FileFault if no array is as long, or the heap is smaller
     */
    void room(String what, long numbers, int bytesEach) throws FileFault {
        long heap = Runtime.getRuntime().maxMemory();
        if (numbers > Integer.MAX_VALUE - 8 || numbers * bytesEach >= heap) {
            throw fault(
                    what,
                    "of " + numbers + " numbers",
                    "small enough for an array and for the heap of " + heap + " bytes");
        }
    }

    /** Exactly so many bytes at the beginning of an array. */
    void read(String what, byte[] out, int count) throws IOException {
        int found;
        try {
            found = stream.readNBytes(out, 0, count);
        } catch (IOException e) {
            throw broken(file, prefix + what, e);
        }
        position += found;
        if (found < count) {
            throw fault(what, "cut off after " + position + " bytes of the file", "whole");
        }
    }

    /** A new array of exactly so many bytes, which have been expected. */
    byte[] read(String what, int count) throws IOException {
        expect(what, count);
        byte[] bytes = new byte[count];
        read(what, bytes, count);
        return bytes;
    }

    /** A whole number of four bytes, the highest first. */
    long unsignedBigEndian(String what) throws IOException {
        long value = 0;
        for (byte b : read(what, 4)) {
            value = (value << 8) | (b & 0xff);
        }
        return value;
    }

    /**
     * Says that all has been read.
     *
     * @throws FileFault if more follows
     */
    void end() throws IOException {
        int next;
        try {
            next = stream.read();
        } catch (IOException e) {
            throw broken(file, prefix + "the end", e);
        }
        if (next >= 0) {
            throw fault("the end", "followed by more bytes than the sizes say", "after " + position + " bytes");
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
