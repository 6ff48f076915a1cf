package dev.lowland.core.generator;

/** Numbers of simple laws from 64 random bits. */
public final class Uniforms {
    /** What a uniform number is in place of 0. */
    public static final double LEAST = 0x1p-54;

    private static final long LOW = 0xFFFFFFFFL;

    private Uniforms() {}

    /**
     * k·2⁻⁵³ with k the top 53 bits: in [0, 1).
     *
     * @param bits random
     * @return the number
     */
    public static double halfOpen(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /**
     * The same, with 0 moved to 2⁻⁵⁴: in (0, 1).
     *
     * @param bits random
     * @return the number
     */
    public static double open(long bits) {
        return Math.max(halfOpen(bits), LEAST);
    }

    /**
     * ⌊bits·bound/2⁶⁴⌋: every index has its probability up to 2⁻⁶⁴.
     *
     * @param bits random
     * @param bound above 0
     * @return an index in [0, bound)
     */
    public static int index(long bits, int bound) {
        long carry = ((bits & LOW) * bound) >>> 32;
        return (int) (((bits >>> 32) * bound + carry) >>> 32);
    }

    /**
     * +1 or −1 by one bit: 1 − 2·bit.
     *
     * @param bits random
     * @param bit its number, in [0, 64)
     * @return +1 or −1
     */
    public static double sign(long bits, int bit) {
        return 1 - 2 * (int) ((bits >>> bit) & 1);
    }
}
