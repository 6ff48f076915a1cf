package dev.lowland.core.random;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;

/**
 * The {@linkplain RandomStream streams} of replicas side by side: lane l is the stream of a seed and a replica of its
 * own, and its numbers have the same bits. Entry i of lane l is at [offset + i·lanes + l].
 *
 * <p>Immutable, safe to share between threads. Nothing but {@link #of} allocates. A number costs the same as in one
 * stream.
 */
public final class RandomLanes {
    private final long[] keys;
    private final long[] streams;
    private final int lanes;

    private RandomLanes(long[] keys, long[] streams) {
        this.keys = keys;
        this.streams = streams;
        this.lanes = keys.length;
    }

    /**
     * The streams of some neighbouring replicas.
     *
     * @param seed any number, that of all of them
     * @param firstReplica the replica of lane 0, ≥ 0
     * @param lanes how many, at least 1; firstReplica + lanes is at most 2³¹
     * @param purpose what the numbers are for
     * @return the streams
     * @throws IllegalArgumentException if replicas or lanes are out of range
     */
    public static RandomLanes of(long seed, int firstReplica, int lanes, Purpose purpose) {
        Checks.notNull("random lanes", "purpose", purpose);
        Checks.atLeast("random lanes", "firstReplica", firstReplica, 0);
        Checks.atLeast("random lanes", "lanes", lanes, 1);
        Checks.atMost("random lanes", "firstReplica + lanes", (long) firstReplica + lanes, 1L << 31);
        Checks.oneArray("random lanes", "lanes " + lanes, lanes, "");
        Checks.room("random lanes", "lanes", lanes, 2.0 * lanes);
        long[] keys = new long[lanes];
        long[] streams = new long[lanes];
        for (int l = 0; l < lanes; l++) {
            keys[l] = seed;
            streams[l] = RandomStream.number(firstReplica + l, purpose);
        }
        return new RandomLanes(keys, streams);
    }

    /**
     * The streams of any seeds and replicas.
     *
     * @param seeds that of each lane, at least one. Not modified.
     * @param replicas that of each lane, ≥ 0. Not modified.
     * @param purpose what the numbers are for
     * @return the streams
     * @throws IllegalArgumentException if there is no lane, or not a seed and a replica for each
     */
    public static RandomLanes of(long[] seeds, int[] replicas, Purpose purpose) {
        Checks.notNull("random lanes", "seeds", seeds);
        Checks.notNull("random lanes", "replicas", replicas);
        Checks.notNull("random lanes", "purpose", purpose);
        Checks.atLeast("random lanes", "lanes", seeds.length, 1);
        Checks.length("random lanes", "replicas", replicas.length, seeds.length);
        long[] streams = new long[seeds.length];
        for (int l = 0; l < streams.length; l++) {
            Checks.atLeast("random lanes", "replica", replicas[l], 0);
            streams[l] = RandomStream.number(replicas[l], purpose);
        }
        return new RandomLanes(seeds.clone(), streams);
    }

    /**
     * out[offset + i·lanes + l] = uniform(position + i) of lane l for i in [0, count).
     *
     * @param position first position
     * @param count how many numbers a lane
     * @param out result. Modified at those entries only.
     * @param offset first entry
     */
    public void fillUniform(long position, int count, double[] out, int offset) {
        Checks.notNull("fill uniform", "out", out);
        check("random uniforms of lanes", position, count, out.length, offset);
        Kernels.active().fillLanesUniform(keys, streams, position, count, lanes, out, offset);
    }

    /**
     * out[offset + i·lanes + l] = gaussian(position + i) of lane l for i in [0, count).
     *
     * @param position first position
     * @param count how many numbers a lane
     * @param out result. Modified at those entries only.
     * @param offset first entry
     */
    public void fillGaussian(long position, int count, double[] out, int offset) {
        Checks.notNull("fill gaussian", "out", out);
        check("random gaussians of lanes", position, count, out.length, offset);
        Kernels.active().fillLanesGaussian(keys, streams, position, count, lanes, out, offset);
    }

    /**
     * out[offset + i·lanes + l] = sign(position + i) of lane l for i in [0, count).
     *
     * @param position first position
     * @param count how many numbers a lane
     * @param out result. Modified at those entries only.
     * @param offset first entry
     */
    public void fillSigns(long position, int count, double[] out, int offset) {
        Checks.notNull("fill signs", "out", out);
        check("random signs of lanes", position, count, out.length, offset);
        Kernels.active().fillLanesSigns(keys, streams, position, count, lanes, out, offset);
    }

    /**
     * out[offset + i·lanes + l] = index(position + i, bound) of lane l for i in [0, count).
     *
     * @param position first position
     * @param count how many numbers a lane
     * @param bound how many indices there are, at least 1
     * @param out result. Modified at those entries only.
     * @param offset first entry
     */
    public void fillIndices(long position, int count, int bound, int[] out, int offset) {
        Checks.notNull("random indices of lanes", "out", out);
        Checks.atLeast("random indices of lanes", "bound", bound, 1);
        check("random indices of lanes", position, count, out.length, offset);
        Kernels.active().fillLanesIndices(keys, streams, position, count, lanes, bound, out, offset);
    }

    private void check(String operation, long position, int count, int length, int offset) {
        RandomStream.checkPosition(operation, position);
        Checks.atLeast(operation, "count", count, 0);
        Checks.atMost(operation, "count", count, Integer.MAX_VALUE / lanes);
        Checks.span(operation, "out", length, offset, count * lanes, 1);
        Checks.atMost(operation, "position + count", position + count, RandomStream.POSITIONS);
    }
}
