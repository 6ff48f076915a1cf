package dev.lowland.optim.sgd;

import dev.lowland.core.random.RandomLanes;
import dev.lowland.optim.batch.BatchDraws;
import dev.lowland.optim.noise.NoiseLaw;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Draws for neighbouring replicas of one seed, and puts the numbers to all places in a block where such replicas are:
 * lanes from each place on. For one thread; allocates nothing in a step.
 */
final class GroupDraws {

    private final NoiseLaw law;
    private final int lanes;
    private final int width;
    private final @Nullable BatchDraws batches;
    private final double[] noise;
    private final int[] indices;
    private int[] places = {};
    private RandomLanes streams;

    /**
     * For so many of the lanes of a block; what is drawn goes to memory of its own if they are not all.
     *
     * @param noiseCount numbers of noise that a draw makes for each lane
     * @param indexCount samples that a draw makes for each lane
     */
    GroupDraws(LaneGroup group, NoiseLaw law, @Nullable BatchDraws batches, int lanes, int noiseCount, int indexCount) {
        this.law = law;
        this.lanes = lanes;
        this.width = group.count();
        this.batches = batches;
        boolean direct = width == lanes;
        this.noise = new double[direct ? 0 : noiseCount * width];
        this.indices = new int[direct ? 0 : indexCount * width];
        this.streams = law.streams(group.optimiser().seed(), group.firstReplica(), width);
        start(group);
    }

    /** Goes over to other replicas, as many. */
    void start(LaneGroup group) {
        streams = law.streams(group.optimiser().seed(), group.firstReplica(), width);
        if (batches != null) {
            batches.start(group.optimiser().seed(), group.firstReplica());
        }
    }

    /** The lanes from this one on are such replicas. */
    void addPlace(int lane) {
        places = Arrays.copyOf(places, places.length + 1);
        places[places.length - 1] = lane;
    }

    /** The numbers at positions from one on, as many as there is room for. */
    void fillNoise(long position, int count, double[] out) {
        if (width == lanes) {
            law.fill(streams, position, count, out);
            return;
        }
        law.fill(streams, position, count, noise);
        if (width == 1 && places.length == lanes) {
            for (int i = 0; i < count; i++) {
                Arrays.fill(out, i * lanes, (i + 1) * lanes, noise[i]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            for (int place : places) {
                for (int w = 0; w < width; w++) {
                    out[i * lanes + place + w] = noise[i * width + w];
                }
            }
        }
    }

    /** The batches of some steps, which are so many samples together. */
    void fillIndices(long step, int steps, int count, int[] out) {
        if (batches == null) {
            return;
        }
        if (width == lanes) {
            batches.fill(step, steps, out);
            return;
        }
        batches.fill(step, steps, indices);
        for (int i = 0; i < count; i++) {
            for (int place : places) {
                System.arraycopy(indices, i * width, out, i * lanes + place, width);
            }
        }
    }
}
