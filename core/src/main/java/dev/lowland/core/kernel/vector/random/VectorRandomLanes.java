package dev.lowland.core.kernel.vector.random;

import dev.lowland.core.kernel.scalar.ScalarRandom;
import dev.lowland.core.kernel.vector.machine.Vectors;

/**
 * Random numbers of many replicas on vectors, a lane of a vector a replica, each with its stream. Lanes after the last
 * whole vector are filled one by one, and so is the half of a block with which a fill begins or ends.
 */
public final class VectorRandomLanes {
    private static final int WIDTH = Vectors.SPECIES.length();
    private static final int SIGNS_PER_BLOCK = 128;

    private VectorRandomLanes() {}

    public static void fillUniform(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        int whole = lanes - lanes % WIDTH;
        int head = Math.min((int) position & 1, count);
        int blocks = (count - head) / 2;
        int end = head + 2 * blocks;
        long block = (position + head) >>> 1;
        for (int l = 0; l < whole; l += WIDTH) {
            for (int i = 0; i < blocks; i++) {
                int at = outOffset + (head + 2 * i) * lanes + l;
                VectorRandomBlocks.uniform(0, 0, keys, streams, l, block + i, 0, out, at, at + lanes);
            }
        }
        for (int l = 0; l < whole; l++) {
            int last = outOffset + end * lanes + l;
            ScalarRandom.fillUniform(keys[l], streams[l], position, head, out, outOffset + l, lanes);
            ScalarRandom.fillUniform(keys[l], streams[l], position + end, count - end, out, last, lanes);
        }
        for (int l = whole; l < lanes; l++) {
            VectorRandom.fillUniform(keys[l], streams[l], position, count, out, outOffset + l, lanes);
        }
    }

    public static void fillGaussian(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        int whole = lanes - lanes % WIDTH;
        int head = Math.min((int) position & 1, count);
        int blocks = (count - head) / 2;
        int end = head + 2 * blocks;
        long block = (position + head) >>> 1;
        for (int l = 0; l < whole; l += WIDTH) {
            for (int i = 0; i < blocks; i++) {
                int at = outOffset + (head + 2 * i) * lanes + l;
                VectorRandomBlocks.gaussian(0, 0, keys, streams, l, block + i, 0, out, at, at + lanes);
            }
        }
        for (int l = 0; l < whole; l++) {
            int last = outOffset + end * lanes + l;
            ScalarRandom.fillGaussian(keys[l], streams[l], position, head, out, outOffset + l, lanes);
            ScalarRandom.fillGaussian(keys[l], streams[l], position + end, count - end, out, last, lanes);
        }
        for (int l = whole; l < lanes; l++) {
            VectorRandom.fillGaussian(keys[l], streams[l], position, count, out, outOffset + l, lanes);
        }
    }

    public static void fillIndices(
            long[] keys, long[] streams, long position, int count, int lanes, int bound, int[] out, int outOffset) {
        int whole = lanes - lanes % WIDTH;
        int head = Math.min((int) position & 1, count);
        int blocks = (count - head) / 2;
        int end = head + 2 * blocks;
        long block = (position + head) >>> 1;
        for (int l = 0; l < whole; l += WIDTH) {
            for (int i = 0; i < blocks; i++) {
                int at = outOffset + (head + 2 * i) * lanes + l;
                VectorRandomBlocks.indexLanes(keys, streams, l, block + i, bound, out, at, at + lanes);
            }
        }
        for (int l = 0; l < whole; l++) {
            int last = outOffset + end * lanes + l;
            ScalarRandom.fillIndices(keys[l], streams[l], position, head, bound, out, outOffset + l, lanes);
            ScalarRandom.fillIndices(keys[l], streams[l], position + end, count - end, bound, out, last, lanes);
        }
        for (int l = whole; l < lanes; l++) {
            VectorRandom.fillIndices(keys[l], streams[l], position, count, bound, out, outOffset + l, lanes);
        }
    }

    public static void fillSigns(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset) {
        int whole = lanes - lanes % WIDTH;
        int done = 0;
        while (done < count) {
            long here = position + done;
            int from = (int) here & (SIGNS_PER_BLOCK - 1);
            int to = Math.min(SIGNS_PER_BLOCK, from + (count - done));
            for (int l = 0; l < whole; l += WIDTH) {
                int at = outOffset + (done - from) * lanes + l;
                VectorSigns.lanes(keys, streams, l, here / SIGNS_PER_BLOCK, from, to, out, at, lanes);
            }
            done += to - from;
        }
        for (int l = whole; l < lanes; l++) {
            VectorSigns.fill(keys[l], streams[l], position, count, out, outOffset + l, lanes);
        }
    }
}
