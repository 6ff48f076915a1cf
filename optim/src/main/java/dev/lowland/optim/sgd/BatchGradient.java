package dev.lowland.optim.sgd;

/**
 * The gradient of the mean of a step's loss over its batch, at the live θ and targets of a stepper. For one caller at a
 * time.
 */
interface BatchGradient extends AutoCloseable {

    /**
     * Computes it; allocates nothing.
     *
     * @param indices the samples drawn, laned, from an offset on; not looked at for the full batch. Not modified.
     * @param offset where they begin
     * @return laned, P·lanes numbers or more, live until the next call. To be read only.
     */
    double[] at(int[] indices, int offset);

    /** Ends the threads, if there are any. */
    @Override
    void close();
}
