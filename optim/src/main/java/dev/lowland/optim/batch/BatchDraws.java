package dev.lowland.optim.batch;

/**
 * Draws the batches of some replicas side by side. Mutable, for one thread; allocates nothing after its construction.
 */
public interface BatchDraws {

    /**
     * Lane l becomes replica firstReplica + l of a seed.
     *
     * @param seed any number
     * @param firstReplica at least 0
     */
    void start(long seed, int firstReplica);

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
