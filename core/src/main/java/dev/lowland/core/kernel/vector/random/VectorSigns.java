package dev.lowland.core.kernel.vector.random;

import dev.lowland.core.generator.Philox;
import dev.lowland.core.generator.Uniforms;
import dev.lowland.core.kernel.scalar.ScalarRandom;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Random signs on vectors: a bit moved to the place of the sign of 1. The generator is that of
 * {@link VectorRandomBlocks}, a block of 128 bits serves 128 positions.
 */
public final class VectorSigns {
    private static final VectorSpecies<Long> LONGS = Vectors.SPECIES.withLanes(long.class);
    private static final int WIDTH = LONGS.length();
    private static final long[] IOTA = {0, 1, 2, 3, 4, 5, 6, 7};

    /** How far the lowest bits of a word are from its top. */
    private static final long[] SHIFTS = {63, 62, 61, 60, 59, 58, 57, 56};

    private static final long LOW = 0xFFFFFFFFL;
    private static final long ONE = Double.doubleToRawLongBits(1);
    private static final int WORD = 64;
    private static final int BLOCK = 128;

    private VectorSigns() {}

    public static void fill(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        if (outStride != 1) {
            ScalarRandom.fillSigns(key, stream, position, count, out, outOffset, outStride);
            return;
        }
        int done = 0;
        while (done < count) {
            long here = position + done;
            int from = (int) here & (BLOCK - 1);
            if (from == 0 && count - done >= WIDTH * BLOCK) {
                blocks(key, stream, here / BLOCK, out, outOffset + done);
                done += WIDTH * BLOCK;
            } else {
                int bit = from & (WORD - 1);
                int length = Math.min(WORD - bit, count - done);
                signs(Philox.word(key, stream, here / WORD) >>> bit, length, out, outOffset + done);
                done += length;
            }
        }
    }

    /** The signs of a whole vector of blocks. */
    private static void blocks(long key, long stream, long block, double[] out, int outStart) {
        LongVector iota = LongVector.fromArray(LONGS, IOTA, 0);
        LongVector blocks = iota.add(block);
        LongVector c0 = blocks;
        LongVector c1 = blocks.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.LSHL, Philox.BLOCK_SHIFT)
                .add(stream >>> 32);
        LongVector c2 = LongVector.broadcast(LONGS, Philox.replica(stream));
        LongVector c3 = LongVector.zero(LONGS);
        LongVector m0 = LongVector.broadcast(LONGS, VectorRandomBlocks.UPPER_0).lanewise(VectorOperators.LSHR, 32);
        LongVector m1 = LongVector.broadcast(LONGS, VectorRandomBlocks.UPPER_1).lanewise(VectorOperators.LSHR, 32);
        LongVector k0 = LongVector.broadcast(LONGS, key);
        LongVector k1 = LongVector.broadcast(LONGS, key >>> 32);
        for (int round = 0; round < Philox.ROUNDS; round++) {
            LongVector first = c2.and(LOW).mul(m1);
            LongVector second = c0.and(LOW).mul(m0);
            c0 = first.lanewise(VectorOperators.LSHR, 32)
                    .lanewise(VectorOperators.XOR, c1)
                    .lanewise(VectorOperators.XOR, k0);
            c1 = first;
            c2 = second.lanewise(VectorOperators.LSHR, 32)
                    .lanewise(VectorOperators.XOR, c3)
                    .lanewise(VectorOperators.XOR, k1);
            c3 = second;
            k0 = k0.add(Philox.BUMP_0);
            k1 = k1.add(Philox.BUMP_1);
        }
        LongVector a = c0.and(LOW).or(c1.lanewise(VectorOperators.LSHL, 32));
        LongVector b = c2.and(LOW).or(c3.lanewise(VectorOperators.LSHL, 32));
        for (int i = 0; i < WIDTH; i++) {
            signs(a.lane(i), WORD, out, outStart + i * BLOCK);
            signs(b.lane(i), WORD, out, outStart + i * BLOCK + WORD);
        }
    }

    /** The signs of the lowest bits of a word. */
    private static void signs(long bits, int count, double[] out, int outStart) {
        int whole = count - count % WIDTH;
        for (int i = 0; i < whole; i += WIDTH) {
            LongVector.broadcast(LONGS, bits >>> i)
                    .lanewise(VectorOperators.LSHL, LongVector.fromArray(LONGS, SHIFTS, 0))
                    .and(Long.MIN_VALUE)
                    .or(ONE)
                    .reinterpretAsDoubles()
                    .intoArray(out, outStart + i);
        }
        for (int i = whole; i < count; i++) {
            out[outStart + i] = Uniforms.sign(bits, i);
        }
    }

    /** The signs of bits [from, to) of one block of many streams, that of bit i from out[outStart + i·outStride] on. */
    static void lanes(
            long[] keys,
            long[] streams,
            int lane,
            long block,
            int from,
            int to,
            double[] out,
            int outStart,
            int outStride) {
        LongVector own = LongVector.fromArray(LONGS, streams, lane);
        LongVector blocks = LongVector.broadcast(LONGS, block);
        LongVector c0 = blocks;
        LongVector c1 = blocks.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.LSHL, Philox.BLOCK_SHIFT)
                .add(own.lanewise(VectorOperators.LSHR, 32));
        LongVector c2 = own;
        LongVector c3 = LongVector.zero(LONGS);
        LongVector m0 = LongVector.broadcast(LONGS, VectorRandomBlocks.UPPER_0).lanewise(VectorOperators.LSHR, 32);
        LongVector m1 = LongVector.broadcast(LONGS, VectorRandomBlocks.UPPER_1).lanewise(VectorOperators.LSHR, 32);
        LongVector k0 = LongVector.fromArray(LONGS, keys, lane);
        LongVector k1 = k0.lanewise(VectorOperators.LSHR, 32);
        for (int round = 0; round < Philox.ROUNDS; round++) {
            LongVector first = c2.and(LOW).mul(m1);
            LongVector second = c0.and(LOW).mul(m0);
            c0 = first.lanewise(VectorOperators.LSHR, 32)
                    .lanewise(VectorOperators.XOR, c1)
                    .lanewise(VectorOperators.XOR, k0);
            c1 = first;
            c2 = second.lanewise(VectorOperators.LSHR, 32)
                    .lanewise(VectorOperators.XOR, c3)
                    .lanewise(VectorOperators.XOR, k1);
            c3 = second;
            k0 = k0.add(Philox.BUMP_0);
            k1 = k1.add(Philox.BUMP_1);
        }
        LongVector a = c0.and(LOW).or(c1.lanewise(VectorOperators.LSHL, 32));
        LongVector b = c2.and(LOW).or(c3.lanewise(VectorOperators.LSHL, 32));
        LongVector bits = b.lanewise(VectorOperators.LSHL, BLOCK - to);
        for (int i = to - 1; i >= Math.max(from, WORD); i--) {
            bits.and(Long.MIN_VALUE).or(ONE).reinterpretAsDoubles().intoArray(out, outStart + i * outStride);
            bits = bits.lanewise(VectorOperators.LSHL, 1);
        }
        int top = Math.min(to, WORD);
        bits = a.lanewise(VectorOperators.LSHL, WORD - top);
        for (int i = top - 1; i >= from; i--) {
            bits.and(Long.MIN_VALUE).or(ONE).reinterpretAsDoubles().intoArray(out, outStart + i * outStride);
            bits = bits.lanewise(VectorOperators.LSHL, 1);
        }
    }
}
