package dev.lowland.core.generator;

/**
 * Philox4x32-10, a bijection of 128-bit counters keyed by 64 bits; and the counters of streams.
 *
 * <p>The four words c0..c3 travel in two longs: c0 is the low and c1 the high half of the first, c2 the low and c3 the
 * high half of the second. The halves of a round come from separate methods, each with one of the two multiplications,
 * because a method that returned both would have to allocate. Ten rounds are
 *
 * <pre>{@code
 * for (int round = 0; round < Philox.ROUNDS; round++) {
 *     long next = Philox.first(a, b, k0);
 *     b = Philox.second(a, b, k1);
 *     a = next;
 *     k0 += Philox.BUMP_0;
 *     k1 += Philox.BUMP_1;
 * }
 * }</pre>
 *
 * <p>Block j of a stream holds the words of positions 2j and 2j + 1.
 */
public final class Philox {
    /** How often the words are mixed. */
    public static final int ROUNDS = 10;

    /** What the first key word grows by after each round: the golden ratio in units of 2⁻³². */
    public static final int BUMP_0 = 0x9E3779B9;

    /** What the second key word grows by after each round: √3 − 1 in units of 2⁻³². */
    public static final int BUMP_1 = 0xBB67AE85;

    /** The factor of c0. */
    public static final long MULTIPLIER_0 = 0xD2511F53L;

    /** The factor of c2. */
    public static final long MULTIPLIER_1 = 0xCD9E8D57L;

    /** Where the upper part of a block's number goes, which leaves eight bits of c1 to the purpose. */
    public static final int BLOCK_SHIFT = 8;

    private static final long LOW = 0xFFFFFFFFL;

    private Philox() {}

    /**
     * Half a round: c0 becomes high(m1·c2) ⊕ c1 ⊕ k0, c1 becomes low(m1·c2).
     *
     * @param a c0 and c1
     * @param b c2 and c3
     * @param k0 first key word
     * @return the new c0 and c1
     */
    public static long first(long a, long b, int k0) {
        long product = MULTIPLIER_1 * (b & LOW);
        return (((product ^ a) >>> 32) ^ (k0 & LOW)) | (product << 32);
    }

    /**
     * Half a round: c2 becomes high(m0·c0) ⊕ c3 ⊕ k1, c3 becomes low(m0·c0).
     *
     * @param a c0 and c1
     * @param b c2 and c3
     * @param k1 second key word
     * @return the new c2 and c3
     */
    public static long second(long a, long b, int k1) {
        long product = MULTIPLIER_0 * (a & LOW);
        return (((product ^ b) >>> 32) ^ (k1 & LOW)) | (product << 32);
    }

    /**
     * c0 and c1 of a block: its low 32 bits; its next 24 bits · 2⁸ + purpose.
     *
     * @param block position/2
     * @param stream its number
     * @return both words
     */
    public static long counter(long block, long stream) {
        return (block & LOW) | ((block >>> 32) << (32 + BLOCK_SHIFT)) | (stream & ~LOW);
    }

    /**
     * c2 and c3 of every block of a stream: its replica, and 0.
     *
     * @param stream its number
     * @return both words
     */
    public static long replica(long stream) {
        return stream & LOW;
    }

    /**
     * The 64 bits at a position.
     *
     * @param key of the stream
     * @param stream its number
     * @param position of the number
     * @return any long
     */
    public static long word(long key, long stream, long position) {
        long a = counter(position >>> 1, stream);
        long b = replica(stream);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long next = first(a, b, k0);
            b = second(a, b, k1);
            a = next;
            k0 += BUMP_0;
            k1 += BUMP_1;
        }
        return (position & 1) == 0 ? a : b;
    }
}
