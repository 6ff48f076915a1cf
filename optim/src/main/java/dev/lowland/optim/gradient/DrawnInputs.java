package dev.lowland.optim.gradient;

import dev.lowland.optim.objective.Data;

/**
 * The inputs of the samples that the lanes have drawn, side by side: entry j of place i of lane l is at [(i·d +
 * j)·lanes + l].
 */
public final class DrawnInputs {

    private final int lanes;
    private final int batch;
    private final Data data;
    private final double[] gathered;

    /**
     * For a batch of one size; of size 0, and empty, for the full batch, whose inputs are in the program, and for a
     * batch that is cut, whose chunks are gathered one by one.
     */
    public DrawnInputs(Data data, int lanes, int batch) {
        this.data = data;
        this.lanes = lanes;
        this.batch = batch;
        this.gathered = new double[batch * data.inputSize() * lanes];
    }

    /** What a program for the batch takes: θ, targets and, unless the batch is full, the inputs. */
    double[][] arguments(double[] parameters, double[] targets) {
        return gathered.length == 0
                ? new double[][] {parameters, targets}
                : new double[][] {parameters, targets, gathered};
    }

    /** The memory of {@link #gather}. */
    public double[] live() {
        return gathered;
    }

    /**
     * Gathers them.
     *
     * @param indices the samples drawn, laned, from an offset on; not looked at for the full batch. Not modified.
     * @param offset where they begin
     */
    public void gather(int[] indices, int offset) {
        if (batch > 0) {
            data.gatherInputs(indices, offset, batch, lanes, gathered);
        }
    }
}
