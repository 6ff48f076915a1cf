package dev.lowland.optim.batch;

import dev.lowland.core.check.Checks;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomLanes;
import java.util.Arrays;

/**
 * The samples of each lane in a random order, as far as it is asked for: Fisher's and Yates' exchanges, which are
 * remembered and can be undone, so that every order begins from the same. For one thread; allocates nothing but in
 * {@link #start}. Entry i of lane l is at [i·lanes + l].
 */
final class Shuffles {

    /** Uniform numbers drawn at once, over all lanes. */
    private static final int CAPACITY = 4096;

    private final int lanes;
    private final int samples;
    private final int chunk;
    private final int[] order;
    private final int[] exchanged;
    private final double[] uniforms;
    private RandomLanes streams;
    private int done;

    Shuffles(int lanes, int samples) {
        Checks.atLeast("batches", "lanes", lanes, 1);
        Checks.room("batches", "samples", samples, (double) samples * lanes);
        Checks.atMost("batches", "samples times lanes", (long) samples * lanes, Integer.MAX_VALUE - 8L);
        this.lanes = lanes;
        this.samples = samples;
        this.chunk = Math.max(1, CAPACITY / lanes);
        this.order = new int[samples * lanes];
        this.exchanged = new int[samples * lanes];
        this.uniforms = new double[chunk * lanes];
        this.streams = RandomLanes.of(0, 0, lanes, Purpose.SAMPLE_INDEX);
        sort();
    }

    private void sort() {
        for (int i = 0; i < samples; i++) {
            Arrays.fill(order, i * lanes, (i + 1) * lanes, i);
        }
        done = 0;
    }

    void start(long[] seeds, int[] replicas) {
        streams = RandomLanes.of(seeds, replicas, Purpose.SAMPLE_INDEX);
        sort();
    }

    /** Puts a random sample to each of the first places, by the numbers from a position on. */
    void begin(long position, int places) {
        for (int from = 0; from < places; from += chunk) {
            int count = Math.min(chunk, places - from);
            streams.fillUniform(position + from, count, uniforms, 0);
            for (int i = from; i < from + count; i++) {
                for (int l = 0; l < lanes; l++) {
                    int other = i + (int) (uniforms[(i - from) * lanes + l] * (samples - i));
                    exchange(i * lanes + l, other * lanes + l);
                    exchanged[i * lanes + l] = other * lanes + l;
                }
            }
        }
        done = places;
    }

    private void exchange(int a, int b) {
        int kept = order[a];
        order[a] = order[b];
        order[b] = kept;
    }

    /** Back to the first order. */
    void undo() {
        for (int e = done * lanes - 1; e >= 0; e--) {
            exchange(e, exchanged[e]);
        }
        done = 0;
    }

    /** The samples at some places. */
    void copy(int from, int count, int[] out, int offset) {
        System.arraycopy(order, from * lanes, out, offset, count * lanes);
    }
}
