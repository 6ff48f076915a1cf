package dev.lowland.core.kernel.vector.random;

import dev.lowland.core.kernel.scalar.ScalarRandom;
import dev.lowland.core.kernel.vector.machine.Vectors;

/**
 * Random numbers of neighbouring replicas on vectors, a lane of a vector a replica. Lanes after the last whole vector
 * are filled one by one, and so is the half of a block with which a fill begins or ends.
 */
public final class VectorRandomLanes {
    private static final int WIDTH = Vectors.SPECIES.length();
    private static final int SIGNS_PER_BLOCK = 128;

    private VectorRandomLanes() {}

    public static void fillUniform(
            long key, long stream, long position, int count, int lanes, double[] out, int outOffset) {
        int whole = lanes - lanes % WIDTH;
        int head = Math.min((int) position & 1, count);
        int blocks = (count - head) / 2;
        int end = head + 2 * blocks;
        long block = (position + head) >>> 1;
        for (int l = 0; l < whole; l += WIDTH) {
            for (int i = 0; i < blocks; i++) {
                int at = outOffset + (head + 2 * i) * lanes + l;
                VectorRandomBlocks.uniform(key, stream + l, block + i, 0, -1, out, at, at + lanes);
            }
        }
        for (int l = 0; l < whole; l++) {
            int last = outOffset + end * lanes + l;
            ScalarRandom.fillUniform(key, stream + l, position, head, out, outOffset + l, lanes);
            ScalarRandom.fillUniform(key, stream + l, position + end, count - end, out, last, lanes);
        }
        for (int l = whole; l < lanes; l++) {
            VectorRandom.fillUniform(key, stream + l, position, count, out, outOffset + l, lanes);
        }
    }

    public static void fillGaussian(
            long key, long stream, long position, int count, int lanes, double[] out, int outOffset) {
        int whole = lanes - lanes % WIDTH;
        int head = Math.min((int) position & 1, count);
        int blocks = (count - head) / 2;
        int end = head + 2 * blocks;
        long block = (position + head) >>> 1;
        for (int l = 0; l < whole; l += WIDTH) {
            for (int i = 0; i < blocks; i++) {
                int at = outOffset + (head + 2 * i) * lanes + l;
                VectorRandomBlocks.gaussian(key, stream + l, block + i, 0, -1, out, at, at + lanes);
            }
        }
        for (int l = 0; l < whole; l++) {
            int last = outOffset + end * lanes + l;
            ScalarRandom.fillGaussian(key, stream + l, position, head, out, outOffset + l, lanes);
            ScalarRandom.fillGaussian(key, stream + l, position + end, count - end, out, last, lanes);
        }
        for (int l = whole; l < lanes; l++) {
            VectorRandom.fillGaussian(key, stream + l, position, count, out, outOffset + l, lanes);
        }
    }

    public static void fillIndices(
            long key, long stream, long position, int count, int lanes, int bound, int[] out, int outOffset) {
        int whole = lanes - lanes % WIDTH;
        int head = Math.min((int) position & 1, count);
        int blocks = (count - head) / 2;
        int end = head + 2 * blocks;
        long block = (position + head) >>> 1;
        for (int l = 0; l < whole; l += WIDTH) {
            for (int i = 0; i < blocks; i++) {
                int at = outOffset + (head + 2 * i) * lanes + l;
                VectorRandomBlocks.indexLanes(key, stream + l, block + i, bound, out, at, at + lanes);
            }
        }
        for (int l = 0; l < whole; l++) {
            int last = outOffset + end * lanes + l;
            ScalarRandom.fillIndices(key, stream + l, position, head, bound, out, outOffset + l, lanes);
            ScalarRandom.fillIndices(key, stream + l, position + end, count - end, bound, out, last, lanes);
        }
        for (int l = whole; l < lanes; l++) {
            VectorRandom.fillIndices(key, stream + l, position, count, bound, out, outOffset + l, lanes);
        }
    }

    public static void fillSigns(
            long key, long stream, long position, int count, int lanes, double[] out, int outOffset) {
        int whole = lanes - lanes % WIDTH;
        int done = 0;
        while (done < count) {
            long here = position + done;
            int from = (int) here & (SIGNS_PER_BLOCK - 1);
            int to = Math.min(SIGNS_PER_BLOCK, from + (count - done));
            for (int l = 0; l < whole; l += WIDTH) {
                int at = outOffset + (done - from) * lanes + l;
                VectorSigns.lanes(key, stream + l, here / SIGNS_PER_BLOCK, from, to, out, at, lanes);
            }
            done += to - from;
        }
        for (int l = whole; l < lanes; l++) {
            VectorSigns.fill(key, stream + l, position, count, out, outOffset + l, lanes);
        }
    }
}
