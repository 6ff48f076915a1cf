package dev.lowland.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lowland.core.generator.Philox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten rounds against the known answers of the authors' distribution (Random123, kat_vectors, philox4x32 10). */
@Tag("once")
final class PhiloxTest {
    @Test
    void knownAnswers() {
        assertEquals("6627e8d5 e169c58d bc57ac4c 9b00dbd8", block(0, 0, 0, 0, 0, 0));
        assertEquals("408f276d 41c83b0e a20bc7c6 6d5451fd", block(-1, -1, -1, -1, -1, -1));
        assertEquals(
                "d16cfe09 94fdcceb 5001e420 24126ea1",
                block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
    }

    /** A stream is these rounds on the counter and key that the package describes. */
    @Test
    void streamsAreThoseRoundsOnTheDocumentedCounter() {
        long seed = 0x299f31d0a4093822L;
        int replica = 0x13198a2e;
        for (Purpose purpose : Purpose.values()) {
            RandomStream stream = RandomStream.of(seed, replica, purpose);
            for (long block : new long[] {0, 1, 77, 0xFFFFFFFFL, 0x100000000L, 0xABCDEF12345678L, (1L << 56) - 1}) {
                int c0 = (int) block;
                int c1 = (int) (block >>> 32) << 8 | purpose.code();
                String words = block(c0, c1, replica, 0, 0xa4093822, 0x299f31d0);
                long first = stream.bits(2 * block);
                long second = stream.bits(2 * block + 1);
                assertEquals(
                        words,
                        String.format(
                                "%08x %08x %08x %08x",
                                (int) first, (int) (first >>> 32), (int) second, (int) (second >>> 32)));
            }
        }
    }

    private static String block(int c0, int c1, int c2, int c3, int k0, int k1) {
        long a = (c0 & 0xFFFFFFFFL) | ((long) c1 << 32);
        long b = (c2 & 0xFFFFFFFFL) | ((long) c3 << 32);
        int key0 = k0;
        int key1 = k1;
        for (int round = 0; round < Philox.ROUNDS; round++) {
            long next = Philox.first(a, b, key0);
            b = Philox.second(a, b, key1);
            a = next;
            key0 += Philox.BUMP_0;
            key1 += Philox.BUMP_1;
        }
        return String.format("%08x %08x %08x %08x", (int) a, (int) (a >>> 32), (int) b, (int) (b >>> 32));
    }
}
