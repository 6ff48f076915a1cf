package dev.lowland.optim.noise;

import dev.lowland.core.random.RandomLanes;

/**
 * Makes the random numbers of a law out of streams: one's own law needs nothing else, see {@link NoiseLaw#of}. Shared
 * by threads.
 */
@FunctionalInterface
public interface NoiseFill {

    /**
     * out[offset + i·lanes + l] = the number at position + i of the stream of lane l, for i in [0, count). It must be a
     * function of the stream and the position alone, so that drawing several at once, or one again, changes none.
     *
     * @param streams one stream a lane
     * @param position first position
     * @param count how many numbers a lane
     * @param out result. Modified at those entries only.
     * @param offset first entry
     */
    void fill(RandomLanes streams, long position, int count, double[] out, int offset);
}
