package dev.lowland.optim.data;

/** How a number is stored in a file or an array. */
public enum ElementType {
    /** From −128 to 127. */
    SIGNED_BYTE(1, Byte.MIN_VALUE, Byte.MAX_VALUE),
    /** From 0 to 255, as in images. */
    UNSIGNED_BYTE(1, 0, 255),
    /** A whole number of 32 bits, with sign. */
    INT(4, Integer.MIN_VALUE, Integer.MAX_VALUE),
    /** IEEE 754, 32 bits. */
    FLOAT(4, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** IEEE 754, 64 bits. */
    DOUBLE(8, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    private final int bytes;
    private final double least;
    private final double most;

    ElementType(int bytes, double least, double most) {
        this.bytes = bytes;
        this.least = least;
        this.most = most;
    }

    /**
     * Bytes of one element.
     *
     * @return 1, 4 or 8
     */
    public int bytes() {
        return bytes;
    }

    /** Whether the number of every element is finite. */
    boolean isFinite(Scaling scaling) {
        return Math.abs(scaling.of(least)) <= Double.MAX_VALUE && Math.abs(scaling.of(most)) <= Double.MAX_VALUE;
    }
}
