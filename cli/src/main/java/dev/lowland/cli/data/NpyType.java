package dev.lowland.cli.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of the numbers of an array: bool, whole numbers of 1 to 8 bytes with and without sign, floating point of 2,
 * 4 and 8 bytes, in either order of bytes.
 *
 * @param kind b, i, u or f
 * @param bytes of a number
 * @param order of them
 */
record NpyType(char kind, int bytes, ByteOrder order) {
    private static final Pattern DESCRIPTION = Pattern.compile("([<>|=]?)([?biuf])(\\d{0,2})");
    private static final Pattern OBJECTS = Pattern.compile("[<>|=]?O\\d*");

    /** Larger whole numbers may have no double of their own. */
    private static final long EXACT = 1L << 53;

    static final String RULE = "b1, i1 to i8, u1 to u8, f2, f4 or f8";

    /** The type of a description such as {@code <f8}. */
    static NpyType of(DataBytes bytes, String description) throws FileFault {
        Matcher parts = DESCRIPTION.matcher(description);
        if (OBJECTS.matcher(description).matches()) {
            throw bytes.fault("descr", "'" + description + "', objects of Python", RULE);
        }
        if (!parts.matches()) {
            throw bytes.fault("descr", "'" + description + "'", RULE);
        }
        char kind = parts.group(2).equals("?") ? 'b' : parts.group(2).charAt(0);
        int size = parts.group(3).isEmpty() && parts.group(2).equals("?") ? 1 : size(parts.group(3));
        boolean legal = kind == 'b' ? size == 1 : size == 2 || size == 4 || size == 8 || (size == 1 && kind != 'f');
        if (!legal) {
            throw bytes.fault("descr", "'" + description + "'", RULE);
        }
        ByteOrder order = parts.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyType(kind, size, order);
    }

    private static int size(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** The next number; NaN for a whole number that no double equals. */
    double next(ByteBuffer buffer) {
        return switch (kind) {
            case 'b' -> buffer.get() == 0 ? 0 : 1;
            case 'i' ->
                switch (bytes) {
                    case 1 -> buffer.get();
                    case 2 -> buffer.getShort();
                    case 4 -> buffer.getInt();
                    default -> exact(buffer.getLong());
                };
            case 'u' ->
                switch (bytes) {
                    case 1 -> buffer.get() & 0xff;
                    case 2 -> buffer.getShort() & 0xffff;
                    case 4 -> buffer.getInt() & 0xffff_ffffL;
                    default -> unsigned(buffer.getLong());
                };
            default ->
                switch (bytes) {
                    case 2 -> half(buffer.getShort());
                    case 4 -> buffer.getFloat();
                    default -> buffer.getDouble();
                };
        };
    }

    private static double exact(long value) {
        return value >= -EXACT && value <= EXACT ? value : Double.NaN;
    }

    private static double unsigned(long value) {
        return value < 0 ? Double.NaN : exact(value);
    }

    /** A number of 16 bits: sign, 5 of the exponent, 10 of the fraction. */
    static double half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        double size;
        if (exponent == 0x1f) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            size = fraction * 0x1p-24;
        } else {
            size = Math.scalb((0x400 | fraction) * 0x1p-10, exponent - 15);
        }
        return bits < 0 ? -size : size;
    }
}
