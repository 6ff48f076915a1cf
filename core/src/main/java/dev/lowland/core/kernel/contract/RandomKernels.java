package dev.lowland.core.kernel.contract;

/**
 * Random numbers in bulk, each from its stream and its position and nothing else: see
 * {@link dev.lowland.core.random.RandomStream}, whose single numbers have the same bits, and the package
 * {@code core.generator} for what the key and the number of a stream are.
 *
 * <p>The first four methods take one stream, the numbers at position + i for i in [0, count). The other four take one
 * stream a lane, that of {@code keys[l]} and {@code streams[l]}, of any replicas and seeds; its number at position + i
 * goes to {@code out[outOffset + i·lanes + l]}.
 */
public interface RandomKernels {

    /** out[outOffset + i·outStride] is uniform on (0, 1). */
    void fillUniform(long key, long stream, long position, int count, double[] out, int outOffset, int outStride);

    /** out[outOffset + i·outStride] is standard normal. */
    void fillGaussian(long key, long stream, long position, int count, double[] out, int outOffset, int outStride);

    /** out[outOffset + i·outStride] is +1 or −1. */
    void fillSigns(long key, long stream, long position, int count, double[] out, int outOffset, int outStride);

    /** out[outOffset + i·outStride] is in [0, bound), bound &gt; 0. */
    void fillIndices(
            long key, long stream, long position, int count, int bound, int[] out, int outOffset, int outStride);

    /** Entries are uniform on (0, 1). */
    void fillLanesUniform(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset);

    /** Entries are standard normal. */
    void fillLanesGaussian(
            long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset);

    /** Entries are +1 or −1. */
    void fillLanesSigns(long[] keys, long[] streams, long position, int count, int lanes, double[] out, int outOffset);

    /** Entries are in [0, bound), bound &gt; 0. */
    void fillLanesIndices(
            long[] keys, long[] streams, long position, int count, int lanes, int bound, int[] out, int outOffset);
}
