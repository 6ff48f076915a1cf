package dev.lowland.core.random;

/** Numbers of simple laws from 64 random bits. */
final class Uniforms {
    private static final long LOW = 0xFFFFFFFFL;

    private Uniforms() {}

    /** k·2⁻⁵³ with k the top 53 bits: in [0, 1). */
    static double halfOpen(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /** The same, with 0 moved to 2⁻⁵⁴: in (0, 1). */
    static double open(long bits) {
        return Math.max(halfOpen(bits), 0x1p-54);
    }

    /** ⌊bits·bound/2⁶⁴⌋ for bound &gt; 0: every index has its probability up to 2⁻⁶⁴. */
    static int index(long bits, int bound) {
        long carry = ((bits & LOW) * bound) >>> 32;
        return (int) (((bits >>> 32) * bound + carry) >>> 32);
    }

    /** +1 or −1 by bit number {@code bit}: 1 − 2·bit. */
    static double sign(long bits, int bit) {
        return 1 - 2 * (int) ((bits >>> bit) & 1);
    }

    /** The signs of bits [from, to), written from target on; returns where the next one goes. */
    static int signs(long bits, int from, int to, double[] out, int target, int stride) {
        int next = target;
        for (int bit = from; bit < to; bit++) {
            out[next] = sign(bits, bit);
            next += stride;
        }
        return next;
    }
}
