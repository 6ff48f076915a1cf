package dev.lowland.cli.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What an array says of itself: a dictionary of Python with exactly {@code descr}, {@code fortran_order} and
 * {@code shape}.
 *
 * @param type of its numbers
 * @param fortran whether the first index is fastest
 * @param shape its sizes, each at least 0. Not to be modified.
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record NpyHeader(NpyType type, boolean fortran, long[] shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final List<String> KEYS = List.of("descr", "fortran_order", "shape");

    /** Far beyond that of any array of plain numbers. */
    private static final long LONGEST = 1L << 20;

    /** As many indices as numpy allows. */
    private static final int MOST_INDICES = 64;

    static NpyHeader read(DataBytes bytes) throws IOException {
        byte[] start = bytes.read("the magic number", 8);
        for (int i = 0; i < MAGIC.length; i++) {
            if (start[i] != MAGIC[i]) {
                throw bytes.fault("the magic number", "wrong", "\\x93NUMPY, as in an npy file");
            }
        }
        int version = start[6];
        if (version < 1 || version > 3 || start[7] != 0) {
            throw bytes.fault("the version", (version & 0xff) + "." + (start[7] & 0xff), "1.0, 2.0 or 3.0");
        }
        byte[] digits = bytes.read("the length of the header", version == 1 ? 2 : 4);
        long length = 0;
        for (int i = digits.length - 1; i >= 0; i--) {
            length = (length << 8) | (digits[i] & 0xff);
        }
        if (length > LONGEST) {
            throw bytes.fault("the length of the header", String.valueOf(length), "at most " + LONGEST);
        }
        byte[] header = bytes.read("the header", (int) length);
        return new Parser(
                        bytes, new String(header, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1))
                .header();
    }

    /** How many numbers follow; refused where that is beyond all arrays. */
    int count(DataBytes bytes) throws FileFault {
        long count = 1;
        for (long size : shape) {
            if (size > 0 && count > Long.MAX_VALUE / 16 / size) {
                throw bytes.fault("shape", NpyArray.text(shape), "of fewer numbers than overflow");
            }
            count *= size;
        }
        bytes.expect("the array of shape " + NpyArray.text(shape), count * type.bytes());
        bytes.room("the array of shape " + NpyArray.text(shape), count, Double.BYTES);
        return (int) count;
    }

    /** Reads the dictionary, and nothing else of Python. */
    private static final class Parser {
        private final DataBytes bytes;
        private final String text;
        private int at;

        Parser(DataBytes bytes, String text) {
            this.bytes = bytes;
            this.text = text;
        }

        NpyHeader header() throws FileFault {
            NpyType type = null;
            Boolean fortran = null;
            long[] shape = null;
            take('{');
            while (!next('}')) {
                String key = quoted();
                take(':');
                if (key.equals("descr") && type == null) {
                    type = NpyType.of(bytes, description());
                } else if (key.equals("fortran_order") && fortran == null) {
                    fortran = truth();
                } else if (key.equals("shape") && shape == null) {
                    shape = sizes();
                } else {
                    throw bytes.fault(
                            "the header's key '" + key + "'", "too many", "one of " + String.join(", ", KEYS));
                }
                if (!next(',') && peek() != '}') {
                    throw broken();
                }
            }
            if (!text.substring(at).isBlank()) {
                throw broken();
            }
            if (type == null || fortran == null || shape == null) {
                throw bytes.fault(
                        "the header", "without one of " + String.join(", ", KEYS), "a dictionary of these three");
            }
            return new NpyHeader(type, fortran, shape);
        }

        private String description() throws FileFault {
            if (peek() == '[') {
                throw bytes.fault("descr", "a list of fields", NpyType.RULE);
            }
            return quoted();
        }

        private boolean truth() throws FileFault {
            for (String word : List.of("True", "False")) {
                if (peek() != 0 && text.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("True");
                }
            }
            throw bytes.fault("fortran_order", "no truth value", "True or False");
        }

        private long[] sizes() throws FileFault {
            List<Long> sizes = new ArrayList<>();
            take('(');
            while (!next(')')) {
                sizes.add(size());
                if (!next(',') && peek() != ')') {
                    throw broken();
                }
            }
            if (sizes.size() > MOST_INDICES) {
                throw bytes.fault("shape", "of " + sizes.size() + " sizes", "of at most " + MOST_INDICES);
            }
            return sizes.stream().mapToLong(Long::longValue).toArray();
        }

        /** A whole number; Python 2 wrote an L behind long ones. */
        private long size() throws FileFault {
            peek();
            int digits = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            String number = text.substring(digits, at);
            if (number.isEmpty()) {
                throw bytes.fault("shape", "no tuple of sizes", "whole numbers of at least 0");
            }
            if (number.length() > 18) {
                throw bytes.fault("shape", "of a size of " + number.length() + " digits", "of sizes that fit 63 bits");
            }
            next('L');
            return Long.parseLong(number);
        }

        private String quoted() throws FileFault {
            char quote = peek();
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0) {
                throw broken();
            }
            String inner = text.substring(at + 1, end);
            at = end + 1;
            return inner;
        }

        /** The next character that is no blank, which stays; 0 at the end. */
        private char peek() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private boolean next(char wanted) {
            boolean there = peek() == wanted;
            at += there ? 1 : 0;
            return there;
        }

        private void take(char wanted) throws FileFault {
            if (!next(wanted)) {
                throw broken();
            }
        }

        private FileFault broken() {
            return bytes.fault("the header", "no dictionary (at character " + at + ")", "a dictionary of Python");
        }
    }
}
