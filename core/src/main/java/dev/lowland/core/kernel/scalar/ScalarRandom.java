package dev.lowland.core.kernel.scalar;

import dev.lowland.core.generator.Normals;
import dev.lowland.core.generator.Philox;
import dev.lowland.core.generator.Uniforms;

/**
 * Random numbers in plain Java. The rounds of the generator are written out in each loop, as a method cannot return
 * both words of a block.
 */
public final class ScalarRandom {
    private static final int SIGNS_PER_BLOCK = 128;

    private ScalarRandom() {}

    public static void fillUniform(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        int target = outOffset;
        int done = 0;
        while (done < count) {
            long here = position + done;
            long a = Philox.counter(here >>> 1, stream);
            long b = Philox.replica(stream);
            int k0 = (int) key;
            int k1 = (int) (key >>> 32);
            for (int round = 0; round < Philox.ROUNDS; round++) {
                long next = Philox.first(a, b, k0);
                b = Philox.second(a, b, k1);
                a = next;
                k0 += Philox.BUMP_0;
                k1 += Philox.BUMP_1;
            }
            if ((here & 1) == 0) {
                out[target] = Uniforms.open(a);
                target += outStride;
                done++;
            }
            if (done < count) {
                out[target] = Uniforms.open(b);
                target += outStride;
                done++;
            }
        }
    }

    public static void fillGaussian(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        int target = outOffset;
        int done = 0;
        while (done < count) {
            long here = position + done;
            long a = Philox.counter(here >>> 1, stream);
            long b = Philox.replica(stream);
            int k0 = (int) key;
            int k1 = (int) (key >>> 32);
            for (int round = 0; round < Philox.ROUNDS; round++) {
                long next = Philox.first(a, b, k0);
                b = Philox.second(a, b, k1);
                a = next;
                k0 += Philox.BUMP_0;
                k1 += Philox.BUMP_1;
            }
            double radius = Normals.radius(a);
            double x = Normals.angle(b);
            if ((here & 1) == 0) {
                out[target] = Normals.even(radius, x, b);
                target += outStride;
                done++;
            }
            if (done < count) {
                out[target] = Normals.odd(radius, x, b);
                target += outStride;
                done++;
            }
        }
    }

    public static void fillIndices(
            long key, long stream, long position, int count, int bound, int[] out, int outOffset, int outStride) {
        int target = outOffset;
        int done = 0;
        while (done < count) {
            long here = position + done;
            long a = Philox.counter(here >>> 1, stream);
            long b = Philox.replica(stream);
            int k0 = (int) key;
            int k1 = (int) (key >>> 32);
            for (int round = 0; round < Philox.ROUNDS; round++) {
                long next = Philox.first(a, b, k0);
                b = Philox.second(a, b, k1);
                a = next;
                k0 += Philox.BUMP_0;
                k1 += Philox.BUMP_1;
            }
            if ((here & 1) == 0) {
                out[target] = Uniforms.index(a, bound);
                target += outStride;
                done++;
            }
            if (done < count) {
                out[target] = Uniforms.index(b, bound);
                target += outStride;
                done++;
            }
        }
    }

    public static void fillSigns(
            long key, long stream, long position, int count, double[] out, int outOffset, int outStride) {
        int target = outOffset;
        int done = 0;
        while (done < count) {
            long here = position + done;
            long a = Philox.counter(here / SIGNS_PER_BLOCK, stream);
            long b = Philox.replica(stream);
            int k0 = (int) key;
            int k1 = (int) (key >>> 32);
            for (int round = 0; round < Philox.ROUNDS; round++) {
                long next = Philox.first(a, b, k0);
                b = Philox.second(a, b, k1);
                a = next;
                k0 += Philox.BUMP_0;
                k1 += Philox.BUMP_1;
            }
            int from = (int) here & (SIGNS_PER_BLOCK - 1);
            int to = Math.min(SIGNS_PER_BLOCK, from + (count - done));
            target = signs(a, from, Math.min(to, 64), out, target, outStride);
            target = signs(b, Math.max(from - 64, 0), to - 64, out, target, outStride);
            done += to - from;
        }
    }

    /** The signs of bits [from, to), written from outStart on; returns where the next one goes. */
    private static int signs(long bits, int from, int to, double[] out, int outStart, int outStride) {
        int next = outStart;
        for (int bit = from; bit < to; bit++) {
            out[next] = Uniforms.sign(bits, bit);
            next += outStride;
        }
        return next;
    }
}
