package dev.lowland.core.random;

/**
 * One round of Philox4x32: two 32 × 32 → 64 bit multiplications.
 *
 * <p>The four words c0..c3 travel in two longs: c0 is the low and c1 the high half of the first, c2 the low and c3 the high half of
 * the second. The halves of a round come from separate methods, each with one of the two multiplications, because a
 * method that returned both would have to allocate. Ten rounds are
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
 */
final class Philox {
    static final int ROUNDS = 10;

    /** What the key words grow by after each round: the golden ratio and √3 − 1, in units of 2⁻³². */
    static final int BUMP_0 = 0x9E3779B9;

    static final int BUMP_1 = 0xBB67AE85;

    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final long LOW = 0xFFFFFFFFL;

    private Philox() {}

    /** c0 becomes high(m1·c2) ⊕ c1 ⊕ k0, c1 becomes low(m1·c2). */
    static long first(long a, long b, int k0) {
        long product = MULTIPLIER_1 * (b & LOW);
        return (((product ^ a) >>> 32) ^ (k0 & LOW)) | (product << 32);
    }

    /** c2 becomes high(m0·c0) ⊕ c3 ⊕ k1, c3 becomes low(m0·c0). */
    static long second(long a, long b, int k1) {
        long product = MULTIPLIER_0 * (a & LOW);
        return (((product ^ b) >>> 32) ^ (k1 & LOW)) | (product << 32);
    }
}
