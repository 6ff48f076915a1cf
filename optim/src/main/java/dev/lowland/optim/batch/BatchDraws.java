package dev.lowland.optim.batch;

/** Draws the batches of some replicas side by side. Mutable, for one thread; {@link #fill} allocates nothing. */
public interface BatchDraws {

    /**
     * Lane l becomes replica {@code replicas[l]} of {@code seeds[l]}.
     *
     * @param seeds any numbers, one for each lane. Not modified.
     * @param replicas at least 0, one for each lane. Not modified.
     */
    void start(long[] seeds, int[] replicas);

    /**
     * The batches of some steps: place i of lane l in step {@code step + s} goes to [((s·B + i)·lanes + l)], B being
     * the size of the largest batch. Behind the end of a shorter batch there are any samples.
     *
     * @param step the first, at least 0
     * @param steps how many, at least 0
     * @param out result. Modified.
     */
    void fill(long step, int steps, int[] out);
}
