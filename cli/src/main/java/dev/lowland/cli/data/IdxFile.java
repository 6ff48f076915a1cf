package dev.lowland.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An IDX file of unsigned bytes: two zeros, the type 0x08, the number r of indices, r sizes of four bytes with the
 * highest first, then the bytes, the last index fastest.
 *
 * @param shape the sizes. Not to be modified.
 * @param bytes the content. Not to be modified.
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record IdxFile(int[] shape, byte[] bytes) {
    private static final int UNSIGNED_BYTES = 0x08;

    /** Reads a file of so many indices, which may be packed with gzip. */
    static IdxFile read(Path file, int rank) throws IOException {
        try (DataBytes in = DataBytes.open(file, "an IDX file")) {
            byte[] magic = in.read("the magic number", 4);
            if (magic[0] != 0 || magic[1] != 0) {
                throw in.fault(
                        "the magic number",
                        String.format("0x%02x%02x%02x%02x", magic[0], magic[1], magic[2], magic[3]),
                        String.format("0x%08x", (UNSIGNED_BYTES << 8) | rank));
            }
            if (magic[2] != UNSIGNED_BYTES) {
                throw in.fault(
                        "the type of the numbers",
                        String.format("0x%02x", magic[2]),
                        String.format("0x%02x, unsigned bytes", UNSIGNED_BYTES));
            }
            if (magic[3] != rank) {
                throw in.fault("the number of sizes", String.valueOf(magic[3] & 0xff), String.valueOf(rank));
            }
            int[] shape = new int[rank];
            long count = 1;
            for (int k = 0; k < rank; k++) {
                String which = "size " + (k + 1);
                long size = in.unsignedBigEndian(which);
                if (size < 1 || size > Integer.MAX_VALUE) {
                    throw in.fault(which, String.valueOf(size), "at least 1 and at most " + Integer.MAX_VALUE);
                }
                shape[k] = (int) size;
                if (count > Long.MAX_VALUE / size) {
                    throw in.fault("the product of the sizes", "beyond 63 bits", "the number of bytes that follow");
                }
                count *= size;
            }
            String what = "the content of "
                    + Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining("×"));
            in.expect(what, count);
            in.room(what, count, 1);
            byte[] bytes = in.read(what, (int) count);
            in.end();
            return new IdxFile(shape, bytes);
        }
    }
}
