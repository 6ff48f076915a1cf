package dev.lowland.core.kernel.vector.random;

import dev.lowland.core.kernel.scalar.ScalarRandom;
import dev.lowland.core.kernel.vector.machine.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Random numbers of one stream on vectors. Each number depends on its position alone, so what is left after whole
 * vectors is not a tail: one more vector ends where the numbers end, and repeats some of them. Short fills and entries
 * apart go to the scalar twin.
 */
public final class VectorRandom {
    private static final VectorSpecies<Double> SPECIES = Vectors.SPECIES;
    private static final int WIDTH = SPECIES.length();

    /** Below this there may be no whole vector of blocks. */
    private static final int SHORT = 2 * WIDTH + 2;

    private static final VectorShuffle<Double> LOWER = VectorShuffle.fromOp(SPECIES, i -> i / 2);
    private static final VectorShuffle<Double> UPPER = VectorShuffle.fromOp(SPECIES, i -> (i + WIDTH) / 2);
    private static final VectorMask<Double> ODD = VectorMask.fromLong(SPECIES, 0xAA);

    /** Nothing to be added to the key and the stream of a lane. */
    private static final long[] NONE = new long[WIDTH];

    private VectorRandom() {}

    public static void fillUniform(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        if (outStride != 1 || count < SHORT) {
            ScalarRandom.fillUniform(key, stream, position, count, out, outOffset, outStride);
            return;
        }
        int head = (int) position & 1;
        int blocks = (count - head) / 2;
        int start = outOffset + head;
        long block = (position + head) >>> 1;
        for (int i = 0; i <= blocks - WIDTH; i += WIDTH) {
            VectorRandomBlocks.uniform(
                    key, stream, NONE, NONE, 0, block + i, -1, out, start + 2 * i, start + 2 * i + WIDTH);
            interleave(out, start + 2 * i);
        }
        if (blocks % WIDTH != 0) {
            int i = blocks - WIDTH;
            VectorRandomBlocks.uniform(
                    key, stream, NONE, NONE, 0, block + i, -1, out, start + 2 * i, start + 2 * i + WIDTH);
            interleave(out, start + 2 * i);
        }
        ScalarRandom.fillUniform(key, stream, position, head, out, outOffset, 1);
        int end = head + 2 * blocks;
        ScalarRandom.fillUniform(key, stream, position + end, count - end, out, outOffset + end, 1);
    }

    public static void fillGaussian(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        if (outStride != 1 || count < SHORT) {
            ScalarRandom.fillGaussian(key, stream, position, count, out, outOffset, outStride);
            return;
        }
        int head = (int) position & 1;
        int blocks = (count - head) / 2;
        int start = outOffset + head;
        long block = (position + head) >>> 1;
        for (int i = 0; i <= blocks - WIDTH; i += WIDTH) {
            VectorRandomBlocks.gaussian(
                    key, stream, NONE, NONE, 0, block + i, -1, out, start + 2 * i, start + 2 * i + WIDTH);
            interleave(out, start + 2 * i);
        }
        if (blocks % WIDTH != 0) {
            int i = blocks - WIDTH;
            VectorRandomBlocks.gaussian(
                    key, stream, NONE, NONE, 0, block + i, -1, out, start + 2 * i, start + 2 * i + WIDTH);
            interleave(out, start + 2 * i);
        }
        ScalarRandom.fillGaussian(key, stream, position, head, out, outOffset, 1);
        int end = head + 2 * blocks;
        ScalarRandom.fillGaussian(key, stream, position + end, count - end, out, outOffset + end, 1);
    }

    public static void fillIndices(
            long key, long stream, long position, int count, int bound, int[] out, int outOffset, int outStride) {
        if (outStride != 1 || count < SHORT) {
            ScalarRandom.fillIndices(key, stream, position, count, bound, out, outOffset, outStride);
            return;
        }
        int head = (int) position & 1;
        int blocks = (count - head) / 2;
        int start = outOffset + head;
        long block = (position + head) >>> 1;
        for (int i = 0; i <= blocks - WIDTH; i += WIDTH) {
            VectorRandomBlocks.index(key, stream, block + i, bound, out, start + 2 * i);
        }
        if (blocks % WIDTH != 0) {
            int i = blocks - WIDTH;
            VectorRandomBlocks.index(key, stream, block + i, bound, out, start + 2 * i);
        }
        ScalarRandom.fillIndices(key, stream, position, head, bound, out, outOffset, 1);
        int end = head + 2 * blocks;
        ScalarRandom.fillIndices(key, stream, position + end, count - end, bound, out, outOffset + end, 1);
    }

    /**
     * Of two vectors one after the other, entries of the first go to even places and those of the second to odd ones.
     */
    private static void interleave(double[] out, int outStart) {
        DoubleVector even = DoubleVector.fromArray(SPECIES, out, outStart);
        DoubleVector odd = DoubleVector.fromArray(SPECIES, out, outStart + WIDTH);
        even.rearrange(LOWER).blend(odd.rearrange(LOWER), ODD).intoArray(out, outStart);
        even.rearrange(UPPER).blend(odd.rearrange(UPPER), ODD).intoArray(out, outStart + WIDTH);
    }
}
