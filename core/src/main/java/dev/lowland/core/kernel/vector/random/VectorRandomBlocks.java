package dev.lowland.core.kernel.vector.random;

import static dev.lowland.core.function.Coefficients.C0;
import static dev.lowland.core.function.Coefficients.C1;
import static dev.lowland.core.function.Coefficients.C2;
import static dev.lowland.core.function.Coefficients.C3;
import static dev.lowland.core.function.Coefficients.C4;
import static dev.lowland.core.function.Coefficients.C5;
import static dev.lowland.core.function.Coefficients.LN2_HIGH;
import static dev.lowland.core.function.Coefficients.LN2_LOW;
import static dev.lowland.core.function.Coefficients.MANTISSA_BITS;
import static dev.lowland.core.function.Coefficients.P0;
import static dev.lowland.core.function.Coefficients.P1;
import static dev.lowland.core.function.Coefficients.P2;
import static dev.lowland.core.function.Coefficients.P3;
import static dev.lowland.core.function.Coefficients.P4;
import static dev.lowland.core.function.Coefficients.P5;
import static dev.lowland.core.function.Coefficients.P6;
import static dev.lowland.core.function.Coefficients.ROOT_HALF_BITS;
import static dev.lowland.core.function.Coefficients.ROUNDER;
import static dev.lowland.core.function.Coefficients.ROUNDER_BITS;
import static dev.lowland.core.function.Coefficients.S0;
import static dev.lowland.core.function.Coefficients.S1;
import static dev.lowland.core.function.Coefficients.S2;
import static dev.lowland.core.function.Coefficients.S3;
import static dev.lowland.core.function.Coefficients.S4;
import static dev.lowland.core.function.Coefficients.S5;

import dev.lowland.core.generator.Normals;
import dev.lowland.core.generator.Philox;
import dev.lowland.core.generator.Uniforms;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Random numbers from one vector of blocks: {@link Philox}, {@link Uniforms} and {@link Normals} with the same
 * operations, so the bits are the same. The blocks of a vector are neighbours in one stream, where blockStep is −1 (all
 * bits), or belong to many streams at one position, where it is 0. The stream of a lane is that of the number given
 * plus its own from an array. Even positions and odd ones are stored apart.
 *
 * <p>Each word of the counter has a lane of 64 bits, whose upper half is left as it falls: a multiplication takes the
 * lower half. The rounds are written out in each method, as in {@code VectorExponentials}.
 */
public final class VectorRandomBlocks {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;
    private static final VectorSpecies<Long> LONGS = SPECIES.withLanes(long.class);
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
    private static final long[] IOTA = {0, 1, 2, 3, 4, 5, 6, 7};
    private static final long LOW = 0xFFFFFFFFL;

    /**
     * The multipliers in upper halves. Shifted down they are seen to be of 32 bits, as is needed for the short
     * instruction.
     */
    static final long UPPER_0 = Philox.MULTIPLIER_0 << 32;

    static final long UPPER_1 = Philox.MULTIPLIER_1 << 32;

    /**
     * Of the 53 bits k of a uniform number, the upper 32 are put behind 2²⁰ and the lower 21 behind ½: both sums are
     * exact.
     */
    private static final long HIGH_BITS = 0x4130000000000000L;

    private static final long LOW_BITS = 0x3fe0000000000000L;
    private static final long LOW_MASK = 0x1FFFFFL;
    private static final long LEAST_BITS = Double.doubleToRawLongBits(Uniforms.LEAST);
    private static final double OFFSET = 0x1p20 + 0.5;

    private VectorRandomBlocks() {}

    /** Uniform numbers: evenStart positions from out[evenStart] on, oddStart ones from out[oddStart] on. */
    static void uniform(
            long key,
            long stream,
            long[] keys,
            long[] streams,
            int lane,
            long block,
            long blockStep,
            double[] out,
            int evenStart,
            int oddStart) {
        LongVector iota = LongVector.fromArray(LONGS, IOTA, 0);
        LongVector blocks = iota.and(blockStep).add(block);
        LongVector own = LongVector.fromArray(LONGS, streams, lane).add(stream);
        LongVector c0 = blocks;
        LongVector c1 = blocks.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.LSHL, Philox.BLOCK_SHIFT)
                .add(own.lanewise(VectorOperators.LSHR, 32));
        LongVector c2 = own;
        LongVector c3 = LongVector.zero(LONGS);
        LongVector m0 = LongVector.broadcast(LONGS, UPPER_0).lanewise(VectorOperators.LSHR, 32);
        LongVector m1 = LongVector.broadcast(LONGS, UPPER_1).lanewise(VectorOperators.LSHR, 32);
        LongVector k0 = LongVector.fromArray(LONGS, keys, lane).add(key);
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
        DoubleVector uHigh = a.lanewise(VectorOperators.LSHR, 32).or(HIGH_BITS).reinterpretAsDoubles();
        DoubleVector uLow =
                a.lanewise(VectorOperators.LSHR, 11).and(LOW_MASK).or(LOW_BITS).reinterpretAsDoubles();
        DoubleVector u = uHigh.sub(OFFSET).add(uLow);
        DoubleVector vHigh = b.lanewise(VectorOperators.LSHR, 32).or(HIGH_BITS).reinterpretAsDoubles();
        DoubleVector vLow =
                b.lanewise(VectorOperators.LSHR, 11).and(LOW_MASK).or(LOW_BITS).reinterpretAsDoubles();
        DoubleVector v = vHigh.sub(OFFSET).add(vLow);
        u.reinterpretAsLongs().max(LEAST_BITS).reinterpretAsDoubles().intoArray(out, evenStart);
        v.reinterpretAsLongs().max(LEAST_BITS).reinterpretAsDoubles().intoArray(out, oddStart);
    }

    /** Normal numbers: evenStart positions from out[evenStart] on, oddStart ones from out[oddStart] on. */
    static void gaussian(
            long key,
            long stream,
            long[] keys,
            long[] streams,
            int lane,
            long block,
            long blockStep,
            double[] out,
            int evenStart,
            int oddStart) {
        LongVector iota = LongVector.fromArray(LONGS, IOTA, 0);
        LongVector blocks = iota.and(blockStep).add(block);
        LongVector own = LongVector.fromArray(LONGS, streams, lane).add(stream);
        LongVector c0 = blocks;
        LongVector c1 = blocks.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.LSHL, Philox.BLOCK_SHIFT)
                .add(own.lanewise(VectorOperators.LSHR, 32));
        LongVector c2 = own;
        LongVector c3 = LongVector.zero(LONGS);
        LongVector m0 = LongVector.broadcast(LONGS, UPPER_0).lanewise(VectorOperators.LSHR, 32);
        LongVector m1 = LongVector.broadcast(LONGS, UPPER_1).lanewise(VectorOperators.LSHR, 32);
        LongVector k0 = LongVector.fromArray(LONGS, keys, lane).add(key);
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
        DoubleVector hHigh = a.lanewise(VectorOperators.LSHR, 32).or(HIGH_BITS).reinterpretAsDoubles();
        DoubleVector hLow =
                a.lanewise(VectorOperators.LSHR, 11).and(LOW_MASK).or(LOW_BITS).reinterpretAsDoubles();
        DoubleVector h = hHigh.sub(OFFSET).add(hLow);
        LongVector bits = h.reinterpretAsLongs().max(LEAST_BITS);
        LongVector exponent = bits.sub(ROOT_HALF_BITS).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
        LongVector mantissa = bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS));
        DoubleVector f = mantissa.reinterpretAsDoubles().sub(1);
        DoubleVector d = exponent.add(ROUNDER_BITS).reinterpretAsDoubles().sub(ROUNDER);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector q = z.mul(P6).add(P5);
        q = q.mul(z).add(P4);
        q = q.mul(z).add(P3);
        q = q.mul(z).add(P2);
        q = q.mul(z).add(P1);
        q = q.mul(z).add(P0);
        DoubleVector square = f.mul(0.5).mul(f);
        DoubleVector small = s.mul(square.add(z.mul(q))).add(d.mul(LN2_LOW).add(0));
        DoubleVector radius =
                d.mul(LN2_HIGH).sub(square.sub(small).sub(f)).neg().sqrt();
        LongVector turned = b.lanewise(VectorOperators.LSHL, 2);
        DoubleVector tHigh =
                turned.lanewise(VectorOperators.LSHR, 32).or(HIGH_BITS).reinterpretAsDoubles();
        DoubleVector tLow = turned.lanewise(VectorOperators.LSHR, 11)
                .and(LOW_MASK)
                .or(LOW_BITS)
                .reinterpretAsDoubles();
        DoubleVector t = tHigh.sub(OFFSET).add(tLow);
        DoubleVector x = t.sub(0.5).mul(Normals.HALF_PI);
        DoubleVector w = x.mul(x);
        DoubleVector sine = w.mul(S5).add(S4);
        sine = w.mul(sine).add(S3);
        sine = w.mul(sine).add(S2);
        sine = w.mul(sine).add(S1);
        sine = w.mul(sine).add(S0);
        sine = x.add(x.mul(w).mul(sine));
        DoubleVector cosine = w.mul(C5).add(C4);
        cosine = w.mul(cosine).add(C3);
        cosine = w.mul(cosine).add(C2);
        cosine = w.mul(cosine).add(C1);
        cosine = w.mul(cosine).add(C0);
        DoubleVector lost = w.mul(0.5);
        DoubleVector top = lost.neg().add(1);
        cosine = top.add(top.neg().add(1).sub(lost).add(w.mul(w).mul(cosine)));
        LongVector first = radius.mul(cosine.sub(sine)).reinterpretAsLongs();
        LongVector second = radius.mul(cosine.add(sine)).reinterpretAsLongs();
        first.lanewise(VectorOperators.XOR, b.and(Long.MIN_VALUE))
                .reinterpretAsDoubles()
                .intoArray(out, evenStart);
        second.lanewise(VectorOperators.XOR, b.lanewise(VectorOperators.LSHL, 1).and(Long.MIN_VALUE))
                .reinterpretAsDoubles()
                .intoArray(out, oddStart);
    }

    /**
     * Indices in their order from out[outStart] on: an even one is the lower half of a lane, the odd one after it the
     * upper half.
     */
    static void index(long key, long stream, long block, int bound, int[] out, int outStart) {
        LongVector iota = LongVector.fromArray(LONGS, IOTA, 0);
        LongVector blocks = iota.add(block);
        LongVector c0 = blocks;
        LongVector c1 = blocks.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.LSHL, Philox.BLOCK_SHIFT)
                .add(stream >>> 32);
        LongVector c2 = LongVector.broadcast(LONGS, Philox.replica(stream));
        LongVector c3 = LongVector.zero(LONGS);
        LongVector m0 = LongVector.broadcast(LONGS, UPPER_0).lanewise(VectorOperators.LSHR, 32);
        LongVector m1 = LongVector.broadcast(LONGS, UPPER_1).lanewise(VectorOperators.LSHR, 32);
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
        LongVector carry = c0.and(LOW).mul(bound).lanewise(VectorOperators.LSHR, 32);
        LongVector even = c1.and(LOW).mul(bound).add(carry);
        carry = c2.and(LOW).mul(bound).lanewise(VectorOperators.LSHR, 32);
        LongVector odd = c3.and(LOW).mul(bound).add(carry);
        even.lanewise(VectorOperators.LSHR, 32)
                .or(odd.and(~LOW))
                .reinterpretAsInts()
                .intoArray(out, outStart);
    }

    /** Indices of many streams: at the even position from out[even] on, at the odd one from out[odd] on. */
    static void indexLanes(
            long[] keys, long[] streams, int lane, long block, int bound, int[] out, int evenStart, int oddStart) {
        LongVector own = LongVector.fromArray(LONGS, streams, lane);
        LongVector blocks = LongVector.broadcast(LONGS, block);
        LongVector c0 = blocks;
        LongVector c1 = blocks.lanewise(VectorOperators.LSHR, 32)
                .lanewise(VectorOperators.LSHL, Philox.BLOCK_SHIFT)
                .add(own.lanewise(VectorOperators.LSHR, 32));
        LongVector c2 = own;
        LongVector c3 = LongVector.zero(LONGS);
        LongVector m0 = LongVector.broadcast(LONGS, UPPER_0).lanewise(VectorOperators.LSHR, 32);
        LongVector m1 = LongVector.broadcast(LONGS, UPPER_1).lanewise(VectorOperators.LSHR, 32);
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
        LongVector carry = c0.and(LOW).mul(bound).lanewise(VectorOperators.LSHR, 32);
        LongVector even = c1.and(LOW).mul(bound).add(carry);
        carry = c2.and(LOW).mul(bound).lanewise(VectorOperators.LSHR, 32);
        LongVector odd = c3.and(LOW).mul(bound).add(carry);
        ((IntVector) even.lanewise(VectorOperators.LSHR, 32).castShape(INTS, 0)).intoArray(out, evenStart);
        ((IntVector) odd.lanewise(VectorOperators.LSHR, 32).castShape(INTS, 0)).intoArray(out, oddStart);
    }
}
